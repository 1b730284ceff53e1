/** The calls about documents, each through the gate that keeps Feishu's limits. */
import type { Calls } from '#main/engine/calls.ts'
import { MOST_PAGES, Paging } from '#main/engine/paging.ts'
import type { CallContext } from '#main/engine/ports.ts'
import type { ApiMethod, DocumentApi, Page, RecordFields } from './document-api.ts'

type Method = keyof DocumentApi
type Asked<M extends Method> = Parameters<DocumentApi[M]>[0]

export type DocumentCalls = {
  readonly [M in Method]: (at: Asked<M>, context: CallContext) => ReturnType<DocumentApi[M]>
} & {
  /**
   * Changes a record based on its content. The record is read and written in one turn, and read
   * again whenever the write is repeated, because others write to it, too.
   * @param change the fields to write; undefined: leave it
   * @returns whether it was written
   */
  changeRecord(
    at: Asked<'record'>,
    change: (fields: RecordFields) => RecordFields | undefined,
    context: CallContext,
  ): Promise<boolean>
  /**
   * Adds a file to a record without writing what others have put there, with values for other fields first.
   * It is made once: what became of it when its answer is lost, a look at the record tells.
   * @returns false when there is no such call
   * @throws OutcomeUnknown
   */
  appendToRecord(
    at: Asked<'appendAttachment'>,
    values: RecordFields,
    context: CallContext,
  ): Promise<boolean>
}

/** Every call of `api`, made as its page asks for. */
export function documentCalls(calls: Calls, api: DocumentApi): DocumentCalls {
  const made = Object.entries(api).flatMap(([name, method]) => {
    if (!isPaced(method)) return []
    const call = (at: unknown, context: CallContext) =>
      calls.make(context, { ...method, perform: (options) => method(at, options) })
    return [[name, call]]
  })
  const changeRecord: DocumentCalls['changeRecord'] = (at, change, context) =>
    calls.make(context, {
      ...api.updateRecord,
      // The record is read again, which shows whether an unanswered write took effect.
      repeatable: true,
      perform: async (options) => {
        const fields = change((await api.record(at, options)).fields)
        if (fields === undefined) return false
        await api.updateRecord({ ...at, fields }, options)
        return true
      },
    })
  const appendToRecord: DocumentCalls['appendToRecord'] = (at, values, context) =>
    calls.make(context, {
      ...api.appendAttachment,
      perform: async (options) => {
        const { fieldId: _, fileToken: __, ...record } = at
        if (Object.keys(values).length > 0) {
          await api.updateRecord({ ...record, fields: values }, options)
        }
        return api.appendAttachment(at, options)
      },
    })
  return { ...(Object.fromEntries(made) as DocumentCalls), changeRecord, appendToRecord }
}

function isPaced(method: unknown): method is ApiMethod<unknown, unknown> {
  return typeof method === 'function' && 'endpoint' in method
}

/**
 * Yields the items of a list, page by page.
 * @throws TransferError `bad-response` when the pages form a cycle, or do not end
 */
export async function* everyItem<T>(
  page: (pageToken: { pageToken?: string }) => Promise<Page<T>>,
): AsyncGenerator<T> {
  const paging = new Paging(MOST_PAGES)
  let pageToken: string | undefined
  do {
    const { items, nextPageToken } = await page(pageToken === undefined ? {} : { pageToken })
    yield* items
    pageToken = paging.turn(nextPageToken)
  } while (pageToken !== undefined)
}

export async function allItems<T>(
  page: (pageToken: { pageToken?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = []
  for await (const item of everyItem(page)) items.push(item)
  return items
}

/** The calls about documents, each through the gate that keeps Feishu's limits. */
import type { Calls } from '#main/engine/calls.ts'
import type { Endpoint } from '#main/engine/endpoints.ts'
import { MOST_PAGES, Paging } from '#main/engine/paging.ts'
import type { CallContext } from '#main/engine/ports.ts'
import type { DocumentApi, Page, RecordFields } from './document-api.ts'

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

interface Manners {
  readonly endpoint: Endpoint
  /**
   * False when an unanswered call must be checked by its caller instead of repeated
   * (`OutcomeUnknown`).
   */
  readonly repeatable: boolean
}

/** None of these pages names a daily limit, and none says that calls may not overlap. */
function endpoint(path: string, callsPerSecond: number): Endpoint {
  return { path, callsPerSecond, callsPerDay: undefined, usesLane: false }
}

const reading = (path: string, callsPerSecond: number): Manners => ({
  endpoint: endpoint(path, callsPerSecond),
  repeatable: true,
})
/** It has a token of ours, or doing it twice is doing it once. */
const harmless = reading
const writing = (path: string, callsPerSecond: number): Manners => ({
  endpoint: endpoint(path, callsPerSecond),
  repeatable: false,
})

/** 100 calls a minute are a little more than one and a half a second. */
const A_HUNDRED_A_MINUTE = 1

const TABLE = 'bitable/v1/apps/:app_token/tables/:table_id'
const BLOCKS = 'docx/v1/documents/:document_id/blocks/:block_id'
const SPREADSHEET = 'sheets/v3/spreadsheets/:spreadsheet_token'
const IMAGES = `${SPREADSHEET}/sheets/:sheet_id/float_images`
const MEMBERS = 'drive/v1/permissions/:token/members'

/** Limits as the page of each call has them; Base writes keep a slower rhythm of their own besides. */
const MANNERS: Readonly<Record<Method, Manners>> = {
  base: reading('bitable/v1/apps/:app_token', 20),
  tables: reading('bitable/v1/apps/:app_token/tables', 20),
  fields: reading(`${TABLE}/fields`, 20),
  record: reading(`${TABLE}/records/batch_get`, 20),
  records: reading(`${TABLE}/records/search`, 10),
  createRecord: writing(`${TABLE}/records`, 50),
  createRecords: writing(`${TABLE}/records/batch_create`, 50),
  updateRecord: writing(`PUT ${TABLE}/records/:record_id`, 50),
  // On no page: taken to have the limit of the other writes.
  appendAttachment: writing('base/v3/bases/:app_token/tables/:table_id/append_attachments', 50),
  document: reading('docx/v1/documents/:document_id', 5),
  children: reading(`GET ${BLOCKS}/children`, 5),
  createMediaBlock: harmless(`${BLOCKS}/children`, 3),
  showMedia: harmless(BLOCKS, 3),
  deleteChild: writing(`${BLOCKS}/children/batch_delete`, 3),
  spreadsheet: reading(SPREADSHEET, A_HUNDRED_A_MINUTE),
  sheets: reading(`${SPREADSHEET}/sheets/query`, A_HUNDRED_A_MINUTE),
  floatImages: reading(`${IMAGES}/query`, A_HUNDRED_A_MINUTE),
  createFloatImage: writing(IMAGES, A_HUNDRED_A_MINUTE),
  // `node_by_token` is on no page: taken to have the limit of `get_node`, which takes its place.
  wikiNode: reading('wiki/v2/spaces/node_by_token', A_HUNDRED_A_MINUTE),
  pagesBelow: reading('wiki/v2/spaces/:space_id/nodes', A_HUNDRED_A_MINUTE),
  meta: reading('drive/v1/metas/batch_query', 10),
  mayEdit: reading(`${MEMBERS}/auth`, A_HUNDRED_A_MINUTE),
  // 获取云文档协作者: 1,000 a minute.
  members: reading(`GET ${MEMBERS}`, 10),
  grant: harmless(MEMBERS, A_HUNDRED_A_MINUTE),
}

/** Every call of `api`, made as its page asks for. */
export function documentCalls(calls: Calls, api: DocumentApi): DocumentCalls {
  const made = Object.entries(MANNERS).map(([method, manners]) => {
    const perform = api[method as Method] as (at: unknown, options: unknown) => Promise<unknown>
    const call = (at: unknown, context: CallContext) =>
      calls.make(context, { ...manners, perform: (options) => perform(at, options) })
    return [method, call]
  })
  const changeRecord: DocumentCalls['changeRecord'] = (at, change, context) =>
    calls.make(context, {
      ...MANNERS.updateRecord,
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
      ...MANNERS.appendAttachment,
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

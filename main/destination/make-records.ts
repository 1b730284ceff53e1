/** One write that makes records, whose answer may be lost: each is made once all the same. */

import { type CallContext, OutcomeUnknown } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { means } from '#shared/errors/meaning.ts'
import { isWaitedOut, mostTries } from '#shared/errors/policy-for.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { BaseRecord, RecordFields, Table } from './document-api.ts'
import { type DocumentCalls, everyItem } from './document-calls.ts'

/** Writes with an unknown outcome before the files have to wait, unless the catalogue has a number for the code. */
const MOST_TRIES = 3
const TRY_PAUSE_MS = 1_000
/** 多维表格常见问题: what was made just now may be missing in a list for some seconds. */
export const REPLICA_LAG_MS = 5_000

export interface RecordWrite {
  readonly table: Table
  /** Of each record, in order: what it is known by. */
  readonly fileTokens: readonly string[]
  /**
   * True when an earlier run sent it, an unknown time ago: Feishu may no longer remember the token.
   */
  readonly wasSent: boolean
  /** It is about to leave, which has to be on disk first. */
  announce(): void
  /** The same call whenever it is repeated, with the same `client_token`. */
  send(context: CallContext): Promise<readonly BaseRecord[]>
}

export type WriteResult =
  /** Ids in the order of the files; undefined: made, but not seen. */
  | { readonly kind: 'made'; readonly recordIds: readonly (string | undefined)[] }
  /** `mayBeThere`: an earlier try of it was never answered. */
  | { readonly kind: 'refused'; readonly error: TransferError; readonly mayBeThere: boolean }

export interface WriteTools {
  readonly calls: Pick<DocumentCalls, 'records'>
  readonly clock: Clock
}

/**
 * Sends the write until its outcome is known.
 * @throws OutcomeUnknown when it can not be told yet
 */
export async function makeRecords(
  tools: WriteTools,
  write: RecordWrite,
  context: CallContext,
): Promise<WriteResult> {
  let mayBeThere = write.wasSent
  let looksFirst = write.wasSent
  for (let tries = 1; ; tries++) {
    const seen = looksFirst ? await lookFor(tools, write, context) : undefined
    if (seen !== undefined) return seen
    write.announce()
    try {
      const records = await write.send(context)
      return { kind: 'made', recordIds: idsOf(write, records) }
    } catch (error) {
      if (error instanceof OutcomeUnknown) {
        mayBeThere = true
        if (tries >= mostTries(error.error, MOST_TRIES)) {
          if (isWaitedOut(error.error, tries)) throw error
          const late = await lookLater(tools, write, context)
          return late ?? { kind: 'refused', error: error.error, mayBeThere }
        }
        looksFirst = means(error.error, 'sent-before')
        await tools.clock.sleep(TRY_PAUSE_MS * tries, context.stopping)
      } else if (error instanceof TransferError) {
        const there = mayBeThere && isAboutContent(error)
        const late = there ? await lookLater(tools, write, context) : undefined
        return late ?? { kind: 'refused', error, mayBeThere }
      } else throw error
    }
  }
}

/**
 * Checks whether a write was refused for its content: fewer records, or others, might be accepted.
 */
export function isAboutContent(error: TransferError): boolean {
  const { domain, policy } = lookUp(error)
  return typeof error.code === 'number' && (domain === 'target' || policy === 'fail-file')
}

/** Looks for the records in the table. A write makes all or none, so one record proves all. */
async function lookFor(
  tools: WriteTools,
  write: RecordWrite,
  context: CallContext,
): Promise<WriteResult | undefined> {
  const recordIds = await idsInTable(tools, write, context)
  if (recordIds.every((id) => id === undefined)) return undefined
  // The rest is not in every list yet, or another user has deleted it since.
  if (recordIds.includes(undefined))
    return (await lookLater(tools, write, context)) ?? made(recordIds)
  return made(recordIds)
}

async function lookLater(
  tools: WriteTools,
  write: RecordWrite,
  context: CallContext,
): Promise<WriteResult | undefined> {
  await tools.clock.sleep(REPLICA_LAG_MS, context.stopping)
  const recordIds = await idsInTable(tools, write, context)
  return recordIds.every((id) => id === undefined) ? undefined : made(recordIds)
}

function made(recordIds: readonly (string | undefined)[]): WriteResult {
  return { kind: 'made', recordIds }
}

async function idsInTable(
  { calls }: WriteTools,
  write: RecordWrite,
  context: CallContext,
): Promise<(string | undefined)[]> {
  const { table, fileTokens } = write
  const { appToken, tableId } = table
  const pages = everyItem((page) => calls.records({ appToken, tableId, ...page }, context))
  const wanted = new Set(fileTokens)
  const found: BaseRecord[] = []
  for await (const record of pages) {
    const tokens = tokensOf(record.fields).filter((token) => wanted.delete(token))
    if (tokens.length > 0) found.push(record)
    if (wanted.size === 0) break
  }
  return idsOf(write, found)
}

/** Records are told apart by their files: no page says in which order they are answered. */
function idsOf({ fileTokens }: RecordWrite, records: readonly BaseRecord[]) {
  const byToken = new Map(
    records.flatMap(({ recordId, fields }) =>
      tokensOf(fields).map((token) => [token, recordId] as const),
    ),
  )
  const [only, ...others] = records
  if (fileTokens.length === 1 && others.length === 0) return [only?.recordId]
  return fileTokens.map((token) => byToken.get(token))
}

/** Files in any field of a record: fields may have been renamed since it was written. */
function tokensOf(fields: RecordFields): string[] {
  return Object.keys(fields).flatMap((name) => tokensIn(fields, name))
}

/** Files in one attachment field of a record. */
export function tokensIn(fields: RecordFields, name: string): string[] {
  const value = fields[name]
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    const token = (item as { file_token?: unknown } | null)?.file_token
    return typeof token === 'string' ? [token] : []
  })
}

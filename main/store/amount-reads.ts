import { z } from 'zod'
import type { BegunUpload } from '#main/engine/ports.ts'
import { bytesSchema } from '#shared/model/numbers.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import { IN_QUEUE } from '#shared/transfer/state-kinds.ts'
import type { Load } from '#shared/transfer/work-size.ts'
import { prepareBegun } from './begun-reads.ts'
import type { Database } from './late-statements.ts'
import { createQueuePlaces, type QueuePlaces } from './queue-places.ts'
import { readRow } from './row-schemas.ts'
import { callsOf } from './schema.ts'

export interface Tally {
  readonly kind: TransferStateKind
  readonly transfers: number
  readonly bytes: number
  /** About how many calls all of them cost from the beginning. */
  readonly calls: number
  /** Those that are too large for one call, and their bytes. */
  readonly large: number
  readonly largeBytes: number
}

/** The amounts in the queue. Each costs a few rows, however long the queue is. */
export interface QueueAmounts extends QueuePlaces {
  /** All transfers by state, those that were cleared from the list included; or those of a batch. */
  tallies(batchId?: string): Tally[]
  /** Those in the list. */
  listedTallies(): Tally[]
  /** The acknowledged part of all that is under way or still to go, with the calls it cost. */
  sentOfUnfinished(batchId?: string): Load
  /** Those of the list that were added together. */
  groupTallies(group: number): Tally[]
  /** The acknowledged part of a group. */
  sentOfGroup(group: number): Load
  /** Uploads in parts that were begun and are in the queue, soonest to expire leading. */
  begun(): BegunUpload[]
}

export const talliesSchema = z.object({
  kind: z.custom<TransferStateKind>((value) => typeof value === 'string'),
  transfers: bytesSchema,
  bytes: bytesSchema,
  calls: bytesSchema,
  large: bytesSchema,
  largeBytes: bytesSchema,
})

export function createQueueAmounts(database: Database): QueueAmounts {
  const kinds = IN_QUEUE.map((kind) => `'${kind}'`).join(', ')
  const tallies = database.prepare(
    `SELECT kind, transfers, bytes, calls, large, large_bytes AS largeBytes
    FROM tallies WHERE scope = ? AND transfers > 0`,
  )
  // Only what has an upload transaction, or is up and being attached, has sent anything; those are few.
  const sent = database.prepare(`
    SELECT total(sent_bytes) AS bytes,
      total(${callsOf('size_bytes')} * sent_bytes * 1.0 / max(size_bytes, 1)) AS calls
    FROM transfers
    WHERE kind IN (${kinds}) AND (:batchId IS NULL OR batch_id = :batchId)
      AND (:group IS NULL OR (addition = :group AND listed = 1)) AND key IN (
      SELECT transfer FROM transactions
      UNION SELECT transfer FROM attachments WHERE file_token IS NOT NULL)`)
  const readTallies = (scope: string) =>
    tallies.all(scope).map((row) => readRow(talliesSchema, row, 'the tally'))
  const readSent = (scope: { batchId: string | null; group: number | null }): Load => {
    const row = sent.get(scope)
    return { bytes: Number(row?.['bytes']), calls: Number(row?.['calls']) }
  }
  return {
    ...createQueuePlaces(database),
    tallies: (batchId) => readTallies(batchId === undefined ? 'all' : `batch:${batchId}`),
    listedTallies: () => readTallies('listed'),
    groupTallies: (group) => readTallies(`added:${group}`),
    sentOfUnfinished: (batchId) => readSent({ batchId: batchId ?? null, group: null }),
    sentOfGroup: (group) => readSent({ batchId: null, group }),
    begun: prepareBegun(database),
  }
}

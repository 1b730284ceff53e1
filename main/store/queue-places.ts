import { BLOCK_SIZE_BYTES, SINGLE_CALL_LIMIT_BYTES } from '#shared/transfer/plan-parts.ts'
import { RUNNABLE } from '#shared/transfer/state-kinds.ts'
import type { Database } from './late-statements.ts'

/** The place of a file in the order in which files begin. */
export interface QueuePlace {
  readonly rank: number
  readonly key: number
}

/** Places in the queue, to find the one where the work of a day ends. Begun files are left out: they go first. */
export interface QueuePlaces {
  /** The place of a file; undefined: it is gone, or was begun. */
  placeOf(id: string): QueuePlace | undefined
  /** The file in one call that follows after so many, from a place on. */
  wholeAfter(files: number, from?: QueuePlace): QueuePlace | undefined
  /**
   * For each number of parts the first file in parts that has none among them. Costs as many rows as fit into the parts.
   * @param parts ascending
   */
  partsAfter(parts: readonly number[]): QueuePlace[]
}

const FIRST: QueuePlace = { rank: -Number.MAX_VALUE, key: -1 }

export function createQueuePlaces(database: Database): QueuePlaces {
  // One ordered run of an index for each kind; SQLite merges them.
  const files = (size: string) =>
    RUNNABLE.map(
      (kind) => `SELECT rank, key, size_bytes FROM transfers
          WHERE kind = '${kind}' AND listed = 1 AND expires_at_ms IS NULL AND size_bytes ${size}
            AND (rank, key) >= (:rank, :key)`,
    ).join(' UNION ALL ')
  const place = database.prepare(
    `SELECT rank, key FROM transfers WHERE id = ? AND expires_at_ms IS NULL`,
  )
  const whole = database.prepare(
    `${files(`<= ${SINGLE_CALL_LIMIT_BYTES}`)} ORDER BY 1, 2 LIMIT 1 OFFSET :files`,
  )
  const large = database.prepare(`${files(`> ${SINGLE_CALL_LIMIT_BYTES}`)} ORDER BY 1, 2`)
  const read = (row: Record<string, unknown> | undefined) =>
    row && { rank: Number(row['rank']), key: Number(row['key']) }
  return {
    placeOf: (id) => read(place.get(id)),
    wholeAfter: (count, from = FIRST) => read(whole.get({ ...from, files: count })),
    partsAfter(parts) {
      const found: QueuePlace[] = []
      let before = 0
      for (const row of large.iterate({ ...FIRST })) {
        while (before >= (parts[found.length] ?? Number.POSITIVE_INFINITY)) {
          found.push({ rank: Number(row['rank']), key: Number(row['key']) })
        }
        if (found.length === parts.length) break
        before += Math.ceil(Number(row['size_bytes']) / BLOCK_SIZE_BYTES)
      }
      return found
    },
  }
}

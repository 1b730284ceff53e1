import { BLOCK_SIZE_BYTES, SINGLE_CALL_LIMIT_BYTES } from '#shared/transfer/plan-parts.ts'
import { RUNNABLE } from '#shared/transfer/state-kinds.ts'
import type { Database } from './late-statements.ts'

/** The place of a file in the order in which files begin. */
export interface QueuePlace {
  readonly rank: number
  readonly key: number
}

/** A file in parts that waits. */
export interface LargeFile extends QueuePlace {
  /** Those that have to be sent; 0: it was begun, and is counted with the begun ones. */
  readonly parts: number
}

/** Places in the queue, to find the one where the work of a day ends. */
export interface QueuePlaces {
  /** The place of a file; undefined: it is gone, or was begun and goes before all others. */
  placeOf(id: string): QueuePlace | undefined
  /** The waiting file that follows after so many of any size, from a place on. Reads nothing but an index. */
  placeAfter(files: number, from?: QueuePlace): QueuePlace | undefined
  /** The files in parts that wait, in order. */
  largeFiles(): LargeFile[]
}

const FIRST: QueuePlace = { rank: -Number.MAX_VALUE, key: -1 }

export function createQueuePlaces(database: Database): QueuePlaces {
  // An ordered run of an index for each kind; SQLite merges them.
  const runs = (columns: string, condition: string) =>
    RUNNABLE.map(
      (kind) =>
        `SELECT ${columns} FROM transfers WHERE kind = '${kind}' AND listed = 1 AND ${condition}`,
    ).join(' UNION ALL ')
  const place = database.prepare(
    'SELECT rank, key FROM transfers WHERE id = ? AND expires_at_ms IS NULL',
  )
  // Two runs rather than one comparison of pairs, which would walk all files of the same rank.
  const from = ['rank = :rank AND key >= :key', 'rank > :rank']
  const after = database.prepare(
    `${from.map((condition) => runs('rank, key', condition)).join(' UNION ALL ')}
      ORDER BY 1, 2 LIMIT 1 OFFSET :files`,
  )
  const large = database.prepare(
    runs('rank, key, size_bytes, expires_at_ms', `size_bytes > ${SINGLE_CALL_LIMIT_BYTES}`),
  )
  const read = (row: Record<string, unknown>) => ({
    rank: Number(row['rank']),
    key: Number(row['key']),
  })
  const orNone = (row: Record<string, unknown> | undefined) => row && read(row)
  return {
    placeOf: (id) => orNone(place.get(id)),
    placeAfter: (files, from = FIRST) => orNone(after.get({ ...from, files })),
    largeFiles: () =>
      large
        .all()
        .map((row) => ({
          ...read(row),
          parts:
            row['expires_at_ms'] === null
              ? Math.ceil(Number(row['size_bytes']) / BLOCK_SIZE_BYTES)
              : 0,
        }))
        .sort(comparePlaces),
  }
}

export function comparePlaces(a: QueuePlace, b: QueuePlace): number {
  return a.rank - b.rank || a.key - b.key
}

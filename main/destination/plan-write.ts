/** Which records go into one write to a table. */

/** 新增多条记录 takes 1,000, its error text says 500, a newer version of the API 200: the least of them. */
export const MOST_RECORDS_A_WRITE = 200

export interface WaitingRecord {
  /** The batch it is in already, and may have been made with. */
  readonly batch: string | undefined
  /** It does not go with others: it was refused in their company. */
  readonly isAlone: boolean
}

export type Write<T> =
  /** The batch as it was sent before, regardless of which of its records wait. */
  | { readonly kind: 'same-batch'; readonly clientToken: string }
  | { readonly kind: 'new-batch'; readonly records: readonly T[] }
  | { readonly kind: 'alone' }

/**
 * The next write, which is for `first` and takes along what may go with it.
 * @param waiting all that waits for the table in order, `first` among it
 */
export function planWrite<T extends WaitingRecord>(first: T, waiting: readonly T[]): Write<T> {
  if (first.batch !== undefined) return { kind: 'same-batch', clientToken: first.batch }
  if (first.isAlone) return { kind: 'alone' }
  const others = waiting.filter(
    (each) => each !== first && each.batch === undefined && !each.isAlone,
  )
  if (others.length === 0) return { kind: 'alone' }
  return { kind: 'new-batch', records: [first, ...others].slice(0, MOST_RECORDS_A_WRITE) }
}

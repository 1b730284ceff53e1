/** The pause before attempt n + 1, as a pure function of n. */
export interface BackoffRange {
  readonly firstMs: number
  readonly longestMs: number
}

/** For a server in trouble, and for a network that is away: quick at first, a minute at most. */
export const SERVER_BACKOFF: BackoffRange = { firstMs: 1_000, longestMs: 60_000 }

/** For 1061045, which carries no header saying how long: 1, 2, 4 … 30 s. */
export const CONFLICT_BACKOFF: BackoffRange = { firstMs: 1_000, longestMs: 30_000 }

/**
 * Doubles with every failure in a row, and takes between half and all of it ("equal jitter"), so that
 * many clients that failed together do not come back together.
 * @param failures failures in a row, 1 after the first
 * @param random a number in [0, 1)
 */
export function backoffMs(failures: number, range: BackoffRange, random: number): number {
  const doublings = Math.min(Math.max(failures, 1) - 1, 30)
  const ceilingMs = Math.min(range.firstMs * 2 ** doublings, range.longestMs)
  return Math.round(ceilingMs / 2 + (ceilingMs / 2) * random)
}

import type { WorkCost } from './plan-queue.ts'

/** The documented 5 calls a second, and a line of 8 Mbit/s, until something has moved. */
const SECONDS_PER_CALL = 0.2
const FIRST_BYTES_PER_SECOND = 1_000_000

/**
 * Returns how long bytes and calls take, before any of them has shown it.
 * @param measured speed of one call, as remembered; undefined: none was ever measured
 * @param limit set by the person; undefined: none
 */
export function assumedCost(measured?: number, limit?: number): WorkCost {
  const bytesPerSecond = Math.min(
    measured ?? FIRST_BYTES_PER_SECOND,
    limit ?? Number.POSITIVE_INFINITY,
  )
  return { secondsPerCall: SECONDS_PER_CALL, secondsPerByte: 1 / bytesPerSecond }
}

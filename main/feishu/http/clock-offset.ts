import { dateMs, first, type HeaderValue } from './retry-after.ts'

const SAMPLES_KEPT = 5
/** A `Date` header names whole seconds, so on average it is half a second old. */
const HALF_SECOND_MS = 500
/** The wall clock and the steady one differ by more: the one was set, or the other stood still in sleep. */
const JUMP_MS = 10_000

export interface ClockOffset {
  /** Server time minus local time; 0 until the server has told its time. */
  readonly ms: number
  /** True once the server has told its time. */
  readonly isKnown: boolean
  /** @param receivedAt by the wall clock and by the steady one */
  observe(
    dateHeader: HeaderValue,
    receivedAt: { readonly nowMs: number; readonly steadyMs: number },
  ): void
}

/**
 * Learns how far the local clock is off. The median of the last answers, so that one stale or cached
 * header does not move it. Those of before the clock was set say nothing any more.
 */
export function createClockOffset(): ClockOffset {
  const samples: number[] = []
  let ms = 0
  let wallAheadMs = 0
  return {
    get ms() {
      return ms
    },
    get isKnown() {
      return samples.length > 0
    },
    observe(dateHeader, { nowMs, steadyMs }) {
      const serverMs = dateMs(first(dateHeader))
      if (serverMs === undefined) return
      if (Math.abs(nowMs - steadyMs - wallAheadMs) > JUMP_MS) samples.length = 0
      wallAheadMs = nowMs - steadyMs
      samples.push(serverMs + HALF_SECOND_MS - nowMs)
      if (samples.length > SAMPLES_KEPT) samples.shift()
      ms = Math.round(median(samples))
    },
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

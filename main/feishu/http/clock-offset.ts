import { dateMs, first, type HeaderValue } from './retry-after.ts'

const SAMPLES_KEPT = 5
/** A `Date` header names whole seconds, so on average it is half a second old. */
const HALF_SECOND_MS = 500

export interface ClockOffset {
  /** Server time minus local time; 0 until the server has told its time. */
  readonly ms: number
  observe(dateHeader: HeaderValue, receivedAtMs: number): void
}

/**
 * Learns how far the local clock is off. The median of the last answers, so that one stale or cached
 * header does not move it and a corrected clock is noticed after three answers.
 */
export function createClockOffset(): ClockOffset {
  const samples: number[] = []
  let ms = 0
  return {
    get ms() {
      return ms
    },
    observe(dateHeader, receivedAtMs) {
      const serverMs = dateMs(first(dateHeader))
      if (serverMs === undefined) return
      samples.push(serverMs + HALF_SECOND_MS - receivedAtMs)
      if (samples.length > SAMPLES_KEPT) samples.shift()
      ms = Math.round(median(samples))
    },
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

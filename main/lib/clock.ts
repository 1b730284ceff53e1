import { setTimeout as sleepFor } from 'node:timers/promises'

export interface Clock {
  /** Wall clock, ms since 1970. */
  nowMs(): number
  /** Ms since some moment in the past: it never goes back, and setting the wall clock does not move it. */
  steadyMs(): number
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Longest delay a Node timer takes; beyond it fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The machine's clock and timers. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  steadyMs: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await sleepFor(Math.min(Math.max(ms, 0), LONGEST_TIMER_MS), undefined, { signal })
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    }
  },
}

import { setTimeout as sleepFor } from 'node:timers/promises'
import type { Clock } from './ports.ts'

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

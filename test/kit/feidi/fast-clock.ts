import { setTimeout as sleepFor } from 'node:timers/promises'
import type { Clock } from '#main/lib/clock.ts'
import type { Simulator } from '#test/simulator/simulator.ts'
import { LONGEST_STEP_MS, steadySteps } from './steady-steps.ts'

/** Time that runs faster than the machine's, so that a pause of a minute is over in half a second. */
export interface FastClock extends Clock {
  advance(ms: number): void
}

/**
 * A clock at `speed` times the machine's. The simulator is put on it too: client and server agree
 * about the time as they would in life.
 */
export function fastClock(simulator: Simulator, speed = 100): FastClock {
  const stepsMs = steadySteps()
  let bootMs = simulator.clock.nowMs()
  const nowMs = () => bootMs + stepsMs() * speed
  const advance = (ms: number) => {
    bootMs += ms
  }
  simulator.clock.nowMs = nowMs
  simulator.clock.advance = advance
  return {
    nowMs,
    steadyMs: nowMs,
    advance,
    async sleep(ms, signal) {
      const dueMs = nowMs() + Math.max(ms, 0)
      try {
        do {
          const leftMs = Math.max(dueMs - nowMs(), 0) / speed
          await sleepFor(Math.min(leftMs, LONGEST_STEP_MS), undefined, { signal })
        } while (nowMs() < dueMs)
      } catch (error) {
        throw signal?.aborted ? signal.reason : error
      }
    },
  }
}

import { describe, expect, it } from 'vitest'
import { ClockJumps } from '#main/app/clock-jumps.ts'
import type { Clock } from '#main/lib/clock.ts'

/** Timers go off in their own time, whatever the wall clock says meanwhile. */
class WallClock implements Clock {
  #nowMs = 1_000_000
  #fire: (() => void) | undefined

  nowMs = () => this.#nowMs
  steadyMs = () => this.#nowMs

  sleep(_ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#fire = resolve
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  }

  /** The timer goes off after so much wall time. */
  async fireAfter(ms: number): Promise<void> {
    this.#nowMs += ms
    this.#fire?.()
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
}

function watching() {
  const clock = new WallClock()
  let jumps = 0
  const watcher = new ClockJumps(clock, () => {
    jumps += 1
  })
  const kept = watcher.keep()
  return { clock, watcher, kept, jumps: () => jumps }
}

describe('a jump of the clock', () => {
  it.each([
    ['on time', 5_000, 0],
    ['late under load', 12_000, 0],
    ['asleep for ten minutes', 600_000, 1],
    ['set back by an hour', -3_600_000, 1],
    ['set forward by a day', 86_400_000, 1],
  ])('%s', async (_, elapsedMs, expected) => {
    const { clock, jumps } = watching()
    await clock.fireAfter(elapsedMs)
    expect(jumps()).toBe(expected)
    await clock.fireAfter(5_000)
    expect(jumps()).toBe(expected)
  })

  it('that somebody else has seen to is none', async () => {
    const { clock, watcher, jumps } = watching()
    const hourLater = clock.nowMs() + 3_600_000
    clock.nowMs = () => hourLater
    watcher.noticed()
    await clock.fireAfter(5_000)
    expect(jumps()).toBe(0)
  })

  it('is not looked for any more after closing', async () => {
    const { clock, watcher, kept, jumps } = watching()
    watcher.close()
    await kept
    await clock.fireAfter(600_000)
    expect(jumps()).toBe(0)
  })
})

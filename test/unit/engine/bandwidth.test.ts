import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bandwidth } from '#main/engine/bandwidth.ts'
import { FakeClock, settle } from '#test/kit/fake-clock.ts'

const never = new AbortController().signal

describe('Bandwidth', () => {
  it('lets everything pass at once without a limit', async () => {
    const bandwidth = new Bandwidth(new FakeClock(), undefined)
    expect(bandwidth.limited).toBe(false)
    await bandwidth.take(1e12, never)
  })

  it('lets slices pass one after the other at the rate', async () => {
    const clock = new FakeClock()
    const bandwidth = new Bandwidth(clock, 1_000)
    const startMs = clock.nowMs()
    const left: number[] = []
    const slices = [500, 250, 1_000, 1].map((bytes) =>
      bandwidth.take(bytes, never).then(() => left.push(clock.nowMs() - startMs)),
    )
    await clock.runUntil(Promise.all(slices))
    expect(left).toEqual([0, 500, 750, 1750])
  })

  it('saves nothing up while the line is idle', async () => {
    const clock = new FakeClock()
    const bandwidth = new Bandwidth(clock, 1_000)
    await clock.advance(60_000)
    await bandwidth.take(1_000, never)
    const startMs = clock.nowMs()
    await clock.runUntil(bandwidth.take(1, never))
    expect(clock.nowMs() - startMs).toBe(1_000)
  })

  it('rejects with the reason of who stops waiting', async () => {
    const clock = new FakeClock()
    const bandwidth = new Bandwidth(clock, 1)
    await bandwidth.take(100, never)
    const control = new AbortController()
    const slice = bandwidth.take(1, control.signal)
    slice.catch(() => {})
    await settle()
    control.abort(new Error('enough'))
    await expect(slice).rejects.toThrow('enough')
  })

  it('follows a new limit', async () => {
    const clock = new FakeClock()
    const bandwidth = new Bandwidth(clock, undefined)
    bandwidth.bytesPerSecond = 1_000
    expect(bandwidth.limited).toBe(true)
    await bandwidth.take(1_000, never)
    bandwidth.bytesPerSecond = undefined
    await bandwidth.take(1_000, never)
  })

  it('goes on when the clock is set back', async () => {
    const clock = new FakeClock()
    const bandwidth = new Bandwidth(clock, 1_000)
    await bandwidth.take(1_000, never)
    clock.setWallClock(clock.nowMs() - 8 * 3_600_000)
    const slice = bandwidth.take(1, never)
    const startMs = clock.nowMs()
    await clock.runUntil(slice)
    expect(clock.nowMs() - startMs).toBeLessThanOrEqual(1_000)
  })

  it('never lets more than the rate and one slice pass in any stretch of time', async () => {
    const request = fc.record({ afterMs: fc.nat(400), bytes: fc.integer({ min: 1, max: 5_000 }) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 500, max: 20_000 }),
        async (requests, bytesPerSecond) => {
          const clock = new FakeClock()
          const bandwidth = new Bandwidth(clock, bytesPerSecond)
          const left: { atMs: number; bytes: number }[] = []
          const slices: Promise<unknown>[] = []
          for (const { afterMs, bytes } of requests) {
            await clock.advance(afterMs)
            const slice = bandwidth.take(bytes, never)
            slices.push(slice.then(() => left.push({ atMs: clock.nowMs(), bytes })))
          }
          await clock.runUntil(Promise.all(slices))
          const longest = Math.max(...requests.map(({ bytes }) => bytes))
          for (const [first, { atMs: fromMs }] of left.entries()) {
            let passed = 0
            for (const { atMs, bytes } of left.slice(first)) {
              passed += bytes
              const allowed = ((atMs - fromMs) * bytesPerSecond) / 1_000 + longest
              // A millisecond of doubt: the clock's times are floating point numbers here.
              expect(passed).toBeLessThanOrEqual(allowed + bytesPerSecond / 1_000)
            }
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})

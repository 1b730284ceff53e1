import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  departed,
  nextDepartureMs,
  notAfter,
  type RateWindow,
  rateWindow,
  reserve,
} from '#shared/transfer/rate-window.ts'

/** Departures of calls that are asked for at these times, each as soon as the window allows. */
function departures(requestTimes: readonly number[], window: RateWindow = rateWindow(5)): number[] {
  let state = window
  let nowMs = 0
  return requestTimes.map((atMs) => {
    nowMs = Math.max(nowMs, atMs, nextDepartureMs(state))
    state = departed(reserve(state), nowMs)
    return nowMs
  })
}

function mostArrivalsInASecond(arrivals: readonly number[]): number {
  return Math.max(
    0,
    ...arrivals.map(
      (fromMs) => arrivals.filter((at) => at >= fromMs && at < fromMs + 1_000).length,
    ),
  )
}

const requestTimes = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1_500 })), {
    maxLength: 60,
  })
  .map((gaps) => {
    let atMs = 1_000_000
    return gaps.map((gapMs) => {
      atMs += gapMs
      return atMs
    })
  })

describe('the window', () => {
  it('never lets more than 5 calls arrive in a second, whatever the line does below the margin', () => {
    const jitter = fc.infiniteStream(fc.double({ min: 0, max: 39.9, noNaN: true }))
    fc.assert(
      fc.property(requestTimes, jitter, fc.nat(2_000), (times, delays, latencyMs) => {
        const arrivals = departures(times).map(
          (atMs) => atMs + latencyMs + (delays.next().value ?? 0),
        )
        expect(mostArrivalsInASecond(arrivals)).toBeLessThanOrEqual(5)
      }),
      { numRuns: 500 },
    )
  })

  it('lets 4.75 calls a second through when there is always one waiting', () => {
    const times = departures(Array.from({ length: 1_000 }, () => 0))
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000
    expect((times.length - 5) / seconds).toBeGreaterThanOrEqual(4.75)
  })

  it('does not keep back a call that the limit allows', () => {
    fc.assert(
      fc.property(requestTimes, (times) => {
        for (const [index, atMs] of departures(times).entries()) {
          const earlier = times.slice(0, index).filter((time) => time > atMs - 1_040 * 12)
          if (earlier.length < 5) expect(atMs).toBe(times[index])
        }
      }),
    )
  })

  it('counts nothing from a call that has not left', () => {
    let window = rateWindow(2)
    window = reserve(reserve(window))
    expect(nextDepartureMs(window)).toBe(Number.POSITIVE_INFINITY)
    window = departed(window, 5_000)
    expect(nextDepartureMs(window)).toBe(6_040)
    window = reserve(window)
    expect(nextDepartureMs(window)).toBe(Number.POSITIVE_INFINITY)
    expect(nextDepartureMs(departed(window, 7_000))).toBe(8_040)
  })

  it('ignores a departure that nobody has announced', () => {
    const window = departed(reserve(rateWindow(2)), 1)
    expect(departed(window, 2)).toBe(window)
  })

  it('keeps no more times than it needs', () => {
    let window = rateWindow(5)
    for (let call = 0; call < 100; call++) window = departed(reserve(window), call)
    expect(window.departures).toEqual([95, 96, 97, 98, 99])
  })
})

describe('notAfter', () => {
  it('moves what lies in the future to now, and nothing else', () => {
    const window = { ...rateWindow(5), departures: [10, null, 500, 900] }
    expect(notAfter(window, 600).departures).toEqual([10, null, 500, 600])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  callSucceeded,
  callsCollided,
  fixedLanes,
  type LaneWindow,
  laneMissed,
  laneWindow,
  MOST_LANES,
} from '#shared/transfer/lane-window.ts'
import { departed, nextDepartureMs, rateWindow, reserve } from '#shared/transfer/rate-window.ts'

interface Server {
  /** Returns the duration of a call when so many are under way, itself included. */
  callMs(underWay: number): number
  /** Checks whether it refuses another call while so many are under way. */
  refuses?(underWay: number): boolean
}

interface Simulation {
  readonly window: LaneWindow
  readonly collisions: number
  /** Of the second half, when the window has had time to settle. */
  readonly callsPerSecond: number
  /** Returns the share of the second half spent at each size. */
  readonly shareAtSize: (size: number) => number
}

/** A queue that never runs dry, sent through the window and the limit of 5 a second. */
function simulate(server: Server, calls: number, first: LaneWindow = laneWindow()): Simulation {
  let window = first
  let rate = rateWindow(5)
  let nowMs = 0
  let collisions = 0
  const underWay: { endMs: number; refused: boolean }[] = []
  const doneAt: number[] = []
  const sizes: { atMs: number; size: number }[] = []
  while (doneAt.length < calls) {
    for (;;) {
      if (nextDepartureMs(rate) > nowMs) break
      if (underWay.length >= window.size) {
        window = laneMissed(window)
        break
      }
      rate = departed(reserve(rate), nowMs)
      const refused = server.refuses?.(underWay.length) ?? false
      const callMs = refused ? 20 : server.callMs(underWay.length + 1)
      underWay.push({ endMs: nowMs + callMs, refused })
    }
    const nextEndMs = Math.min(...underWay.map(({ endMs }) => endMs))
    const opensMs = nextDepartureMs(rate)
    nowMs = opensMs > nowMs ? Math.min(nextEndMs, opensMs) : nextEndMs
    for (const call of underWay.filter(({ endMs }) => endMs <= nowMs)) {
      if (call.refused) {
        collisions += 1
        window = callsCollided(window, underWay.length)
      } else {
        window = callSucceeded(window, nowMs)
        doneAt.push(nowMs)
      }
      underWay.splice(underWay.indexOf(call), 1)
    }
    sizes.push({ atMs: nowMs, size: window.size })
  }
  const half = doneAt[Math.floor(calls / 2)] ?? 0
  const spans = sizes.map(({ atMs, size }, index) => ({
    size,
    ms: atMs < half ? 0 : (sizes[index + 1]?.atMs ?? atMs) - atMs,
  }))
  const totalMs = spans.reduce((sum, { ms }) => sum + ms, 0)
  return {
    window,
    collisions,
    callsPerSecond: (calls / 2 / Math.max(nowMs - half, 1)) * 1_000,
    shareAtSize: (size) =>
      spans.filter((span) => span.size === size).reduce((sum, { ms }) => sum + ms, 0) / totalMs,
  }
}

describe('finding the number of lanes', () => {
  it.each([
    ['20 ms: one lane reaches the limit', 20, 1],
    ['150 ms: one lane reaches the limit', 150, 1],
    ['300 ms: two lanes', 300, 2],
    ['600 ms: three or four', 600, 4],
    ['1200 ms: six or seven', 1_200, 7],
  ])('latency %s', (_, latencyMs, mostLanes) => {
    const { window, callsPerSecond } = simulate({ callMs: () => latencyMs }, 600)
    expect(callsPerSecond).toBeGreaterThan(4.75)
    expect(window.size).toBeLessThanOrEqual(mostLanes)
  })

  it('stops at the most there can be on a line too slow for all of them', () => {
    const { window, callsPerSecond } = simulate({ callMs: () => 4_000 }, 1_000)
    expect(window.size).toBe(MOST_LANES)
    expect(callsPerSecond).toBeCloseTo(2, 1)
  })

  it('stays with one lane where the line is full with one, and asks less and less often', () => {
    // Two calls at once take twice as long each.
    const full = simulate({ callMs: (underWay) => 800 * underWay }, 2_000)
    expect(full.window.size).toBeLessThanOrEqual(2)
    expect(full.shareAtSize(1)).toBeGreaterThan(0.95)
  })

  it('stops where more lanes do not help any more', () => {
    const { window, shareAtSize } = simulate({ callMs: (n) => Math.max(2_000, 1_000 * n) }, 2_000)
    expect(window.size).toBeLessThanOrEqual(3)
    expect(shareAtSize(2)).toBeGreaterThan(0.9)
  })

  it('pays one collision for a server that forbids two calls at a time', () => {
    const jealous = { callMs: () => 300, refuses: (underWay: number) => underWay > 0 }
    const { window, collisions } = simulate(jealous, 2_000)
    expect(collisions).toBe(1)
    expect([window.size, window.ceiling]).toEqual([1, 1])
  })

  it.each([2, 3, 5])('pays one collision for each ceiling above %i', (allowed) => {
    const strict = { callMs: () => 1_500, refuses: (underWay: number) => underWay >= allowed }
    const { window, collisions } = simulate(strict, 1_000)
    expect(collisions).toBe(1)
    expect(window.ceiling).toBe(allowed)
    expect(window.size).toBeLessThanOrEqual(allowed)
  })

  it('does not go where it was told not to', () => {
    const { window } = simulate({ callMs: () => 2_000 }, 300, laneWindow(3))
    expect(window.size).toBe(3)
  })

  it('does not grow while nothing is short of a lane', () => {
    let window = laneWindow()
    for (let call = 0; call < 1_000; call++) window = callSucceeded(window, call * 200)
    expect(window.size).toBe(1)
  })
})

describe('a fixed number', () => {
  it.each([
    [1, 1],
    [3, 3],
    [0, 1],
    [-1, 1],
    [99, MOST_LANES],
  ])('%i is %i', (asked, size) => {
    expect(fixedLanes(asked).size).toBe(size)
  })
})

describe('a collision', () => {
  it.each([
    ['alone in flight: not our doing', 4, 1, 4, 8],
    ['with one lane: not our doing', 1, 2, 1, 8],
    ['two in flight', 2, 2, 1, 1],
    ['four of four', 4, 4, 2, 3],
    ['three of four', 4, 3, 2, 2],
    ['more in flight than lanes left', 2, 5, 1, 1],
  ])('%s', (_, size, inFlight, sizeAfter, ceilingAfter) => {
    const window = callsCollided({ ...laneWindow(), size }, inFlight)
    expect([window.size, window.ceiling]).toEqual([sizeAfter, ceilingAfter])
  })
})

it('is always between one lane and the ceiling, whatever happens', () => {
  const event = fc.oneof(
    fc.record({
      kind: fc.constant('good' as const),
      afterMs: fc.integer({ min: -50, max: 5_000 }),
    }),
    fc.record({ kind: fc.constant('missed' as const) }),
    fc.record({ kind: fc.constant('collided' as const), inFlight: fc.nat(12) }),
  )
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 300 }),
      fc.integer({ min: 1, max: 12 }),
      (events, most) => {
        let window = laneWindow(most)
        let nowMs = 0
        for (const happening of events) {
          if (happening.kind === 'good') {
            nowMs += happening.afterMs
            window = callSucceeded(window, nowMs)
          } else if (happening.kind === 'missed') window = laneMissed(window)
          else window = callsCollided(window, happening.inFlight)
          expect(window.size).toBeGreaterThanOrEqual(1)
          expect(window.size).toBeLessThanOrEqual(window.ceiling)
          expect(window.ceiling).toBeLessThanOrEqual(Math.min(most, MOST_LANES))
        }
      },
    ),
  )
})

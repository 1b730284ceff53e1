import { describe, expect, it } from 'vitest'
import {
  callLeft,
  callRefused,
  callTaken,
  type FairShare,
  fairShare,
  isAlone,
  notLaterThan,
} from '#shared/transfer/fair-share.ts'
import { LIMITERS, type LimiterKind } from '#test/kit/fleet/limiters.ts'
import { figuresOf, takenBackAfterSeconds } from '#test/kit/fleet/measures.ts'
import { simulateFleet } from '#test/kit/fleet/simulate.ts'

const KINDS = Object.keys(LIMITERS) as LimiterKind[]

/** The means of three fleets, from the time on when each machine had its first calls behind it. */
function run(limiter: LimiterKind, machines: number) {
  const fromMs = Math.max(30_000, machines * 8_000)
  const untilMs = fromMs + 240_000
  const runs = [1, 2, 3].map((seed) => {
    const arrivals = simulateFleet({ machines, limiter, seed, untilMs })
    return figuresOf(arrivals, machines, fromMs, untilMs)
  })
  const mean = (of: 'perSecond' | 'refused' | 'fairness') =>
    runs.reduce((sum, figures) => sum + figures[of], 0) / runs.length
  return { perSecond: mean('perSecond'), refused: mean('refused'), fairness: mean('fairness') }
}

describe('machines that share an app', () => {
  it.each(KINDS)('%s: one alone has all of the rate', (limiter) => {
    const { perSecond, refused } = run(limiter, 1)
    expect(perSecond).toBeGreaterThan(4.7)
    expect(refused).toBeLessThan(0.005)
  })

  // [machines, calls a second, part refused, fairness]: a little below what the simulation reaches, so that a change for the worse is seen.
  const floors: Record<LimiterKind, [number, number, number, number][]> = {
    sliding: [
      [2, 4.1, 0.04, 0.55],
      [4, 4.1, 0.05, 0.75],
      [10, 2.9, 0.13, 0.7],
    ],
    fixed: [
      [2, 4.6, 0.04, 0.8],
      [4, 4.6, 0.05, 0.8],
      [10, 3.8, 0.1, 0.7],
    ],
    bucket: [
      [2, 4.8, 0.04, 0.85],
      [4, 4.8, 0.05, 0.85],
      [10, 4.8, 0.08, 0.8],
    ],
  }
  it.each(KINDS)(
    '%s: several use the rate, with few calls refused and none left out',
    (limiter) => {
      for (const [machines, perSecond, refused, fairness] of floors[limiter]) {
        const figures = run(limiter, machines)
        expect(figures.perSecond, `${machines} machines`).toBeGreaterThan(perSecond)
        expect(figures.refused, `${machines} machines`).toBeLessThan(refused)
        expect(figures.fairness, `${machines} machines`).toBeGreaterThan(fairness)
      }
    },
  )

  it.each(KINDS)('%s: one takes back what the other leaves', (limiter) => {
    const seconds = [1, 2, 3].map((seed) => {
      const stopMs = (machine: number) => (machine === 0 ? Infinity : 120_000)
      const fleet = { machines: 2, limiter, seed, untilMs: 300_000, stopMs }
      return takenBackAfterSeconds(simulateFleet(fleet), 0, 120_000)
    })
    for (const after of seconds) expect(after).toBeLessThan(100)
  })

  it('repeats a run by its seed', () => {
    const fleet = { machines: 3, limiter: 'sliding', seed: 9, untilMs: 20_000 } as const
    expect(simulateFleet(fleet)).toEqual(simulateFleet(fleet))
  })
})

describe('a share', () => {
  const many = (share: FairShare, calls: number) => {
    let next = share
    for (let call = 0; call < calls; call++) next = callTaken(next)
    return next
  }

  it('grows with every call that is let through, and shrinks with every refusal', () => {
    const share = fairShare(5, 2, 0)
    expect(callTaken(share).perSecond).toBeGreaterThan(2)
    expect(callRefused(share, 0, 0).perSecond).toBeLessThan(2)
  })

  it('has the whole limit to itself in the end when nothing is refused, and never more', () => {
    const share = many(fairShare(5, 0.5, 0), 400)
    expect(share.perSecond).toBeCloseTo(5 / 1.04)
    expect(isAlone(share)).toBe(true)
    expect(isAlone(callRefused(share, 0, 0))).toBe(false)
  })

  it('spaces its calls evenly, and makes up for nothing it has missed', () => {
    const share = callLeft(fairShare(5, 2, 1_000), 1_000, 0.5)
    expect(share.dueMs).toBe(1_500)
    expect(callLeft(share, 1_510, 0.5).dueMs).toBe(2_000)
    expect(callLeft(share, 9_000, 0.5).dueMs).toBe(9_500)
  })

  it('does not send again at once what was refused together with another machine', () => {
    const share = callLeft(fairShare(5, 1, 0), 0, 0.5)
    expect(callRefused(share, 200, 0.5).dueMs).toBeGreaterThan(1_200)
  })

  it('waits no longer than an interval when the clock is set back', () => {
    const share = callLeft(fairShare(5, 1, 1e9), 1e9, 0.5)
    expect(notLaterThan(share, 5_000).dueMs).toBe(6_000)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PlanBasis, planQueue, type QueuePlan } from '#shared/transfer/plan-queue.ts'
import { nextQuotaDayMs } from '#shared/transfer/quota-day.ts'
import { openMs } from '#shared/transfer/work-hours.ts'

/** Noon in Beijing. */
const NOON = Date.UTC(2026, 0, 5, 4)
const HOUR_MS = 3_600_000
const MiB = 1024 * 1024
const NOTHING = { wholeFiles: 0, wholeBytes: 0, partFiles: 0, parts: 0, partBytes: 0 }

function plan(more: Partial<PlanBasis>): QueuePlan {
  return planQueue({
    nowMs: NOON,
    ahead: NOTHING,
    cost: { secondsPerByte: 1e-7, secondsPerCall: 0.2 },
    today: { whole: 10_000, parts: 10_000 },
    daily: { whole: 10_000, parts: 10_000 },
    hours: null,
    ...more,
  })
}

const smallFiles = (count: number) => ({ ...NOTHING, wholeFiles: count, wholeBytes: count * 1_000 })

describe('a plan', () => {
  it('is empty for an empty queue', () => {
    expect(plan({})).toEqual({ days: [], doneAtMs: NOON })
  })

  it('ends today when calls and time are enough', () => {
    const { days, doneAtMs } = plan({ ahead: smallFiles(1_000) })
    expect(days).toMatchObject([{ wholeFiles: 1_000, limit: undefined }])
    expect((doneAtMs ?? 0) - NOON).toBeCloseTo(200_100, -2)
  })

  it('goes on tomorrow with what today’s calls do not suffice for', () => {
    const { days, doneAtMs } = plan({
      ahead: smallFiles(12_400),
      today: { whole: 400, parts: 10_000 },
    })
    expect(days.map(({ wholeFiles, limit }) => [wholeFiles, limit])).toEqual([
      [400, 'calls'],
      [10_000, 'calls'],
      [2_000, undefined],
    ])
    expect(doneAtMs).toBeGreaterThan(NOON + 36 * HOUR_MS)
    expect(doneAtMs).toBeLessThan(NOON + 37 * HOUR_MS)
  })

  it('sends small files in parts when their own calls are used up and no large file needs those', () => {
    const today = { whole: 400, parts: 10_000 }
    const ahead = smallFiles(12_400)
    const { days } = plan({ ahead, today, smallInParts: true })
    expect(days.map(({ wholeFiles }) => wholeFiles)).toEqual([10_400, 2_000])
    const film = { partFiles: 1, parts: 10, partBytes: 40 * MiB }
    const beside = plan({ ahead: { ...ahead, ...film }, today, smallInParts: true })
    expect(beside.days[0]).toMatchObject({ wholeFiles: 400, parts: 10 })
  })

  it('takes parts and small files on the same day: they have calls of their own', () => {
    const parts = { partFiles: 1, parts: 9_000, partBytes: 9_000 * 4 * MiB }
    const { days } = plan({
      ahead: { ...smallFiles(9_000), ...parts },
      cost: { secondsPerByte: 1e-9, secondsPerCall: 0.2 },
    })
    expect(days).toMatchObject([{ wholeFiles: 9_000, parts: 9_000, limit: undefined }])
  })

  it('keeps to the hours that a person has set', () => {
    const hours = { from: '09:00', until: '10:00', days: [0, 1, 2, 3, 4, 5, 6] }
    const { days, doneAtMs } = plan({
      ahead: smallFiles(30_000),
      hours,
      daily: ENDLESS,
      today: ENDLESS,
    })
    const worked = openMs(hours, NOON, doneAtMs ?? 0)
    expect(worked / 1_000).toBeCloseTo(30_000 * 0.200_1, 0)
    expect(days.length).toBeGreaterThanOrEqual(2)
  })

  it('waits for the end of the month when its quota is used up', () => {
    const notBeforeMs = NOON + 10 * 24 * HOUR_MS
    const { days, doneAtMs } = plan({ ahead: smallFiles(5), notBeforeMs })
    expect(doneAtMs).toBeGreaterThan(notBeforeMs)
    expect(days.slice(0, -1).every(({ wholeFiles }) => wholeFiles === 0)).toBe(true)
  })

  it('says so when there is no end', () => {
    expect(
      plan({ ahead: smallFiles(5), hours: { from: '09:00', until: '10:00', days: [] } }),
    ).toMatchObject({ doneAtMs: undefined })
  })
})

const ENDLESS = { whole: Number.POSITIVE_INFINITY, parts: Number.POSITIVE_INFINITY }

const calls = fc.record({ whole: fc.nat(12_000), parts: fc.nat(12_000) })
const hours = fc.option(
  fc.record({
    from: fc.constantFrom('00:00', '09:00', '18:30', '22:00'),
    until: fc.constantFrom('00:00', '06:00', '09:00', '18:00'),
    days: fc.subarray([0, 1, 2, 3, 4, 5, 6]),
  }),
)
const basis: fc.Arbitrary<PlanBasis> = fc.record({
  nowMs: fc.integer({ min: NOON, max: NOON + 48 * HOUR_MS }),
  ahead: fc
    .record({
      wholeFiles: fc.nat(100_000),
      wholeMean: fc.nat(20 * MiB),
      partFiles: fc.nat(200),
      partsEach: fc.integer({ min: 6, max: 500 }),
    })
    .map(({ wholeFiles, wholeMean, partFiles, partsEach }) => ({
      ...{ wholeFiles, wholeBytes: wholeFiles * wholeMean, partFiles },
      ...{ parts: partFiles * partsEach, partBytes: partFiles * partsEach * 4 * MiB },
    })),
  cost: fc.record({
    secondsPerByte: fc.double({ min: 1e-9, max: 1e-5, noNaN: true }),
    secondsPerCall: fc.double({ min: 0.05, max: 2, noNaN: true }),
  }),
  ...{ today: calls, daily: calls, hours, smallInParts: fc.boolean() },
})

describe('any plan', () => {
  it('never exceeds the calls of a day, holds all there is, and ends', () => {
    fc.assert(
      fc.property(basis, (given) => {
        const { days, doneAtMs } = planQueue(given)
        days.forEach(({ wholeFiles, parts, fromMs, untilMs }, index) => {
          const most = index === 0 ? given.today : given.daily
          const spare = given.smallInParts && given.ahead.parts === 0 ? most.parts : 0
          expect(wholeFiles).toBeLessThanOrEqual(most.whole + spare)
          expect(parts).toBeLessThanOrEqual(most.parts)
          expect(wholeFiles).toBeGreaterThanOrEqual(0)
          expect(parts).toBeGreaterThanOrEqual(0)
          expect(untilMs).toBe(nextQuotaDayMs(fromMs))
        })
        if (doneAtMs === undefined) return
        const sum = (of: 'wholeFiles' | 'parts') => days.reduce((all, day) => all + day[of], 0)
        expect(sum('wholeFiles')).toBe(given.ahead.wholeFiles)
        expect(sum('parts')).toBe(given.ahead.parts)
        expect(doneAtMs).toBeLessThanOrEqual(days.at(-1)?.untilMs ?? given.nowMs)
      }),
    )
  })

  it('never ends later with more calls, with a faster line, or with less to do', () => {
    fc.assert(
      fc.property(basis, fc.nat(5_000), fc.nat(5_000), (given, whole, parts) => {
        const more = (of: PlanBasis['today']) => ({
          whole: of.whole + whole,
          parts: of.parts + parts,
        })
        const end = endOf(planQueue(given))
        const bounded = end + 1
        expect(endOf(planQueue({ ...given, today: more(given.today) }))).toBeLessThanOrEqual(
          bounded,
        )
        expect(endOf(planQueue({ ...given, daily: more(given.daily) }))).toBeLessThanOrEqual(
          bounded,
        )
        const cost = { ...given.cost, secondsPerByte: given.cost.secondsPerByte / 2 }
        expect(endOf(planQueue({ ...given, cost }))).toBeLessThanOrEqual(bounded)
        const wholeFiles = Math.max(0, given.ahead.wholeFiles - whole)
        const mean = given.ahead.wholeBytes / Math.max(1, given.ahead.wholeFiles)
        const ahead = { ...given.ahead, wholeFiles, wholeBytes: wholeFiles * mean }
        expect(endOf(planQueue({ ...given, ahead }))).toBeLessThanOrEqual(bounded)
      }),
    )
  })

  it('is the same for the same facts', () => {
    fc.assert(
      fc.property(basis, (given) => {
        expect(planQueue(given)).toEqual(planQueue(structuredClone(given)))
      }),
      { numRuns: 20 },
    )
  })
})

function endOf({ doneAtMs }: QueuePlan): number {
  return doneAtMs ?? Number.POSITIVE_INFINITY
}

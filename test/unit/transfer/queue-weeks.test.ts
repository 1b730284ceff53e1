import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aMorning, filmsFirst, liveWeeks, type Weeks } from '#test/kit/queue-weeks.ts'

const scenario = fc.record({
  count: fc.integer({ min: 1, max: 150 }),
  films: fc.nat(6),
  partsOfFilm: fc.integer({ min: 1, max: 50 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  callsPerDay: fc.integer({ min: 60, max: 150 }),
  // On the slowest line some films take most of their day.
  bytesPerSecond: fc.integer({ min: 6_000, max: 10_000_000 }),
  startsAfterMs: fc.nat(24 * 3_600_000),
})

function weeksOf({ count, films, partsOfFilm, seed, startsAfterMs, ...limits }: Facts): Weeks {
  return {
    ...limits,
    files: filmsFirst(count, films, partsOfFilm, seed),
    policy: 'planned',
    mostDays: 60,
    startMs: aMorning() + startsAfterMs,
  }
}

type Facts = typeof scenario extends fc.Arbitrary<infer T> ? T : never

it('never exceeds a day, lets nothing expire that has the time, and ends; the same each time', () => {
  fc.assert(
    fc.property(scenario, (facts) => {
      const weeks = weeksOf(facts)
      const result = liveWeeks(weeks)
      expect(result.mostCalls).toBeLessThanOrEqual(facts.callsPerDay)
      const longest = Math.max(...weeks.files.map(({ bytes }) => bytes / facts.bytesPerSecond))
      if (longest < 18 * 3_600) {
        expect(result.expired).toBe(0)
        expect(result.filesUp).toBe(weeks.files.length)
      }
      expect(liveWeeks(weeks)).toEqual(result)
    }),
    { numRuns: 30 },
  )
})

it('lets nothing expire either when files go up in some hours of the day only', () => {
  const facts = fc.record({
    ...{ count: fc.integer({ min: 1, max: 40 }), films: fc.nat(6) },
    ...{ partsOfFilm: fc.integer({ min: 1, max: 40 }), seed: fc.integer({ min: 1, max: 9_999 }) },
    bytesPerSecond: fc.integer({ min: 20_000, max: 1_000_000 }),
    fromHour: fc.nat(23),
    openHours: fc.integer({ min: 3, max: 20 }),
    startsAfterMs: fc.nat(24 * 3_600_000),
  })
  const time = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`
  fc.assert(
    fc.property(facts, ({ bytesPerSecond, fromHour, openHours, startsAfterMs, ...queue }) => {
      const { count, films, partsOfFilm, seed } = queue
      const weeks: Weeks = {
        files: filmsFirst(count, films, partsOfFilm, seed),
        ...{ bytesPerSecond, callsPerDay: 400, policy: 'planned', mostDays: 60 },
        startMs: aMorning() + startsAfterMs,
        hours: {
          ...{ from: time(fromHour), until: time(fromHour + openHours) },
          days: [0, 1, 2, 3, 4, 5, 6],
        },
      }
      const result = liveWeeks(weeks)
      const longest = Math.max(...weeks.files.map(({ bytes }) => bytes / bytesPerSecond))
      if (longest > 0.7 * openHours * 3_600) return
      expect(result.expired).toBe(0)
      expect(result.filesUp).toBe(weeks.files.length)
    }),
    { numRuns: 30 },
  )
})

it('has all up sooner than first in, first out, and wastes no part', () => {
  const weeks = {
    files: filmsFirst(1_000, 20, 40, 7),
    ...{ bytesPerSecond: 2_500_000, callsPerDay: 100, mostDays: 40, startMs: aMorning() },
  }
  const planned = liveWeeks({ ...weeks, policy: 'planned' })
  const inOrder = liveWeeks({ ...weeks, policy: 'in order' })
  const days = ({ doneMs }: typeof planned) => ((doneMs ?? Infinity) - weeks.startMs) / 86_400_000
  expect(planned.wastedParts).toBe(0)
  expect(days(planned)).toBeLessThan(0.8 * days(inOrder))
})

import { describe, expect, it } from 'vitest'
import { toCsv } from '#main/app/api/csv.ts'
import { runsOf } from '#main/app/api/transfer-details.ts'
import { estimate, type Outlook, SteadyEta } from '#main/app/live/eta.ts'
import { Round } from '#main/app/live/round.ts'
import type { Tally } from '#main/store/amount-reads.ts'
import { isWithin, nextBegin } from '#shared/transfer/work-hours.ts'

const NOON = Date.UTC(2026, 0, 5, 4)
const DAY_MS = 24 * 3_600_000

const day = (limit?: 'calls' | 'time') => ({
  ...{ day: '2026-01-05', fromMs: NOON, untilMs: NOON + DAY_MS },
  ...{ wholeFiles: 10, parts: 0, bytes: 10, limit, limits: { whole: limit, parts: undefined } },
})

describe('when all will be done', () => {
  const plan = { days: [day()], doneAtMs: NOON + 100_000 }
  const outlook = (more: Partial<Outlook>): Outlook => ({ files: 10, stuck: false, plan, ...more })

  it.each([
    ['nothing to do', { files: 0 }, { kind: 'idle' }],
    ['offline or paused', { stuck: true }, { kind: 'unknown' }],
    ['too early to tell', { plan: undefined }, { kind: 'calculating' }],
    [
      'not within a year',
      { plan: { days: [day('time')], doneAtMs: undefined } },
      { kind: 'unknown' },
    ],
    ['as planned', {}, { kind: 'at', atMs: NOON + 100_000, quotaDays: 0 }],
    [
      'the quota makes it three days',
      { plan: { ...plan, days: [day('calls'), day('calls'), day()] } },
      { kind: 'at', atMs: NOON + 100_000, quotaDays: 2 },
    ],
    [
      'the hours make it two days',
      { plan: { ...plan, days: [day('time'), day()] } },
      { kind: 'at', atMs: NOON + 100_000, quotaDays: 0 },
    ],
  ] as const)('%s', (_, more, eta) => {
    expect(estimate(outlook(more))).toEqual(eta)
  })

  it('is not corrected for a trifle', () => {
    const steady = new SteadyEta()
    const at = (atMs: number) => ({ kind: 'at', atMs, quotaDays: 0 }) as const
    const first = steady.next(at(NOON + 600_000), NOON)
    expect(steady.next(at(NOON + 620_000), NOON)).toEqual(first)
    expect(steady.next(at(NOON + 900_000), NOON)).toEqual(at(NOON + 900_000))
    expect(steady.next({ kind: 'unknown' }, NOON)).toEqual({ kind: 'unknown' })
  })
})

describe('a round', () => {
  const NOTHING = { bytes: 0, calls: 0 }
  const tally = (kind: Tally['kind'], transfers: number, bytes = transfers * 10): Tally => ({
    ...{ kind, transfers, bytes },
    calls: transfers,
    ...{ large: 0, largeBytes: 0 },
  })
  const round = () => {
    const round = new Round()
    return (...tallies: Tally[]) => round.figures(tallies, NOTHING, 0, 0)
  }

  it('counts from when the queue was last empty', () => {
    const figures = round()
    figures(tally('done', 100))
    const first = figures(tally('done', 100), tally('queued', 4))
    expect(first).toMatchObject({ done: { files: 0 }, ahead: { files: 4, bytes: 40 } })
    const later = figures(tally('done', 103), tally('queued', 1))
    expect(later.done).toMatchObject({ files: 3, bytes: 30 })
    figures(tally('done', 104))
    const next = figures(tally('done', 104), tally('queued', 2))
    expect(next).toMatchObject({ done: { files: 0 }, share: 0, fall: undefined })
    expect(next.round).toBe(later.round + 1)
  })

  it('keeps what failed or was skipped in the total', () => {
    const figures = round()
    figures()
    figures(tally('queued', 10))
    const end = figures(tally('done', 5), tally('skipped', 2), tally('failed', 3))
    expect(end).toMatchObject({ done: { files: 5 }, skipped: { files: 2 }, failed: { files: 3 } })
    expect(end.share).toBeCloseTo(0.7)
  })

  it('is not done for a hundredth when nothing was uploaded', () => {
    const figures = round()
    figures()
    figures(tally('queued', 3))
    expect(figures(tally('failed', 3)).share).toBe(0)
  })

  it('counts a film by its bytes, and many small files by their calls', () => {
    const figures = round()
    figures()
    const film = { ...tally('done', 1, 220_000_000), calls: 55 }
    figures({ ...film, kind: 'queued' }, tally('queued', 20_300, 4_000_000))
    const done = figures(film, tally('queued', 20_300, 4_000_000))
    expect(done.isBoundByCalls).toBe(true)
    expect(done.share).toBeLessThan(0.03)
    const alone = round()
    alone()
    alone({ ...film, kind: 'queued' }, tally('queued', 10, 2_000))
    expect(alone(film, tally('queued', 10, 2_000)).share).toBeGreaterThan(0.9)
  })

  it('does not fall when a file that is half sent is cancelled', () => {
    const round = new Round()
    round.figures([], NOTHING, 0, 0)
    const two = round.figures([tally('sending', 2, 200)], { bytes: 90, calls: 0.9 }, 0, 0)
    const one = round.figures([tally('cancelled', 1, 100), tally('queued', 1, 100)], NOTHING, 0, 0)
    expect(one.share).toBe(two.share)
    expect(one.fall).toBeUndefined()
  })

  it('says for a while why it fell', () => {
    const round = new Round()
    round.figures([], NOTHING, 0, 0)
    round.figures([tally('queued', 2)], NOTHING, 0, 0)
    round.figures([tally('done', 1), tally('queued', 1)], NOTHING, 0, 1_000)
    const added = [tally('done', 1), tally('queued', 9)]
    const fall = { because: 'added', files: 8 }
    expect(round.figures(added, NOTHING, 0, 2_000).fall).toEqual(fall)
    expect(round.figures(added, NOTHING, 0, 10_000).fall).toEqual(fall)
    expect(round.figures(added, NOTHING, 0, 20_000).fall).toBeUndefined()
  })
})

describe('times of day', () => {
  const at = (text: string) => new Date(`2026-11-23T${text}:00`) // a Monday
  const everyDay = [0, 1, 2, 3, 4, 5, 6]

  it.each([
    ['08:59', { from: '09:00', until: '18:00', days: everyDay }, false],
    ['09:00', { from: '09:00', until: '18:00', days: everyDay }, true],
    ['18:00', { from: '09:00', until: '18:00', days: everyDay }, false],
    ['10:00', { from: '09:00', until: '18:00', days: [0, 6] }, false],
    ['23:00', { from: '22:00', until: '06:00', days: [1] }, true],
    ['05:00', { from: '22:00', until: '06:00', days: [0] }, true],
    ['05:00', { from: '22:00', until: '06:00', days: [1] }, false],
    ['12:00', { from: '22:00', until: '06:00', days: everyDay }, false],
    ['12:00', { from: '09:00', until: '09:00', days: [1] }, true],
    ['12:00', { from: '09:00', until: '09:00', days: [2] }, false],
  ])('%s within %j: %s', (time, schedule, expected) => {
    expect(isWithin(schedule, at(time))).toBe(expected)
  })
})

describe('when the times set begin next', () => {
  const monday = new Date(2026, 10, 23, 12, 0)

  it.each([
    ['later today', { from: '19:00', days: [1] }, new Date(2026, 10, 23, 19, 0)],
    ['tomorrow', { from: '09:00', days: [1, 2] }, new Date(2026, 10, 24, 9, 0)],
    [
      'in a week, where it is the only day',
      { from: '09:00', days: [1] },
      new Date(2026, 10, 30, 9),
    ],
    ['never, without a day', { from: '09:00', days: [] }, undefined],
  ])('%s', (_, schedule, expected) => {
    expect(nextBegin({ ...schedule, until: '23:00' }, monday)).toEqual(expected)
  })

  it('is midnight where whole days are set, by two times that are the same', () => {
    const schedule = { from: '19:00', until: '19:00', days: [3] }
    const begin = nextBegin(schedule, monday)
    expect(begin).toEqual(new Date(2026, 10, 25))
    expect(isWithin(schedule, begin ?? monday)).toBe(true)
  })
})

describe('CSV', () => {
  it('quotes what needs it, and disarms what a spreadsheet would run', () => {
    const text = toCsv([
      ['a', 1],
      ['say "hi", he said', '=cmd()'],
      ['line\nbreak', '-2'],
      ['a;=cmd()', ''],
    ])
    expect(text).toBe(
      '\uFEFFa,1\r\n"say ""hi"", he said",\'=cmd()\r\nline\\u000abreak,\'-2\r\n"a;=cmd()",\r\n',
    )
  })
})

describe('the part map', () => {
  it('is a few runs', () => {
    const acknowledged = [0, 1, 2, 5, 6]
    expect(runsOf(acknowledged, [3, 6, 9])).toEqual([
      { state: 'acknowledged', from: 0, to: 2 },
      { state: 'in-flight', from: 3, to: 3 },
      { state: 'acknowledged', from: 5, to: 6 },
      { state: 'in-flight', from: 9, to: 9 },
    ])
  })
})

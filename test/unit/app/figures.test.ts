import { describe, expect, it } from 'vitest'
import { toCsv } from '#main/app/api/csv.ts'
import { runsOf } from '#main/app/api/transfer-details.ts'
import { BatchProgress } from '#main/app/live/batch-progress.ts'
import { estimate, SteadyEta, type WorkAhead } from '#main/app/live/eta.ts'
import { SpeedMeter } from '#main/app/live/speed-meter.ts'
import { isWithin, nextBegin } from '#main/app/schedule.ts'

const NOON = Date.UTC(2026, 0, 5, 4)
const DAY_MS = 24 * 3_600_000

function ahead(more: Partial<WorkAhead> = {}): WorkAhead {
  return {
    nowMs: NOON,
    files: 10,
    bytes: 1_000_000,
    calls: 10,
    bytesPerSecond: 10_000,
    filesPerSecond: 0,
    movingForMs: 60_000,
    stuck: false,
    callsLeft: 10_000,
    quotaResetsAtMs: NOON + 12 * 3_600_000,
    ...more,
  }
}

describe('when all will be done', () => {
  it.each([
    ['nothing to do', { files: 0 }, { kind: 'idle' }],
    ['offline or paused', { stuck: true }, { kind: 'unknown' }],
    ['too early to tell', { movingForMs: 4_999 }, { kind: 'calculating' }],
    ['not moving', { bytesPerSecond: 0 }, { kind: 'calculating' }],
    ['bytes at their speed', {}, { kind: 'at', atMs: NOON + 100_000, quotaDays: 0 }],
    [
      'many small files by their number',
      { files: 1_000, filesPerSecond: 4 },
      { kind: 'at', atMs: NOON + 250_000, quotaDays: 0 },
    ],
    [
      'today’s quota does not do',
      { calls: 100, callsLeft: 40 },
      { kind: 'at', atMs: NOON + 12 * 3_600_000 + 60_000, quotaDays: 1 },
    ],
    [
      'nor does tomorrow’s',
      { calls: 25_000, callsLeft: 0 },
      { kind: 'at', atMs: NOON + 12 * 3_600_000 + 2 * DAY_MS + 20_000, quotaDays: 3 },
    ],
  ] as const)('%s', (_, more, eta) => {
    expect(estimate(ahead(more))).toEqual(eta)
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

describe('speed', () => {
  it('is what moved in the last while', () => {
    const meter = new SpeedMeter(5_000)
    for (let ms = 0; ms <= 10_000; ms += 100) meter.add(1_000, NOON + ms)
    expect(meter.perSecond(NOON + 10_000)).toBeGreaterThan(9_000)
    expect(meter.perSecond(NOON + 10_000)).toBeLessThan(11_500)
    expect(meter.movingForMs(NOON + 10_000)).toBe(10_000)
  })

  it('falls to nothing, and begins anew after a pause', () => {
    const meter = new SpeedMeter(5_000)
    meter.add(50_000, NOON)
    expect(meter.perSecond(NOON + 6_000)).toBe(0)
    expect(meter.movingForMs(NOON + 6_000)).toBe(0)
    meter.add(1_000, NOON + 60_000)
    expect(meter.movingForMs(NOON + 61_000)).toBe(1_000)
  })

  it('is never less than nothing', () => {
    const meter = new SpeedMeter(5_000)
    meter.add(-50_000, NOON)
    expect(meter.perSecond(NOON)).toBe(0)
  })
})

describe('a round', () => {
  const tally = (kind: 'done' | 'queued', transfers: number, bytes = transfers * 10) => ({
    kind,
    transfers,
    bytes,
    calls: transfers,
  })

  it('counts from when the queue was last empty', () => {
    const round = new BatchProgress()
    round.figures([tally('done', 100)])
    expect(round.figures([tally('done', 100), tally('queued', 4)])).toMatchObject({
      done: { files: 0 },
      ahead: { files: 4, bytes: 40 },
    })
    expect(round.figures([tally('done', 103), tally('queued', 1)]).done).toEqual({
      files: 3,
      bytes: 30,
    })
    round.figures([tally('done', 104)])
    expect(round.figures([tally('done', 104), tally('queued', 2)]).done.files).toBe(0)
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
    ])
    expect(text).toBe('\uFEFFa,1\r\n"say ""hi"", he said",\'=cmd()\r\nline\\u000abreak,\'-2\r\n')
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

import { describe, expect, it } from 'vitest'
import { type Alert, dueAlerts, NOTHING_TOLD, type Told } from '#main/app/alerts/due-alerts.ts'
import { type HealthFacts, type HealthReason, healthOf } from '#main/app/alerts/health.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** A life in steps: what is wrong at which minute. Returns the messages by minute. */
function live(steps: readonly [minute: number, reasons: HealthReason[], attention?: number][]) {
  let told: Told = NOTHING_TOLD
  const sent: [number, Alert][] = []
  for (const [minute, reasons, attention = 0] of steps) {
    const step = dueAlerts(told, { reasons }, attention, minute * MINUTE_MS)
    // Kept on disk in between.
    told = JSON.parse(JSON.stringify(step.told)) as Told
    sent.push(...step.due.map((alert): [number, Alert] => [minute, alert]))
  }
  return sent
}

describe('trouble', () => {
  it('is told once it has lasted, once, and again a day later', () => {
    const stopped: Alert = { event: 'stopped', reasons: ['stopped'] }
    const steps = [0, 4, 5, 6, 600, 1444, 1445, 1446].map(
      (minute) => [minute, ['stopped' as const]] as [number, HealthReason[]],
    )
    expect(live(steps)).toEqual([
      [5, stopped],
      [1445, stopped],
    ])
  })

  it('that passes by itself is never told, nor is one that comes and goes twice', () => {
    expect(
      live([
        [0, ['stopped']],
        [3, []],
        [10, ['stopped']],
        [13, []],
      ]),
    ).toEqual([])
    const steps: [number, HealthReason[]][] = []
    for (let minute = 0; minute <= 120; minute += 5) {
      steps.push([minute, minute % 15 === 10 ? [] : ['account-blocked']])
    }
    expect(live(steps)).toHaveLength(1)
  })

  it('is news when it comes back after it was over', () => {
    const steps: [number, HealthReason[]][] = [
      [0, ['stopped']],
      [5, ['stopped']],
      [10, []],
      [50, []],
      [60, ['stopped']],
      [65, ['stopped']],
    ]
    expect(live(steps).map(([minute]) => minute)).toEqual([5, 65])
  })

  it('of the network is not told, and silence is told at once', () => {
    expect(
      live([
        [0, ['offline']],
        [600, ['offline']],
      ]),
    ).toEqual([])
    expect(
      live([
        [0, ['nothing-uploaded']],
        [1, ['nothing-uploaded']],
      ]),
    ).toEqual([[0, { event: 'silent', reasons: ['nothing-uploaded'] }]])
  })

  it('that could not be delivered is still due', () => {
    const first = dueAlerts(NOTHING_TOLD, { reasons: ['nothing-uploaded'] }, 3, 0)
    expect(first.due).toHaveLength(2)
    const next = dueAlerts(first.seen, { reasons: ['nothing-uploaded'] }, 3, MINUTE_MS)
    expect(next.due).toHaveLength(2)
  })
})

it('files that need a person are told of once an hour, and only when there are more', () => {
  const attention = (minute: number, count: number): [number, HealthReason[], number] => [
    minute,
    [],
    count,
  ]
  expect(
    live([
      attention(0, 1),
      attention(1, 5),
      attention(61, 5),
      attention(300, 5),
      attention(301, 0),
      attention(302, 2),
    ]),
  ).toEqual([
    [0, { event: 'attention', count: 1 }],
    [61, { event: 'attention', count: 5 }],
    [302, { event: 'attention', count: 2 }],
  ])
})

describe('health', () => {
  const well: HealthFacts = {
    engine: { kind: 'idle', error: null },
    troubles: 0,
    watched: ['watching', 'scanning', 'paused'],
    attention: 0,
    lastUploadMs: 0,
    silentHours: null,
  }
  it.each<[string, Partial<HealthFacts>, string[], string[]]>([
    ['nothing to do', {}, [], []],
    ['paused by a person', { engine: { ...well.engine, pausedBy: 'person' } }, [], ['paused']],
    [
      'outside its hours',
      { engine: { ...well.engine, pausedBy: 'schedule' } },
      [],
      ['outside-hours'],
    ],
    ['files that need a person', { attention: 2 }, [], ['needs-attention']],
    ['no account', { engine: { kind: 'no-account', error: null } }, ['no-account'], []],
    ['one of several accounts refused', { troubles: 1 }, ['account-blocked'], []],
    ['no network', { engine: { kind: 'offline', error: null } }, ['offline'], []],
    ['an unplugged drive', { watched: ['watching', 'root-missing'] }, ['folder-unreachable'], []],
    ['a day of silence', { silentHours: 24 }, ['nothing-uploaded'], []],
    ['less than that', { silentHours: 25 }, [], []],
  ])('%s', (_what, facts, reasons, notes) => {
    expect(healthOf({ ...well, ...facts }, 24 * HOUR_MS)).toEqual({ reasons, notes })
  })
})

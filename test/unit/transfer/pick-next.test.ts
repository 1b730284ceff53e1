import { describe, expect, it } from 'vitest'
import { isInVain, isUrgent, TRANSACTION_LIFE_MS } from '#shared/transfer/deadline.ts'
import { pickNext } from '#shared/transfer/pick-next.ts'
import { planStart, type StartBasis } from '#shared/transfer/plan-start.ts'
import { nextQuotaDayMs } from '#shared/transfer/quota-day.ts'

/** Noon in Beijing. */
const NOON = Date.UTC(2026, 0, 5, 4)
const HOUR_MS = 3_600_000
const cost = { secondsPerByte: 0, secondsPerCall: 0.2 }

describe('the next files', () => {
  const film = (id: string) => ({ id, isWhole: false })
  const note = (id: string) => ({ id, isWhole: true })
  const pick = (ready: ReturnType<typeof film>[], more: object = {}) =>
    pickNext({ ready, urgent: [], room: 3, active: [], isWhole: (file) => file.isWhole, ...more })
      .map(({ id }) => id)
      .join(' ')

  it('are those of the queue’s order', () => {
    expect(pick([film('a'), note('b'), film('c'), film('d')])).toBe('a b c')
    expect(pick([film('a')], { room: 0 })).toBe('')
  })

  it('begin with what would expire, and name no file twice', () => {
    expect(pick([film('a'), note('b'), film('c')], { urgent: [film('c')] })).toBe('c a b')
  })

  it('leave a place to the kind of calls that lie idle', () => {
    const films = [film('a'), film('b'), film('c'), film('d'), note('e')]
    expect(pick(films)).toBe('a b e')
    expect(pick(films, { active: [{ isWhole: true }] })).toBe('a b c')
    expect(pick(films, { urgent: [film('x'), film('y'), film('z')] })).toBe('x y z')
    expect(pick(films, { room: 1 })).toBe('a')
    expect(pick(films, { room: 1, active: [{ isWhole: false }] })).toBe('e')
  })
})

describe('an upload in parts begins', () => {
  const start = (parts: number, more: Partial<StartBasis> = {}) =>
    planStart(
      { parts, bytes: parts },
      { nowMs: NOON, today: 10_000, daily: 10_000, reserved: 0, cost, hours: null, ...more },
    )

  it('now, when today and the beginning of tomorrow have its parts', () => {
    expect(start(9_000)).toEqual({ kind: 'now', isSlow: false })
    expect(start(15_000)).toEqual({ kind: 'now', isSlow: false })
  })

  it('not on parts that others need', () => {
    const reserved = { today: 1_000, reserved: 1_000 }
    expect(start(500, reserved)).toEqual({
      kind: 'later',
      atMs: nextQuotaDayMs(NOON),
      because: 'reserved',
    })
    expect(start(500, { today: 0 })).toMatchObject({ kind: 'later', because: 'used' })
  })

  it('late on a day when it needs that one and the next', () => {
    const later = start(15_000, { today: 0 })
    const midnight = nextQuotaDayMs(NOON)
    expect(later).toMatchObject({ kind: 'later', because: 'used' })
    const atMs = later.kind === 'later' ? later.atMs : 0
    expect(atMs + TRANSACTION_LIFE_MS).toBe(nextQuotaDayMs(midnight) + 5_000 * 200)
  })

  it('never with more parts than two days have', () => {
    expect(start(20_001)).toEqual({ kind: 'never' })
    expect(start(300, { today: 100, daily: 100 })).toEqual({ kind: 'never' })
  })

  it('with the hours, when the rest of them is too short for it', () => {
    const days = [0, 1, 2, 3, 4, 5, 6]
    const atHour = (hour: number) => new Date(NOON).setHours(hour, 0, 0, 0)
    const hours = { from: '18:00', until: '22:00', days }
    const twoHours = { cost: { ...cost, secondsPerByte: 2 * 3_600 }, hours }
    expect(start(1, { ...twoHours, nowMs: atHour(19) })).toEqual({ kind: 'now', isSlow: false })
    // An hour today, and none before the day that Feishu keeps it is over.
    const atMs = atHour(18) + 24 * HOUR_MS
    expect(start(1, { ...twoHours, nowMs: atHour(21) })).toEqual({
      ...{ kind: 'later', atMs, because: 'hours' },
    })
    const never = { ...twoHours, cost: { ...cost, secondsPerByte: 6 * 3_600 } }
    expect(start(1, { ...never, nowMs: atHour(21) })).toEqual({ kind: 'now', isSlow: true })
    const oneDay = { ...twoHours, hours: { ...hours, days: [(new Date(NOON).getDay() + 3) % 7] } }
    const inThreeDays = new Date(atHour(18))
    inThreeDays.setDate(inThreeDays.getDate() + 3)
    expect(start(1, { ...oneDay, nowMs: atHour(21) })).toMatchObject({
      atMs: inThreeDays.getTime(),
    })
  })

  it('now, with a word about the line, when that is slow', () => {
    const slow = { ...cost, secondsPerByte: 24 * 3_600 }
    expect(start(1, { cost: slow })).toEqual({ kind: 'now', isSlow: true })
  })
})

describe('a begun upload', () => {
  const begun = (leftMs: number, missingParts: number) => ({
    ...{ expiresAtMs: NOON + leftMs, missingParts, missingBytes: 0 },
  })

  it('goes first when it would expire otherwise', () => {
    expect(isUrgent(begun(HOUR_MS, 1), NOON, cost)).toBe(true)
    expect(isUrgent(begun(3 * HOUR_MS, 1), NOON, cost)).toBe(false)
    expect(isUrgent(begun(3 * HOUR_MS, 18_000), NOON, cost)).toBe(true)
    expect(isUrgent(begun(-1, 1), NOON, cost)).toBe(false)
  })

  it('is given up when the rest can not be there in time', () => {
    expect(isInVain(begun(HOUR_MS, 18_000), NOON, cost)).toBe(false)
    expect(isInVain(begun(HOUR_MS, 54_000), NOON, cost)).toBe(true)
    expect(isInVain(begun(-1, 10), NOON, cost)).toBe(false)
    expect(isInVain(begun(-30 * 60_000, 9_000), NOON, cost)).toBe(true)
  })
})

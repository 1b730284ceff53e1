import { describe, expect, it } from 'vitest'
import { quotaToday } from '#main/app/live/quota-today.ts'
import { CallGate } from '#main/engine/call-gate.ts'
import { DayLedger } from '#main/engine/day-ledger.ts'
import { LIST_FOLDER, uploadEndpoint } from '#main/engine/endpoints.ts'
import { quotaDay } from '#shared/transfer/quota-day.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'
import { aContext, MemoryMemos, MemoryQuota } from './engine-kit.ts'

const PART = uploadEndpoint('files', 'upload_part')
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Noon in Beijing. */
const NOON_MS = Date.UTC(2026, 0, 5, 4)

function open(callsPerDay?: number) {
  const memos = new MemoryMemos()
  const quota = new MemoryQuota()
  const options = { appKey: 'app', memos, quota, callsPerDay }
  return { memos, quota, options, ledger: new DayLedger(options) }
}

/** Feishu says at 15:00 that the day is used up, when we have made so many calls. */
function endDay({ ledger, quota }: ReturnType<typeof open>, own: number, atMs: number): void {
  quota.pretend(own, PART.path, quotaDay(atMs), atMs)
  ledger.ended(PART, atMs + 3 * HOUR_MS)
}

describe('the calls of a day that are ours to make', () => {
  it('are all of them while we are alone', () => {
    const { ledger } = open()
    for (let call = 0; call < 100; call++) ledger.counted(PART, 1, NOON_MS)
    expect(ledger.allowance(PART, NOON_MS)).toBe(10_000)
  })

  it('are those that others have not made, by what they leave of the rate', () => {
    const { ledger } = open()
    // Three machines share the rate: two calls of others for each of ours.
    for (let call = 0; call < 1_000; call++) ledger.counted(PART, 1 / 3, NOON_MS)
    expect(ledger.allowance(PART, NOON_MS)).toBe(8_000)
  })

  it('leave to others what they usually make from this hour on, and half of the day to us', () => {
    const world = open()
    for (const day of [0, 1, 2]) endDay(world, 7_000, NOON_MS + day * DAY_MS)
    const { ledger } = world
    expect(ledger.allowance(PART, NOON_MS + 3 * DAY_MS)).toBe(7_000)
    expect(ledger.allowance(PART, NOON_MS + 3 * DAY_MS + 5 * HOUR_MS)).toBe(10_000)
    const greedy = open()
    for (const day of [0, 1, 2]) endDay(greedy, 10, NOON_MS + day * DAY_MS)
    expect(greedy.ledger.allowance(PART, NOON_MS + 3 * DAY_MS)).toBe(5_000)
  })

  it('are no more than the person allows', () => {
    expect(open(300).ledger.allowance(PART, NOON_MS)).toBe(300)
  })

  it('are not limited where no limit is named', () => {
    const { ledger } = open()
    ledger.ended(LIST_FOLDER, NOON_MS)
    expect(ledger.endedUntilMs(LIST_FOLDER, NOON_MS)).toBeUndefined()
  })
})

/** The calls left as the gauge shows them. */
function leftOf({ quota, memos }: ReturnType<typeof open>, nowMs: number) {
  const present = { callsPerDay: undefined, hold: undefined, appKey: 'app' }
  return quotaToday({ quota, memos }, nowMs, present).left
}

describe('a day that ends early', () => {
  it('is remembered by the next program, asked about hourly, and over with the first call let through', () => {
    const world = open()
    endDay(world, 100, NOON_MS)
    const endedMs = NOON_MS + 3 * HOUR_MS
    const restarted = new DayLedger(world.options)
    expect(restarted.endedUntilMs(PART, endedMs + 1_000)).toBe(endedMs + HOUR_MS)
    expect(restarted.endedUntilMs(PART, endedMs + HOUR_MS)).toBeUndefined()
    // Due to be asked about, but not known to be any different.
    expect(leftOf(world, endedMs + HOUR_MS)).toBe(0)
    restarted.counted(PART, 1, endedMs + HOUR_MS)
    expect(leftOf(world, endedMs + HOUR_MS)).toBeGreaterThan(0)
    expect(restarted.endedUntilMs(PART, endedMs + HOUR_MS)).toBeUndefined()
    expect(new DayLedger(world.options).endedUntilMs(PART, endedMs + 2_000)).toBeUndefined()
  })

  it('keeps no estimate on a failing disk, and goes on', () => {
    const { memos, ledger } = open()
    memos.failure = new Error('full')
    expect(() => ledger.ended(PART, NOON_MS)).not.toThrow()
  })
})

describe('at the gate', () => {
  function gateWith(callsPerDay?: number) {
    const clock = new FakeClock(NOON_MS + 20 * 60_000)
    const world = open(callsPerDay)
    return { ...world, clock, gate: new CallGate({ ...world.options, clock, lanes: 'serial' }) }
  }

  it("holds calls back until tomorrow when the person's number is reached", async () => {
    const { gate, quota, clock } = gateWith(300)
    quota.pretend(300, PART.path, quotaDay(clock.nowMs()), clock.nowMs() - 5_000)
    const refused = gate.admit(PART, aContext())
    await expect(refused).rejects.toMatchObject({ code: 'daily-share-used' })
    await expect(refused).rejects.toMatchObject({
      context: { retryAfterMs: 12 * HOUR_MS - 20 * 60_000 },
    })
  })

  it('looks again at the next full hour when the rest is left to others', async () => {
    const { gate, quota, clock, memos } = gateWith()
    const hours = Array<number>(24).fill(0).with(12, 8_000)
    memos.remember(`calls-of-others app ${PART.path}`, [{ day: quotaDay(clock.nowMs()), hours }])
    quota.pretend(5_000, PART.path, quotaDay(clock.nowMs()), clock.nowMs() - 5_000)
    await expect(gate.admit(PART, aContext())).rejects.toMatchObject({
      code: 'daily-share-used',
      context: { retryAfterMs: 40 * 60_000 },
    })
  })

  it('believes Feishu when it says that the day is used up', async () => {
    const { gate } = gateWith()
    gate.dayEnded(PART)
    await expect(gate.admit(PART, aContext())).rejects.toMatchObject({
      code: 'daily-quota-used',
      context: { retryAfterMs: HOUR_MS },
    })
  })
})

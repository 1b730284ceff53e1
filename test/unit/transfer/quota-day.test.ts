import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextQuotaDayMs, quotaDay } from '#shared/transfer/quota-day.ts'

describe('the quota day', () => {
  it.each([
    ['2026-01-05T15:59:59.999Z', '2026-01-05', '2026-01-05T16:00:00.000Z'],
    ['2026-01-05T16:00:00.000Z', '2026-01-06', '2026-01-06T16:00:00.000Z'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01', '2027-01-01T16:00:00.000Z'],
    ['2028-02-28T20:00:00.000Z', '2028-02-29', '2028-02-29T16:00:00.000Z'],
    ['1970-01-01T00:00:00.000Z', '1970-01-01', '1970-01-01T16:00:00.000Z'],
  ])('%s is %s, until %s', (now, day, until) => {
    expect(quotaDay(Date.parse(now))).toBe(day)
    expect(new Date(nextQuotaDayMs(Date.parse(now))).toISOString()).toBe(until)
  })

  it('ends exactly where the next one begins, always within 24 hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (nowMs) => {
        const endMs = nextQuotaDayMs(nowMs)
        expect(endMs).toBeGreaterThan(nowMs)
        expect(endMs - nowMs).toBeLessThanOrEqual(24 * 3_600_000)
        expect(quotaDay(endMs - 1)).toBe(quotaDay(nowMs))
        expect(quotaDay(endMs)).not.toBe(quotaDay(nowMs))
      }),
    )
  })

  it('is understood for times with a fraction of a millisecond', () => {
    expect(quotaDay(1_767_585_600_000.25)).toBe('2026-01-05')
  })
})

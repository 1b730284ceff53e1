import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateMs, waitAskedForMs } from '#main/feishu/http/retry-after.ts'

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0)
const HOUR = 3_600_000

describe('waitAskedForMs', () => {
  it.each([
    ['5', 5000],
    [' 5 ', 5000],
    ['0', 0],
    ['0.25', 250],
    ['1.0001', 1001],
    ['007', 7000],
    ['99999', HOUR],
    ['9'.repeat(400), HOUR],
    ['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['Sun, 22 Nov 2099 12:00:00 GMT', HOUR],
    ['', undefined],
    ['-1', undefined],
    ['+1', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
    ['NaN', undefined],
    ['1,5', undefined],
    ['.5', undefined],
    ['soon', undefined],
    ['2026', 2026_000],
    ['12 January', undefined],
    ['Xxx, 99 Zzz 2026 99:99:99 GMT', undefined],
  ])('reads Retry-After %j as %s ms', (text, ms) => {
    expect(waitAskedForMs({ 'retry-after': text }, NOW)).toBe(ms)
  })

  it('takes the longer of the two headers, and the longest of repeated ones', () => {
    const reset = 'x-ogw-ratelimit-reset'
    expect(waitAskedForMs({ [reset]: '3', 'retry-after': '7' }, NOW)).toBe(7000)
    expect(waitAskedForMs({ [reset]: '8', 'retry-after': '7' }, NOW)).toBe(8000)
    expect(waitAskedForMs({ [reset]: ['1', '9', 'x'], 'retry-after': 'x' }, NOW)).toBe(9000)
    expect(waitAskedForMs({}, NOW)).toBeUndefined()
  })

  it("reads a date by the server's own clock, not by ours", () => {
    const headers = {
      'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT',
      date: 'Sun, 22 Nov 2026 12:00:20 GMT',
    }
    expect(waitAskedForMs(headers, NOW - 5 * HOUR)).toBe(10_000)
  })

  it('never says anything but nothing or 0 to 1 h, whatever the headers hold', () => {
    const text = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.integer().map(String),
      fc.date().map(String),
    )
    const value = fc.option(fc.oneof(text, fc.array(text)), { nil: undefined })
    fc.assert(
      fc.property(value, value, value, (reset, after, date) => {
        const headers = { 'x-ogw-ratelimit-reset': reset, 'retry-after': after, date }
        const ms = waitAskedForMs(headers, NOW)
        return ms === undefined || (Number.isInteger(ms) && ms >= 0 && ms <= HOUR)
      }),
    )
  })

  it('reads every whole and fractional number of seconds exactly or a little longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_600_000 }), (ms) => {
        expect(waitAskedForMs({ 'retry-after': (ms / 1000).toFixed(3) }, NOW)).toBeOneOf([
          ms,
          ms + 1,
        ])
      }),
    )
  })
})

describe('dateMs', () => {
  it.each([
    ['Sun, 22 Nov 2026 12:00:00 GMT', NOW],
    ['Sunday, 22-Nov-26 12:00:00 GMT', NOW],
    ['Sun Nov 22 12:00:00 2026', undefined],
    ['12', undefined],
    [undefined, undefined],
  ])('reads %s', (text, ms) => {
    expect(dateMs(text)).toBe(ms)
  })
})

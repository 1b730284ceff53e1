import { describe, expect, it } from 'vitest'
import { formatClock, formatMoment, formatWhen } from '#shared/text/format.ts'
import { formatCount } from '#shared/text/numbers.ts'

const at = (day: number, hours: number) => new Date(2026, 10, day, hours, 30).getTime()
const NOW = at(25, 12)

describe('formatWhen', () => {
  it.each([
    [at(25, 14), 'at 14:30', '14:30'],
    [at(26, 0), 'tomorrow at 00:30', '明天 00:30'],
    [at(24, 9), 'yesterday at 09:30', '昨天 09:30'],
    [at(28, 9), 'on Sat, Nov 28 at 09:30', '11 月 28 日周六 09:30'],
  ])('%d', (atMs, english, chinese) => {
    expect(formatWhen(atMs, 'en', NOW)).toBe(english)
    expect(formatWhen(atMs, 'zh-CN', NOW)).toBe(chinese)
  })
})

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [100_000, '100,000'],
    [1_234_567, '1,234,567'],
  ])('%d', (count, text) => {
    expect(formatCount(count)).toBe(text)
    expect(formatCount(count)).toBe(new Intl.NumberFormat('en').format(count))
    expect(formatCount(count)).toBe(new Intl.NumberFormat('zh-CN').format(count))
  })
})

describe('the time of day', () => {
  it('has 24 hours, of which midnight is the first', () => {
    expect(formatClock(new Date(2026, 10, 25, 0, 5, 9).getTime())).toBe('00:05:09')
    expect(formatMoment(at(25, 0), 'en', NOW)).toBe('00:30')
    expect(formatMoment(at(25, 23), 'zh-CN', NOW)).toBe('23:30')
  })
})

import { describe, expect, it } from 'vitest'
import { formatWhen } from '#shared/words/format.ts'

const at = (day: number, hours: number) => new Date(2026, 10, day, hours, 30).getTime()
const NOW = at(25, 12)

describe('formatWhen', () => {
  it.each([
    [at(25, 14), 'at 14:30', '14:30'],
    [at(26, 0), 'tomorrow at 00:30', '明天 00:30'],
    [at(24, 9), 'yesterday at 09:30', '昨天 09:30'],
    [at(28, 9), 'on Sat, Nov 28 at 09:30', '11月28日周六 09:30'],
  ])('%d', (atMs, english, chinese) => {
    expect(formatWhen(atMs, 'en', NOW)).toBe(english)
    expect(formatWhen(atMs, 'zh-CN', NOW)).toBe(chinese)
  })
})

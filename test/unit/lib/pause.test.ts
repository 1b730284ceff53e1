import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HoldNews } from '#main/cli/report/hold-news.ts'
import { isOn, isRecent, pauseFrom } from '#main/lib/pause.ts'

describe('a pause', () => {
  it.each([
    ['before it began: the clock was set back', 99, false],
    ['as it begins', 100, true],
    ['before its end', 149, true],
    ['at its end', 150, false],
    ['long after', 9_999, false],
  ])('is on %s', (_when, nowMs, expected) => {
    expect(isOn(pauseFrom(100, 50), nowMs)).toBe(expected)
    expect(isRecent(100, nowMs, 50)).toBe(expected)
  })

  it('lasts no longer than twice what was meant, however the clock is set meanwhile', () => {
    const jump = fc.record({ afterMs: fc.nat(400), byMs: fc.integer({ min: -2_000, max: 2_000 }) })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), jump, (ms, { afterMs, byMs }) => {
        const pause = pauseFrom(10_000, ms)
        const wall = (elapsedMs: number) => 10_000 + elapsedMs + (elapsedMs >= afterMs ? byMs : 0)
        const looks = [ms, 2 * ms].map((elapsedMs) => isOn(pause, wall(elapsedMs)))
        expect(looks).toContain(false)
      }),
    )
  })
})

describe('what is waited for', () => {
  it('is said once, and again when it lasts longer or the clock was set back', () => {
    const news = new HoldNews()
    expect(news.isNews(pauseFrom(1_000, 500))).toBe(true)
    expect(news.isNews(pauseFrom(1_001, 400))).toBe(false)
    expect(news.isNews(pauseFrom(1_002, 600))).toBe(true)
    expect(news.isNews(pauseFrom(10, 50))).toBe(true)
  })
})

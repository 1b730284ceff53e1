import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs, CONFLICT_BACKOFF, SERVER_BACKOFF } from '#shared/transfer/backoff.ts'

describe('backoffMs', () => {
  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [6, 16_000, 32_000],
    [7, 30_000, 60_000],
    [1_000, 30_000, 60_000],
    [Number.MAX_SAFE_INTEGER, 30_000, 60_000],
    // Nonsense is taken for the first failure.
    [0, 500, 1_000],
    [-5, 500, 1_000],
  ])('after %i failures: from %i to %i ms', (failures, leastMs, mostMs) => {
    expect(backoffMs(failures, SERVER_BACKOFF, 0)).toBe(leastMs)
    expect(backoffMs(failures, SERVER_BACKOFF, 1)).toBe(mostMs)
  })

  it('waits for a collision 30 s at most', () => {
    expect(backoffMs(50, CONFLICT_BACKOFF, 0.999_999)).toBe(30_000)
  })

  it('never gets shorter with more failures, nor leaves its range', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), random, (failures, chance) => {
        const pauseMs = backoffMs(failures, SERVER_BACKOFF, chance)
        expect(Number.isInteger(pauseMs)).toBe(true)
        expect(pauseMs).toBeGreaterThanOrEqual(500)
        expect(pauseMs).toBeLessThanOrEqual(60_000)
        expect(backoffMs(failures + 1, SERVER_BACKOFF, chance)).toBeGreaterThanOrEqual(pauseMs)
      }),
    )
  })
})

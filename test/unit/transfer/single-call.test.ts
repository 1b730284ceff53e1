import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goesInOneCall } from '#shared/transfer/single-call.ts'

const MiB = 1024 * 1024
const FAST = 10 * MiB
const PLENTY = { whole: 100, parts: 100 }

describe('a file goes in one call', () => {
  const goes = (sizeBytes: number, uplinkBytesPerSecond?: number, left = PLENTY) =>
    goesInOneCall(sizeBytes, { uplinkBytesPerSecond, left })

  it('by the line, while there are calls of both kinds', () => {
    expect(goes(20 * MiB, FAST)).toBe(true)
    expect(goes(20 * MiB + 1, FAST)).toBe(false)
    expect(goes(20 * MiB)).toBe(true)
    // 15 seconds are what a lost call may cost.
    expect(goes(20 * MiB, MiB)).toBe(false)
    expect(goes(15 * MiB, MiB)).toBe(true)
  })

  it('not when single calls are used up and parts are free, and the other way round', () => {
    expect(goes(1, FAST, { whole: 0, parts: 1 })).toBe(false)
    expect(goes(20 * MiB, FAST, { whole: 0, parts: 5 })).toBe(false)
    expect(goes(20 * MiB, FAST, { whole: 0, parts: 4 })).toBe(true)
    expect(goes(20 * MiB, MiB, { whole: 1, parts: 4 })).toBe(true)
    expect(goes(20 * MiB, MiB, { whole: 0, parts: 0 })).toBe(false)
    // That would be one call of more than two minutes.
    expect(goes(20 * MiB, MiB / 10, { whole: 1, parts: 4 })).toBe(false)
  })

  it('as a person has set it, whatever is left', () => {
    const facts = { uplinkBytesPerSecond: FAST, limit: 4 * MiB, left: { whole: 0, parts: 9 } }
    expect(goesInOneCall(4 * MiB, facts)).toBe(true)
    expect(goesInOneCall(4 * MiB + 1, facts)).toBe(false)
  })

  it('never in a kind of call that is used up while the other could take it in time', () => {
    fc.assert(
      fc.property(
        ...[fc.integer({ min: 1, max: 20 * MiB }), fc.nat(6), fc.nat(6)],
        fc.integer({ min: MiB / 4, max: FAST }),
        (sizeBytes, whole, parts, uplinkBytesPerSecond) => {
          const isWhole = goesInOneCall(sizeBytes, { uplinkBytesPerSecond, left: { whole, parts } })
          const hasParts = parts >= Math.ceil(sizeBytes / (4 * MiB))
          if (whole === 0 && hasParts) expect(isWhole).toBe(false)
          if (whole > 0 && !hasParts) expect(isWhole).toBe(true)
        },
      ),
    )
  })
})

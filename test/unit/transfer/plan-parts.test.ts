import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsSingleCall, missingParts, partRange, planFits } from '#shared/transfer/plan-parts.ts'

const MiB = 1024 * 1024
const SINGLE_CALL_LIMIT_BYTES = 20 * MiB
const plan = (blockSizeBytes: number, blockCount: number) => ({ blockSizeBytes, blockCount })

describe('partRange', () => {
  it.each([
    ['the only part', 0, plan(4 * MiB, 1), 1, 0, 1],
    ['a full last part', 1, plan(4, 2), 8, 4, 8],
    ['the rest', 2, plan(4, 3), 9, 8, 9],
    [
      'a part beyond 2^32',
      5_000,
      plan(4 * MiB, 10_000),
      10_000 * 4 * MiB,
      20_971_520_000,
      20_975_714_304,
    ],
  ])('%s', (_, seq, given, sizeBytes, start, end) => {
    expect(partRange(seq, given, sizeBytes)).toEqual({ start, end })
  })

  it.each([-1, 2, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'there is no part %d of two',
    (seq) => {
      expect(() => partRange(seq, plan(4, 2), 8)).toThrow(RangeError)
    },
  )

  it('covers every byte once, in order, with no part empty or longer than a block', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e12 }),
        fc.integer({ min: 1, max: 300 }),
        (sizeBytes, wanted) => {
          const blockSizeBytes = Math.ceil(sizeBytes / wanted)
          const given = plan(blockSizeBytes, Math.ceil(sizeBytes / blockSizeBytes))
          expect(planFits(given, sizeBytes)).toBe(true)
          let position = 0
          for (let seq = 0; seq < given.blockCount; seq++) {
            const { start, end } = partRange(seq, given, sizeBytes)
            expect(start).toBe(position)
            expect(end).toBeGreaterThan(start)
            expect(end - start).toBeLessThanOrEqual(blockSizeBytes)
            position = end
          }
          expect(position).toBe(sizeBytes)
        },
      ),
    )
  })
})

describe('planFits', () => {
  it.each([
    [plan(4 * MiB, 1), 1, true],
    [plan(4 * MiB, 1), 4 * MiB, true],
    [plan(4 * MiB, 1), 4 * MiB + 1, false],
    [plan(4 * MiB, 2), 4 * MiB, false],
    [plan(4 * MiB, 0), 1, false],
    [plan(0, 1), 1, false],
    [plan(-4, -1), 4, false],
    [plan(0.5, 2), 1, false],
    [plan(Number.NaN, 1), 1, false],
    [plan(Number.POSITIVE_INFINITY, 1), 1, false],
    [plan(4, Number.NaN), 4, false],
    // More parts than two days' calls can not be sent in the 24 h a transaction lives.
    [plan(4, 20_000), 80_000, true],
    [plan(4, 20_001), 80_004, false],
    [plan(1, 25 * MiB), 25 * MiB, false],
    [plan(4, 1.5), 6, false],
  ])('%o for %d bytes: %s', (given, sizeBytes, fits) => {
    expect(planFits(given, sizeBytes)).toBe(fits)
  })
})

describe('fitsSingleCall', () => {
  it.each([
    ['a small file on an unknown line', 1, undefined, true],
    ['20 MiB on an unknown line', SINGLE_CALL_LIMIT_BYTES, undefined, true],
    ['a byte more', SINGLE_CALL_LIMIT_BYTES + 1, undefined, false],
    ['a byte more on a fast line', SINGLE_CALL_LIMIT_BYTES + 1, 1e9, false],
    ['what takes 15 s', 15 * MiB, MiB, true],
    ['what takes longer', 15 * MiB + 1, MiB, false],
    ['anything on a line that stands still', 1, 0, false],
  ])('%s', (_, sizeBytes, bytesPerSecond, fits) => {
    expect(fitsSingleCall(sizeBytes, bytesPerSecond)).toBe(fits)
  })

  it.each<[string, number, number | undefined, 'auto' | number, boolean]>([
    ['the limit itself', MiB, undefined, MiB, true],
    ['a byte more', MiB + 1, undefined, MiB, false],
    ['a slow line, which a limit of one’s own overrules', MiB, 1, MiB, true],
    ['0: nothing at all', 1, undefined, 0, false],
    ['no limit is higher than Feishu’s', SINGLE_CALL_LIMIT_BYTES + 1, undefined, 1e12, false],
    ['automatic goes by the line', MiB, 1, 'auto', false],
  ])('with a limit: %s', (_what, sizeBytes, bytesPerSecond, limit, fits) => {
    expect(fitsSingleCall(sizeBytes, bytesPerSecond, limit)).toBe(fits)
  })
})

describe('missingParts', () => {
  it.each([
    ['nothing sent', 3, [], [0, 1, 2]],
    ['all sent', 3, [0, 1, 2], []],
    ['a gap', 4, [0, 2], [1, 3]],
    ['out of order and twice', 4, [3, 0, 3], [1, 2]],
    ['parts of another plan', 2, [7, -1], [0, 1]],
  ])('%s', (_, blockCount, acknowledged, missing) => {
    expect([...missingParts(plan(4, blockCount), acknowledged)]).toEqual(missing)
  })

  it('is found one by one, however many there are', () => {
    const [first] = missingParts(plan(1, Number.MAX_SAFE_INTEGER), [0, 1])
    expect(first).toBe(2)
  })

  it('is, with what was acknowledged, the whole plan, and rising', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.uniqueArray(fc.nat(199)), (blockCount, seqs) => {
        const acknowledged = seqs.filter((seq) => seq < blockCount)
        const missing = [...missingParts(plan(4, blockCount), acknowledged)]
        expect([...missing, ...acknowledged].sort((a, b) => a - b)).toEqual(
          Array.from({ length: blockCount }, (_, seq) => seq),
        )
        expect(missing).toEqual([...missing].sort((a, b) => a - b))
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentOf, shareOfFile } from '#shared/transfer/work-size.ts'
import { ProgressWorld, type WorldPace } from './progress-world.ts'

const MB = 1_000_000
const SETTLED_MS = 15_000
const LEAST_LEFT_MS = 60_000

type Act =
  | { kind: 'wait'; seconds: number }
  | { kind: 'pace'; factor: number }
  | { kind: 'still'; seconds: number }
  | { kind: 'add'; files: number }
  | { kind: 'lose' | 'restart' | 'failed' | 'cancelled' }

/** A queue of one kind of file, so that its pace can be seen; or a film before many small files. */
const kinds: Record<
  string,
  { size: fc.Arbitrary<number>; files: number; pace: fc.Arbitrary<WorldPace> }
> = {
  small: {
    size: fc.integer({ min: 0, max: 60_000 }),
    files: 500,
    pace: fc.record({
      bytesPerSecond: fc.integer({ min: 2 * MB, max: 20 * MB }),
      callsPerSecond: fc.integer({ min: 10, max: 50 }).map((tenths) => tenths / 10),
    }),
  },
  medium: {
    size: fc.integer({ min: 1.5 * MB, max: 3 * MB }),
    files: 200,
    pace: fc.record({
      bytesPerSecond: fc.integer({ min: 0.3 * MB, max: 6 * MB }),
      callsPerSecond: fc.constant(5),
    }),
  },
  large: {
    size: fc.integer({ min: 60 * MB, max: 400 * MB }),
    files: 4,
    pace: fc.record({
      bytesPerSecond: fc.integer({ min: 0.3 * MB, max: 15 * MB }),
      callsPerSecond: fc.constant(5),
    }),
  },
}

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      seconds: fc.integer({ min: 5, max: 90 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pace' as const),
      factor: fc.integer({ min: 3, max: 30 }).map((tenths) => tenths / 10),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('still' as const),
      seconds: fc.integer({ min: 1, max: 90 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      files: fc.integer({ min: 1, max: 50 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...(['lose', 'restart', 'failed', 'cancelled'] as const).map((kind) => ({ kind })),
    ),
  },
)

describe('the one model of progress', () => {
  it.each(Object.entries(kinds))(
    'tells the time, and falls only with a reason: %s files',
    (_, { size, files, pace }) => {
      const sizes = fc
        .array(size, { minLength: 1, maxLength: 20 })
        .map((some) => Array.from({ length: files }, (_, index) => some[index % some.length] ?? 0))
      fc.assert(
        fc.property(
          fc.array(act, { minLength: 1, maxLength: 8 }),
          pace,
          sizes,
          (acts, pace, sizes) => {
            const world = new ProgressWorld(pace)
            world.add(...sizes)
            let last = world.look()
            let changedAtMs = world.nowMs
            let mayFall: string | undefined
            const passes = (seconds: number) => {
              for (let second = 0; second < seconds; second++) {
                world.pass(1_000)
                const now = world.look()
                if (now.round === last.round && now.share < last.share) {
                  expect(now.fall?.because).toBe(mayFall)
                  mayFall = undefined
                }
                last = now
                const leftMs = world.trueLeftMs
                if (world.isOver) expect(now.eta).toEqual({ kind: 'idle' })
                else if (world.isStill)
                  expect(now).toMatchObject({ bytesPerSecond: 0, eta: { kind: 'unknown' } })
                else if (world.nowMs - changedAtMs >= SETTLED_MS && leftMs >= LEAST_LEFT_MS) {
                  expect(now.eta.kind).toBe('at')
                  const saidMs = now.eta.kind === 'at' ? now.eta.atMs - world.nowMs : 0
                  expect(saidMs / leftMs).toBeGreaterThan(0.8)
                  expect(saidMs / leftMs).toBeLessThan(1.2)
                }
              }
            }
            passes(20)
            for (const each of acts) {
              if (each.kind !== 'wait') changedAtMs = world.nowMs
              switch (each.kind) {
                case 'wait':
                  passes(each.seconds)
                  break
                case 'pace':
                  world.pace = {
                    bytesPerSecond: pace.bytesPerSecond * each.factor,
                    // A pace shows in the moments when something moves: slower ones take longer to be seen.
                    callsPerSecond: Math.min(5, Math.max(0.8, pace.callsPerSecond * each.factor)),
                  }
                  break
                case 'still':
                  world.still(true)
                  passes(each.seconds)
                  world.still(false)
                  changedAtMs = world.nowMs
                  break
                case 'add':
                  world.add(...sizes.slice(0, each.files))
                  mayFall = 'added'
                  break
                case 'restart':
                  world.restart()
                  mayFall = 'restarted'
                  break
                case 'lose':
                  world.lose()
                  break
                default:
                  world.end(each.kind)
              }
              passes(3)
            }
            passes(30)
          },
        ),
        { numRuns: 20 },
      )
    },
  )

  it('agrees with its rows', () => {
    const world = new ProgressWorld({ bytesPerSecond: 2 * MB, callsPerSecond: 5 })
    world.add(300 * MB)
    const [file] = world.files
    if (file === undefined) throw new Error('no file')
    for (let second = 0; second < 100; second++) {
      world.pass(1_000)
      const overall = world.look()
      const row = world.rowOf(file)
      expect(percentOf(overall.share)).toBe(percentOf(shareOfFile(row.movedBytes, file.sizeBytes)))
      expect(row.bytesPerSecond).toBe(overall.bytesPerSecond)
      if (overall.eta.kind === 'at') expect(row.doneAtMs).toBe(overall.eta.atMs)
    }
  })
})

/** `kill -9` at any moment on the way to a document or table, again and again, until all is shown. */
import { describe, expect, it } from 'vitest'
import { randomNumbers } from '#test/kit/feidi/random-bytes.ts'
import { KiB, openScene } from '#test/kit/feidi/scene.ts'
import { THOROUGH } from '#test/kit/thorough.ts'
import type { CallPhase } from '#test/simulator/call-log.ts'
import { PLACES, SMALL_BLOCKS } from './places.ts'

const PHASES: readonly CallPhase[] = ['arrived', 'identified', 'committed', 'settled']
/** A life makes this many steps of calls at most; all files together take about a hundred. */
const LONGEST_LIFE_STEPS = 40
const MOST_LIVES = 24
const SIZES = [130 * KiB, 5 * KiB, 70 * KiB, 300]

/** One of the ways, and in a thorough run the others as well. */
const WAYS = [
  ['new records of a Base', 3],
  ['one record of a Base', 4],
  ['a document', 1],
  ['a sheet', 5],
] as const

describe.concurrent('killed at random', { timeout: 300_000 }, () => {
  it.for(WAYS.slice(0, THOROUGH ? undefined : 1))(
    'on the way to %s, seed %i: every file is shown once',
    async ([place, seed], test) => {
      const random = randomNumbers(seed)
      const scene = await openScene(test, SMALL_BLOCKS)
      const { to, expectShownOnce } = await PLACES[place].open(scene.simulator)
      const files = await Promise.all(SIZES.map((size, index) => scene.write(`${index}.png`, size)))
      const args = ['upload', ...files.map(({ path }) => path), '--to', to]
      let kills = 0
      for (let life = 0; life < MOST_LIVES; life++) {
        const feidi = scene.start(['--json', ...(life > 0 && random() < 0.3 ? ['resume'] : args)])
        let left = 1 + Math.floor(random() * LONGEST_LIFE_STEPS)
        const step = () => {
          left -= 1
          if (left === 0) feidi.signal('SIGKILL')
        }
        const ends = PHASES.map((phase) => scene.simulator.on(phase, step))
        const { exitCode, signal, stdout } = await feidi.ended
        for (const end of ends) end()
        if (signal !== 'SIGKILL') {
          expect(exitCode, stdout).toBe(0)
          break
        }
        kills += 1
      }
      const last = await scene.run(args)
      expect(last.summary, last.stdout).toMatchObject({ failed: 0, unfinished: 0 })
      await expectShownOnce(files)
      expect(kills).toBeGreaterThan(1)
    },
  )
})

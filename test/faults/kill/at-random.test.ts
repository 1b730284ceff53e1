/** `kill -9` at any moment, again and again, until the work is done all the same. */
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { MOST_LANES } from '#shared/transfer/lane-window.ts'
import type { FeidiProcess, FeidiResult } from '#test/kit/feidi/feidi-process.ts'
import { countedCalls } from '#test/kit/feidi/home.ts'
import { randomNumbers } from '#test/kit/feidi/random-bytes.ts'
import { expectPolite } from '#test/kit/feidi/uploads.ts'
import { THOROUGH } from '#test/kit/thorough.ts'
import type { CallPhase } from '#test/simulator/call-log.ts'
import { AcknowledgedParts } from './acknowledged-parts.ts'
import { openTreeScene, type TreeScene } from './tree.ts'

const PHASES: readonly CallPhase[] = ['arrived', 'identified', 'committed', 'settled']
/** A life makes this many steps of calls at most; the whole tree takes about a hundred. */
const LONGEST_LIFE_STEPS = 24
/** The answer of a call reaches the disk within this time, so that kills fall on both sides of it. */
const LONGEST_DELAY_MS = 12
const MOST_LIVES = 40

/** Kills the process a little after some step of some call. */
function killLater(
  { simulator }: TreeScene,
  feidi: FeidiProcess,
  random: () => number,
): () => void {
  let left = 1 + Math.floor(random() * LONGEST_LIFE_STEPS)
  const delayMs = random() < 0.5 ? 0 : random() * LONGEST_DELAY_MS
  const step = () => {
    left -= 1
    if (left !== 0) return
    if (delayMs === 0) feidi.signal('SIGKILL')
    else void delay(delayMs).then(() => feidi.signal('SIGKILL'))
  }
  const ends = PHASES.map((phase) => simulator.on(phase, step))
  return () => {
    for (const end of ends) end()
  }
}

/** The ledger has every call that arrived. A kill takes those between the count and the wire: one a lane at most. */
function expectCounted({ simulator, home }: TreeScene, kills: number): void {
  const counted = countedCalls(home)
  let lost = 0
  for (const call of ['upload_all', 'upload_prepare', 'upload_part', 'upload_finish'] as const) {
    const arrived = simulator.callsTo(`files/${call}`).length
    const inLedger = counted.get(`drive/v1/files/${call}`) ?? 0
    expect(inLedger, call).toBeGreaterThanOrEqual(arrived)
    lost += inLedger - arrived
  }
  expect(lost).toBeLessThanOrEqual(kills * MOST_LANES)
}

describe.concurrent('killed at random', { timeout: 300_000 }, () => {
  it.for(THOROUGH ? [1, 2, 3, 4, 5, 6] : [1])(
    'seed %i: goes on until every file is there once',
    async (seed, test) => {
      const random = randomNumbers(seed)
      const scene = await openTreeScene(test)
      const parts = new AcknowledgedParts(scene.simulator, scene.home)
      let last: FeidiResult | undefined
      for (let life = 0; life < MOST_LIVES && last?.exitCode !== 0; life++) {
        const resumes = life > 0 && random() < 0.3
        const args = resumes ? ['resume'] : ['upload', scene.root, '--to', scene.to]
        const feidi = scene.start(['--json', ...args])
        const stop = killLater(scene, feidi, random)
        last = await feidi.ended
        stop()
        if (last.signal === 'SIGKILL') parts.note()
        else expect(last.exitCode, last.stdout + last.stderr).toBe(0)
      }
      // A resume may have finished what was queued before a kill cut the planning short.
      const final = await scene.upload([scene.root])
      expect(final.exitCode).toBe(0)
      expect(final.summary).toMatchObject({ failed: 0, unfinished: 0 })
      await scene.expectMirrored()
      parts.expectNoneSentAgain()
      expect(parts.kills).toBeGreaterThan(3)
      expect(parts.seen).toBeGreaterThan(0)
      expectPolite(scene.simulator)
      expectCounted(scene, parts.kills)
    },
  )
})

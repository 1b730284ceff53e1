import { setTimeout as delay } from 'node:timers/promises'
import { expect, type TestContext } from 'vitest'
import { randomNumbers } from '#test/kit/feidi/random-bytes.ts'
import { KiB, openScene, type Scene } from '#test/kit/feidi/scene.ts'
import { Churn, hashesBelow, hashOf } from './churn.ts'
import { startWatch } from './kit.ts'

export interface StormOptions {
  readonly seed: number
  readonly kills: number
  /** A process lives for so long at most. */
  readonly longestLifeMs: number
}

export interface StormFigures {
  readonly kills: number
  readonly versions: number
  readonly files: number
  readonly remote: number
  /** Contents that are there twice: a file that was renamed over another one counts as changed. */
  readonly doubles: number
}

/**
 * Kills a watch at random moments while files are written all the time, then lets it finish, and
 * compares every byte: all that is in the folder is in Feishu, and nothing is there that no file was.
 */
export async function liveThroughStorm(
  test: TestContext,
  { seed, kills, longestLifeMs }: StormOptions,
): Promise<StormFigures> {
  const random = randomNumbers(seed)
  const scene = await openScene(test, {
    blockSizeBytes: 64 * KiB,
    singleCallBytes: 10 * KiB,
  })
  const churn = new Churn(scene.folder, seed, random)
  const working = churn.run()
  for (let kill = 0; kill < kills; kill++) {
    const watch = startWatch(scene, scene.folder, '--to', scene.to, '--settle', '0.2s')
    await Promise.race([watch.state('watching'), watch.ended])
    await delay(random() * longestLifeMs)
    watch.signal('SIGKILL')
    await watch.ended
  }
  churn.stop()
  await working
  const last = await scene.run(['watch', '--once'])
  expect(last.exitCode, last.stdout + last.stderr).toBe(0)
  return compare(scene, churn, kills)
}

async function compare(scene: Scene, churn: Churn, kills: number): Promise<StormFigures> {
  const remote = await remoteHashes(scene)
  const local = await hashesBelow(scene.folder)
  const up = new Set(remote)
  expect(
    [...local].filter(([, hash]) => !up.has(hash)),
    'lost',
  ).toEqual([])
  expect(
    [...up].filter((hash) => !churn.versions.has(hash)),
    'torn',
  ).toEqual([])
  const { size: versions } = churn.versions
  const doubles = remote.length - up.size
  return { kills, versions, files: local.size, remote: remote.length, doubles }
}

async function remoteHashes({ simulator }: Scene): Promise<string[]> {
  const nodes = Object.values(simulator.tree()).flat()
  const files = nodes.filter(({ type }) => type === 'file')
  return Promise.all(files.map(async ({ token }) => hashOf(await simulator.bytesOf(token))))
}

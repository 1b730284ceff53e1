/** The i-th operation fails, for i = 0, 1, 2 … until a run gets by without it; the run after that mends everything. */
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { type WorkResult, work } from '#test/kit/feidi/in-process.ts'
import {
  failingCalls,
  failingSources,
  failingStores,
  type Sabotage,
  type Saboteur,
} from '#test/kit/feidi/sabotage.ts'
import { KiB, openScene, type Scene } from '#test/kit/feidi/scene.ts'
import { expectBytes } from '#test/kit/feidi/uploads.ts'
import { THOROUGH } from '#test/kit/thorough.ts'

const SPEED = 1_000
/** More operations than one run of the scene can have. */
const MOST_OPERATIONS = 1_000

async function openSweepScene(test: TestContext): Promise<Scene> {
  const scene = await openScene(test, {
    blockSizeBytes: 2 * KiB,
    singleCallBytes: KiB,
    rate: 'off',
    storage: 'disk',
  })
  await scene.write('箱/parts.bin', 5 * KiB)
  await scene.write('箱/small.bin', 700)
  return scene
}

/** Uploads the box; undefined when not even the queue could be filled. */
async function uploadBox(scene: Scene, sabotage?: Sabotage): Promise<WorkResult | undefined> {
  try {
    return await work({
      baseUrl: scene.simulator.baseUrl,
      home: scene.home,
      paths: [join(scene.folder, '箱')],
      to: scene.to,
      clock: fastClock(scene.simulator, SPEED),
      ...(sabotage && { replace: sabotage.replace }),
    })
  } catch (error) {
    if (sabotage !== undefined && error instanceof TransferError) return undefined
    throw error
  }
}

async function expectBoxOnce(scene: Scene, index: number): Promise<void> {
  const tree = scene.simulator.tree()
  const counts = Object.entries(tree).map(([path, nodes]) => [path, nodes.length])
  expect(Object.fromEntries(counts), `after failure of operation ${index}`).toEqual({
    'Inbox/': 1,
    'Inbox/箱/': 1,
    'Inbox/箱/parts.bin': 1,
    'Inbox/箱/small.bin': 1,
  })
  for (const { name, bytes } of [
    await scene.write('箱/parts.bin', 5 * KiB),
    await scene.write('箱/small.bin', 700),
  ]) {
    await expectBytes(scene.simulator, tree[`Inbox/${name}`]?.[0]?.token ?? '', bytes)
  }
}

const SABOTEURS: Readonly<Record<string, Saboteur>> = {
  'store operation, for want of space': failingStores('disk-full'),
  'store operation, for no known reason': failingStores('store-failed'),
  'file operation, with an I/O error': failingSources('source-io-error'),
  'file operation, because another program has it': failingSources('source-busy'),
  'file operation, because the file is missing': failingSources('source-missing'),
  'file operation, because it has just changed': failingSources('source-changed'),
  'call, before it arrived': failingCalls(false),
  'call, after it took effect': failingCalls(true),
}

/** The engine treats the two failures of the disk alike: the second is tried at every third operation. */
function stepOf(what: string): number {
  return what.includes('no known reason') && !THOROUGH ? 3 : 1
}

describe.concurrent('the i-th', { timeout: 300_000 }, () => {
  it.for(Object.keys(SABOTEURS))(
    '%s: the next run completes it, once and whole',
    async (what, test) => {
      const saboteur = SABOTEURS[what] as Saboteur
      let operations = 0
      for (let index = 0; index < MOST_OPERATIONS; index += stepOf(what)) {
        const sabotage = saboteur(index)
        const scene = await openSweepScene(test)
        await uploadBox(scene, sabotage)
        const { end, transfers } = (await uploadBox(scene)) as WorkResult
        expect(end, `after failure of operation ${index}`).toEqual({ kind: 'settled' })
        const open = transfers.filter(({ state }) => !['done', 'skipped'].includes(state.kind))
        expect(open, `after failure of operation ${index}`).toEqual([])
        await expectBoxOnce(scene, index)
        await scene.simulator.close()
        operations = index
        if (!sabotage.failed()) break
      }
      expect(operations).toBeGreaterThan(3)
      expect(operations).toBeLessThan(MOST_OPERATIONS - 1)
    },
  )
})

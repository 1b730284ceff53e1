import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '#main/lib/clock.ts'
import { openStores } from '#main/store/open-stores.ts'
import type { FileIndex, IndexScope } from '#main/watch/ports.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import { aRule, FakeQueue, tempFolder } from './watch-kit.ts'

class Crash extends Error {}

/** An index that fails for good at its `n`-th change, before or after that is on disk. */
function crashing(index: FileIndex, n: number, when: 'before' | 'after', onCrash: () => void) {
  let changes = 0
  let isDead = false
  const guarded = <T>(change: () => T): T => {
    if (isDead) throw new Crash()
    const isLast = changes++ === n
    if (isLast && when === 'after') change()
    if (!isLast) return change()
    isDead = true
    onCrash()
    throw new Crash()
  }
  const scopeOf = (scope: IndexScope): IndexScope => ({
    ...scope,
    apply: (given) => guarded(() => scope.apply(given)),
    saveBegun: (id) => guarded(() => scope.saveBegun(id)),
  })
  return {
    index: {
      counts: index.counts,
      scope: (folder, destination) => scopeOf(index.scope(folder, destination)),
      transferDone: (id, stamp) => guarded(() => index.transferDone(id, stamp)),
      transferFailed: (id) => guarded(() => index.transferFailed(id)),
      transferWithdrawn: (id) => guarded(() => index.transferWithdrawn(id)),
      forget: (...which) => guarded(() => index.forget(...which)),
    } satisfies FileIndex,
    isDead: () => isDead,
  }
}

/** Runs until everything is at rest, or until the crash. Returns whether there was one. */
async function run(
  folder: string,
  home: string,
  queue: FakeQueue,
  n: number,
  when: 'before' | 'after',
) {
  const stores = openStores(home)
  const crashed = Promise.withResolvers<'crashed'>()
  const { index, isDead } = crashing(stores.files, n, when, () => crashed.resolve('crashed'))
  const rules = [aRule(folder, { createdAtMs: 0, settleMs: 10 })]
  const service = new WatchService({ rules, index, queue, clock: systemClock })
  queue.onEnd = (id, outcome) => {
    try {
      if (outcome.kind === 'done') service.transferDone(id, outcome)
    } catch (error) {
      if (!(error instanceof Crash)) throw error
    }
  }
  const settled = async () => {
    while ((await service.sweepOnce()).waiting.length > 0);
    return 'settled' as const
  }
  await Promise.race([settled(), crashed.promise])
  await service.stop()
  stores.close()
  return isDead()
}

it.each(['before', 'after'] as const)(
  'killed %s any change of the index, it takes every version once all the same',
  async (when) => {
    for (let n = 0; ; n++) {
      const [folder, home] = [tempFolder(), tempFolder('feidi-home-')]
      const queue = new FakeQueue()
      const path = (name: string) => join(folder, name)
      mkdirSync(path('sub'))
      for (const name of ['a', 'b', 'sub/c', 'sub/d']) writeFileSync(path(name), `first ${name}`)
      let crashes = Number(await run(folder, home, queue, n, when))
      await run(folder, home, queue, Number.POSITIVE_INFINITY, when)
      writeFileSync(path('a'), 'second a')
      renameSync(path('sub'), path('moved'))
      rmSync(path('b'))
      writeFileSync(path('new'), 'new')
      crashes += Number(await run(folder, home, queue, n, when))
      await run(folder, home, queue, Number.POSITIVE_INFINITY, when)
      expect(queue.taken.map(({ content }) => content).sort(), `change ${n}`).toEqual(
        ['first a', 'first b', 'first sub/c', 'first sub/d', 'new', 'second a'].sort(),
      )
      if (crashes === 0) return
    }
  },
  60_000,
)

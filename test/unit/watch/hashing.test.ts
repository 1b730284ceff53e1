import { truncateSync, writeFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '#main/lib/clock.ts'
import { openStores } from '#main/store/open-stores.ts'
import { Hashing } from '#main/watch/judge/hashing.ts'
import { Selection } from '#main/watch/scan/selection.ts'
import { ReadingHold } from '#main/watch/settle/pace.ts'
import { stampOf } from '#main/watch/settle/stamp.ts'
import { aRule, FakeQueue, tempFolder } from './watch-kit.ts'

const MiB = 1024 * 1024

it('reads big files one after another: a thousand films are not opened at once', async () => {
  const root = tempFolder()
  const stores = openStores(tempFolder())
  const rule = aRule(root, { dedupe: true })
  const context = {
    ...{ rule, root, clock: systemClock, queue: new FakeQueue() },
    scope: stores.files.scope(root, rule.destination),
    selection: new Selection(rule),
    probe: async () => {},
    onUnopened: () => {},
    signal: new AbortController().signal,
    isPlaceholder: () => false,
  }
  const ready: string[] = []
  const hashing = new Hashing(context, new ReadingHold(), (path) => ready.push(path))
  const names = ['long.mov', 'a.mov', 'b.mov', 'c.mov']
  for (const name of names) {
    const path = join(root, name)
    writeFileSync(path, '')
    truncateSync(path, name === 'long.mov' ? 96 * MiB : 17 * MiB)
    const stats = await stat(path, { bigint: true })
    expect(await hashing.soon({ dir: '', name, stats, stamp: stampOf(stats) })).toBe('checking')
  }
  await hashing.drain()
  // Together, the short ones would be through first.
  expect(ready).toEqual(names)
  stores.close()
})

import { EventEmitter } from 'node:events'
import { closeSync, ftruncateSync, lstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { Watching, type WatchingOptions } from '#main/app/watching/watching.ts'
import { systemClock } from '#main/lib/clock.ts'
import { contentHashOfFile } from '#main/lib/content-hash.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { openStores } from '#main/store/open-stores.ts'
import { openRules } from '#main/store/rule-store.ts'
import { aRule, tempFolder } from '../watch/watch-kit.ts'

it('known files are not read while reading is held, and then they are', async () => {
  const folder = tempFolder()
  const home = tempFolder('feidi-home-')
  const stores = openStores(home)
  const rules = openRules(home)
  const rule = rules.add(aRule(folder), 0)
  // Too large to be read at once.
  const sizeBytes = 17 * 1024 * 1024
  const file = openSync(join(folder, 'film.mov'), 'w')
  ftruncateSync(file, sizeBytes)
  closeSync(file)
  const { signal } = new AbortController()
  const zeros = async (into: Uint8Array) => into.fill(0).length
  const hash = (await contentHashOfFile(zeros, sizeBytes, { signal })) ?? ''
  const stats = lstatSync(join(folder, 'film.mov'))
  const row = { name: 'film.mov', sizeBytes: stats.size, standing: 'up', place: 1 } as const
  stores.files.scope(folder, rule.destination).apply([
    {
      kind: 'save',
      dir: '',
      file: { ...row, stamp: '1.2.3.4', transferId: null, gone: false },
      hash,
    },
  ])
  const watching = new Watching({
    stores,
    rules,
    worker: { events: new EventEmitter(), nudge: () => {} },
    clock: systemClock,
    log: openLog(home),
    onFault: (_what: string, error: unknown) => {
      throw error
    },
  } as unknown as WatchingOptions)
  onTestFinished(async () => {
    await watching.close()
    stores.close()
  })
  const reaches = async (kind: string) => {
    while (watching.standingOf(rule).state.kind !== kind) {
      await new Promise<void>((resolve) => watching.events.once('changed', resolve))
    }
    return watching.standingOf(rule).state
  }
  watching.holdReading(true)
  watching.start()
  expect(await reaches('checking')).toEqual({ kind: 'checking', checked: 0, of: 1 })
  watching.holdReading(false)
  await reaches('watching')
  expect(stores.transfers.list({}, { offset: 0, limit: 1 })).toEqual([])
})

import { lstatSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '#main/lib/clock.ts'
import { openStores } from '#main/store/open-stores.ts'
import { type ContentHashes, judgeFile, type SettledFile } from '#main/watch/judge/judge-file.ts'
import type { IndexedFile } from '#main/watch/ports.ts'
import { compareFolder } from '#main/watch/scan/compare-folder.ts'
import { Selection } from '#main/watch/scan/selection.ts'
import { stampOf } from '#main/watch/settle/stamp.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { aRule, FakeQueue, tempFolder } from './watch-kit.ts'

const HASH = 'ab'.repeat(32)
const THEN = new Date('2024-09-01T00:00:00Z')

/** Opening a file would download it. */
const notOpened: ContentHashes = {
  now: () => Promise.reject(new Error('the file was opened')),
  soon: () => Promise.reject(new Error('the file was opened')),
}

/** A file that lies with a cloud drive, as its stat says it. */
function scene(known: Partial<IndexedFile> | undefined, more: Partial<WatchRule> = {}) {
  const root = tempFolder()
  const path = join(root, 'film.mov')
  writeFileSync(path, 'stand-in')
  utimesSync(path, THEN, THEN)
  const stats = { ...lstatSync(path, { bigint: true }), blocks: 0n, isFile: () => true }
  const stores = openStores(tempFolder())
  onTestFinished(() => stores.close())
  const rule = aRule(root, more)
  const scope = stores.files.scope(root, rule.destination)
  const stamp = stampOf(stats)
  const file = { dir: '', name: 'film.mov', stamp, stats } as unknown as SettledFile
  const row = { name: 'film.mov', stamp, sizeBytes: Number(stats.size), standing: 'up' } as const
  if (known !== undefined) {
    const saved = { ...row, place: 1, transferId: null, gone: false, ...known }
    scope.apply([{ kind: 'save', dir: '', file: saved, hash: HASH }])
  }
  const context = {
    ...{ rule, root, scope, clock: systemClock, queue: new FakeQueue() },
    selection: new Selection(rule),
    probe: async () => {},
    signal: new AbortController().signal,
    onUnopened: () => {},
    isPlaceholder: () => true,
  }
  const listing = {
    ...{ files: [file], folders: new Map(), fileLinks: new Map(), leftOut: new Map() },
    ...{ others: [], misnamed: [], failed: new Map() },
  }
  return {
    stamp,
    judge: () => judgeFile(file, context, notOpened, new Set()),
    compare: () => compareFolder('', listing, scope.directory(''), context, 0),
  }
}

/** The stamp of a file with another number and ctime, or another time. */
function another(stamp: string, { time }: { time: boolean }): string {
  const [, size, mtime] = stamp.split('.')
  return `zz.${size}.${time ? 'other' : mtime}.zz`
}

describe('a file that a cloud drive would have to download is not opened', () => {
  it('when it is known and was only moved out: it stays known as it is', async () => {
    const { stamp } = scene(undefined)
    const { judge, compare } = scene({ stamp: another(stamp, { time: false }) })
    expect(compare()).toEqual({ changes: [], doubtful: [] })
    expect(await judge()).toEqual({ kind: 'nothing' })
  })

  it('when it was changed elsewhere: it goes up without a comparison', async () => {
    const { stamp } = scene(undefined)
    const { judge, compare } = scene({ stamp: another(stamp, { time: true }) })
    expect(compare().doubtful).toHaveLength(1)
    expect(await judge()).toMatchObject({ kind: 'upload', reason: 'changed', hash: null })
  })

  it('when it is new: it goes up, also where copies are looked for', async () => {
    const { judge } = scene(undefined, { dedupe: true })
    expect(await judge()).toMatchObject({ kind: 'upload', reason: 'new', hash: null })
  })
})

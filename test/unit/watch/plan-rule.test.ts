import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '#main/lib/clock.ts'
import { openStores } from '#main/store/open-stores.ts'
import { type PlannedFile, planRule } from '#main/watch/plan-rule.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { aRule, openBench, tempFolder } from './watch-kit.ts'

const MiB = 1024 * 1024

async function planOf(rule: WatchRule, home = tempFolder('feidi-home-')) {
  const stores = openStores(home)
  const plan: PlannedFile[] = []
  const tools = {
    index: stores.files,
    queue: { outcome: () => ({ kind: 'open' }) as const },
    clock: systemClock,
    signal: new AbortController().signal,
  }
  for await (const file of planRule(rule, tools)) plan.push(file)
  stores.close()
  return plan
}

const short = ({ relativePath, action, remotePath, calls }: PlannedFile) => [
  relativePath,
  action,
  remotePath?.join('/'),
  calls,
]

describe('the plan of a rule', () => {
  it('says what happens to every file, where it goes and what it costs', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'sub'))
    writeFileSync(join(folder, 'a.txt'), 'a')
    writeFileSync(join(folder, 'b.tmp'), 'b')
    writeFileSync(join(folder, 'sub/empty'), '')
    writeFileSync(join(folder, 'sub/big.bin'), '')
    truncateSync(join(folder, 'sub/big.bin'), 21 * MiB)
    expect((await planOf(aRule(folder))).map(short)).toEqual([
      ['b.tmp', { kind: 'leave-out', why: { kind: 'excluded', pattern: '*.tmp' } }, undefined, {}],
      ['a.txt', { kind: 'upload', reason: 'new' }, 'a.txt', { upload_all: 1 }],
      ['sub/empty', { kind: 'leave-out', why: { kind: 'empty' } }, undefined, {}],
      [
        'sub/big.bin',
        { kind: 'upload', reason: 'new' },
        'sub/big.bin',
        { upload_prepare: 1, upload_part: 6, upload_finish: 1, create_folder: 1 },
      ],
    ])
  })

  it('changes nothing, and knows what is known', async () => {
    const folder = tempFolder()
    const home = tempFolder('feidi-home-')
    for (const name of ['same', 'changed', 'gone']) writeFileSync(join(folder, name), name)
    const bench = openBench([aRule(folder)], { home })
    await bench.settle()
    await bench.service.stop()
    writeFileSync(join(folder, 'changed'), 'changed!')
    writeFileSync(join(folder, 'new'), 'new')
    rmSync(join(folder, 'gone'))
    for (const _ of ['first', 'second']) {
      expect((await planOf(aRule(folder), home)).map(({ action }) => action)).toEqual([
        { kind: 'upload', reason: 'changed' },
        { kind: 'upload', reason: 'new' },
        { kind: 'skip', reason: 'known' },
      ])
    }
  })

  it('foresees folders that would be too full or too deep', async () => {
    const folder = tempFolder()
    const deep = Array.from({ length: 15 }, (_, level) => `${level}`).join('/')
    mkdirSync(join(folder, deep), { recursive: true })
    mkdirSync(join(folder, 'full'))
    writeFileSync(join(folder, deep, 'x'), 'x')
    for (let file = 0; file < 1_501; file++) writeFileSync(join(folder, 'full', `${file}`), 'x')
    const refused = (plan: PlannedFile[]) =>
      plan.flatMap(({ action }) => (action.kind === 'refuse' ? [action.code] : []))
    expect(refused(await planOf(aRule(folder)))).toEqual(['folder-too-deep', 'folder-full'])
    const { service, queue } = openBench([aRule(folder, { overflowFolders: true })])
    const { problems } = await service.sweepOnce()
    expect(problems.map(({ error }) => error.code)).toEqual(['folder-too-deep'])
    expect(queue.taken.filter(({ remote }) => remote.startsWith('full (2)/'))).toHaveLength(1)
  })

  it('of a flat rule has no folders', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'a/b'), { recursive: true })
    writeFileSync(join(folder, 'a/b/c.txt'), 'c')
    const [file] = await planOf(aRule(folder, { subfolders: 'flatten' }))
    expect(file).toMatchObject({ remotePath: ['c.txt'], calls: { upload_all: 1 } })
  })
})

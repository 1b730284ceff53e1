import {
  copyFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { aRule, type Bench, contentHashOf, FakeQueue, openBench, tempFolder } from './watch-kit.ts'

interface Scene {
  readonly folder: string
  readonly queue: FakeQueue
  path(name: string): string
  write(name: string, content: string): void
  /** A program that starts, looks at everything until it is at rest, and ends. */
  run(more?: Partial<WatchRule>): Promise<Bench>
}

function scene(): Scene {
  const folder = tempFolder()
  const home = tempFolder('feidi-home-')
  const queue = new FakeQueue()
  const path = (name: string) => join(folder, name)
  return {
    folder,
    queue,
    path,
    write: (name, content) => {
      mkdirSync(join(path(name), '..'), { recursive: true })
      writeFileSync(path(name), content)
    },
    async run(more = {}) {
      const bench = openBench([aRule(folder, { createdAtMs: 0, ...more })], { home, queue })
      await bench.settle()
      // The hashes of what went up are filled in beside the watching.
      const scope = bench.stores.files.scope(folder, aRule(folder).destination)
      while (scope.unhashed(undefined, 1).length > 0) await new Promise(setImmediate)
      await bench.service.stop()
      return bench
    },
  }
}

/** Inode and all stay, only the time is another. */
function touch(path: string) {
  utimesSync(path, new Date(), new Date(Date.now() - 5_000))
}

describe('what is up already is not uploaded again', () => {
  it('after a restart', async () => {
    const { write, run, queue } = scene()
    write('a.txt', 'a')
    write('sub/b.txt', 'b')
    await run()
    await run()
    expect(queue.paths()).toEqual(['a.txt', 'sub/b.txt'])
  })

  it('by a rule that is made again', async () => {
    const { write, run, queue } = scene()
    write('a.txt', 'a')
    await run({ id: 'first' })
    await run({ id: 'second' })
    expect(queue.taken).toHaveLength(1)
  })

  it('when it was only touched', async () => {
    const { write, run, queue, path } = scene()
    write('a.txt', 'a')
    await run()
    touch(path('a.txt'))
    await run()
    expect(queue.taken).toHaveLength(1)
  })

  it('when it was renamed, or its folder was', async () => {
    const { write, run, queue, path } = scene()
    write('a.txt', 'a')
    write('deep/er/b.txt', 'b')
    await run()
    renameSync(path('a.txt'), path('z.txt'))
    renameSync(path('deep'), path('low'))
    await run()
    expect(queue.taken).toHaveLength(2)
  })

  it('when it was copied elsewhere and the old one deleted', async () => {
    const { write, run, queue, path } = scene()
    write('a.txt', 'some content')
    await run()
    mkdirSync(path('to'))
    copyFileSync(path('a.txt'), path('to/a.txt'))
    rmSync(path('a.txt'))
    await run()
    expect(queue.taken).toHaveLength(1)
  })

  it('when it was away for a while', async () => {
    const { write, run, queue, path } = scene()
    write('a.txt', 'a')
    await run()
    rmSync(path('a.txt'))
    await run()
    write('a.txt', 'a')
    await run()
    expect(queue.taken).toHaveLength(1)
  })

  it('when two names were exchanged and exchanged back', async () => {
    const { write, run, queue, path } = scene()
    write('a', 'first')
    write('b', 'other')
    await run()
    renameSync(path('a'), path('t'))
    renameSync(path('b'), path('a'))
    renameSync(path('t'), path('b'))
    renameSync(path('a'), path('t'))
    renameSync(path('b'), path('a'))
    renameSync(path('t'), path('b'))
    await run()
    expect(queue.taken).toHaveLength(2)
  })
})

describe('what is new is uploaded', () => {
  it('when two names were exchanged: each has another content now', async () => {
    const { write, run, queue, path } = scene()
    write('a', 'first')
    write('b', 'other')
    await run()
    renameSync(path('a'), path('t'))
    renameSync(path('b'), path('a'))
    renameSync(path('t'), path('b'))
    await run()
    expect(queue.taken.slice(2)).toMatchObject([{ reason: 'changed' }, { reason: 'changed' }])
  })

  it('when a log was rotated: only the new one', async () => {
    const { write, run, queue, path } = scene()
    write('app.log', 'old lines')
    await run()
    renameSync(path('app.log'), path('app.log.1'))
    write('app.log', 'new')
    await run()
    expect(queue.taken.map(({ path, content }) => [path, content])).toEqual([
      ['app.log', 'old lines'],
      ['app.log', 'new'],
    ])
  })

  it('when it is a copy', async () => {
    const { write, run, queue, path } = scene()
    write('a.txt', 'same')
    await run()
    copyFileSync(path('a.txt'), path('b.txt'))
    linkSync(path('a.txt'), path('c.txt'))
    await run()
    expect(queue.paths()).toEqual(['a.txt', 'b.txt', 'c.txt'])
  })

  it('but not a copy where the rule says so, even of files that came together', async () => {
    const { write, run, queue, path } = scene()
    write('a.txt', 'same')
    write('twin.txt', 'same')
    await run({ dedupe: true })
    copyFileSync(path('a.txt'), path('b.txt'))
    await run({ dedupe: true })
    expect(queue.taken).toHaveLength(1)
    await run({ dedupe: false })
    expect(queue.taken).toHaveLength(3)
  })

  it('but not a change where the rule says so', async () => {
    const { write, run, queue } = scene()
    write('a.txt', 'v1')
    await run({ onChange: 'ignore' })
    write('a.txt', 'v2')
    await run({ onChange: 'ignore' })
    expect(queue.taken).toHaveLength(1)
  })
})

describe('a rule for what is new', () => {
  it('leaves what is there, takes what comes and what changes', async () => {
    const { write, run, queue, path } = scene()
    const rule = { initialFiles: 'only-new', createdAtMs: Date.now() + 50 } as const
    write('old.txt', 'old')
    write('older.txt', 'older')
    await new Promise((resolve) => setTimeout(resolve, 60))
    await run(rule)
    expect(queue.taken).toEqual([])
    write('new.txt', 'new')
    write('old.txt', 'old, changed')
    renameSync(path('older.txt'), path('moved.txt'))
    await run(rule)
    expect(queue.paths()).toEqual(['new.txt', 'old.txt'])
  })

  it('takes the rest when it becomes a rule for everything', async () => {
    const { write, run, queue } = scene()
    write('old.txt', 'old')
    await run({ initialFiles: 'only-new', createdAtMs: Date.now() + 1_000 })
    await run({ initialFiles: 'upload' })
    expect(queue.paths()).toEqual(['old.txt'])
  })
})

describe('a transfer that is not done', () => {
  it('is not handed over again, and neither is one that failed until the file changes', async () => {
    const { write, run, queue } = scene()
    queue.holds = true
    write('a.txt', 'a')
    const bench = await run()
    await run()
    expect(queue.taken).toHaveLength(1)
    expect(bench.queue.outcome('t1').kind).toBe('open')
    queue.end('t1', { kind: 'failed' })
    await run()
    expect(queue.taken).toHaveLength(1)
    write('a.txt', 'a2')
    await run()
    expect(queue.taken).toHaveLength(2)
  })

  it('that nobody knows any more is handed over again', async () => {
    const { write, run, queue } = scene()
    queue.holds = true
    write('a.txt', 'a')
    await run()
    queue.forget('t1')
    await run()
    expect(queue.taken).toHaveLength(2)
  })

  it('follows its file when that was moved meanwhile: only if it did not get there', async () => {
    const { write, run, queue, path } = scene()
    queue.holds = true
    write('a.txt', 'aaa')
    write('b.txt', 'bbb!')
    await run()
    const idOf = (name: string) => queue.taken.find((one) => one.path === name)?.id ?? ''
    const [a, b] = [idOf('a.txt'), idOf('b.txt')]
    renameSync(path('a.txt'), path('a2.txt'))
    renameSync(path('b.txt'), path('b2.txt'))
    const { fingerprint } = queue.taken.find(({ id }) => id === a)?.candidate ?? {}
    queue.end(a, {
      kind: 'done',
      fingerprint: fingerprint ?? null,
      contentHash: contentHashOf(Buffer.from('aaa')),
    })
    queue.end(b, { kind: 'failed' })
    queue.holds = false
    await run()
    expect(queue.paths()).toEqual(['a.txt', 'b.txt', 'b2.txt'])
  })
})

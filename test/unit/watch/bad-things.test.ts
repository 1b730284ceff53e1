import nodeFs, { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/lib/clock.ts'
import { type Disk, setDisk } from '#main/lib/file-system.ts'
import { type PlannedFile, planRule } from '#main/watch/plan-rule.ts'
import type { WatchProblem } from '#shared/model/watch-rule.ts'
import { canMount, mountSilent } from './mounts.ts'
import { aRule, type Bench, openBench, tempFolder } from './watch-kit.ts'

/** Every errno there is, and what Windows says of files in a cloud. */
const GONE = ['ENOENT', 'ENOTDIR']
const ERRNOS = [...Object.keys(constants.errno), 'EHOSTDOWN', 'EREMOTEIO', 'ENOMEDIUM', 'UNKNOWN']
const BAD = ERRNOS.filter((errno) => !GONE.includes(errno))

type Way = (path: string, ...rest: unknown[]) => unknown

/** A disk on which some paths fail; `reads` are the folders that were read. */
function faultyDisk(errnoOf: (operation: string, path: string) => string | undefined) {
  const reads: string[] = []
  const failing =
    (operation: string, work: unknown): Way =>
    (path, ...rest) => {
      if (operation === 'readdir') reads.push(path)
      const code = errnoOf(operation, path)
      if (code === undefined) return (work as Way)(path, ...rest)
      const error = Object.assign(new Error(`${code}: ${path}`), { code, syscall: operation, path })
      const done = rest.at(-1)
      return typeof done === 'function' ? done(error) : Promise.reject(error)
    }
  const { promises } = nodeFs
  const disk = {
    ...nodeFs,
    lstat: failing('lstat', nodeFs.lstat),
    promises: {
      ...promises,
      readdir: failing('readdir', promises.readdir),
      access: failing('access', promises.access),
    },
  }
  setDisk(disk as unknown as Disk)
  return { reads }
}

afterEach(() => setDisk(nodeFs))

/** Retries that need no patience. */
const hasty = {
  ...systemClock,
  sleep: (_ms: number, signal?: AbortSignal) => systemClock.sleep(0, signal),
}

function problemsOf({ service }: Bench): WatchProblem[] {
  const told: WatchProblem[] = []
  service.events.on('problem', (problem) => told.push(problem))
  return told
}

const namesOf = (problems: readonly WatchProblem[]) =>
  problems.map(({ path }) => basename(path)).sort()

describe('whatever the system says', () => {
  it('of folders: each is named, all others are looked at in the same sweep', async () => {
    const folder = tempFolder()
    for (const errno of ERRNOS) {
      mkdirSync(join(folder, errno))
      writeFileSync(join(folder, errno, 'in.txt'), errno)
    }
    for (const good of ['0-good', 'zz-good/deep']) {
      mkdirSync(join(folder, good), { recursive: true })
      writeFileSync(join(folder, good, 'a.txt'), good)
    }
    faultyDisk((operation, path) =>
      operation === 'readdir' && dirname(path) === folder && !path.includes('good')
        ? basename(path)
        : undefined,
    )
    const bench = openBench([aRule(folder)], { clock: hasty })
    const told = problemsOf(bench)
    const { problems } = await bench.service.sweepOnce()
    expect(namesOf(problems)).toEqual(BAD.toSorted())
    expect(told).toEqual(problems)
    // The first of them.
    await bench.reaches('unreadable')
    await bench.settle()
    expect(bench.queue.paths()).toEqual(['0-good/a.txt', 'zz-good/deep/a.txt'])
  })

  it('of files: each is named and stays known, all others go up', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'sub'))
    const dirOf = (index: number) => join(folder, 'sub', `${Math.floor(index / 10)}`)
    for (const [index, errno] of ERRNOS.entries()) {
      mkdirSync(dirOf(index), { recursive: true })
      writeFileSync(join(dirOf(index), errno), errno)
    }
    const bench = openBench([aRule(folder, { createdAtMs: 0 })], { clock: hasty })
    await bench.settle()
    const before = bench.queue.taken.length
    expect(before).toBe(ERRNOS.length)
    faultyDisk((operation, path) => {
      const name = basename(path)
      return operation === 'lstat' && ERRNOS.includes(name) ? name : undefined
    })
    writeFileSync(join(folder, 'new.txt'), 'new')
    const { problems } = await bench.service.sweepOnce()
    expect(namesOf(problems)).toEqual(BAD.toSorted())
    await bench.settle()
    await bench.queue.has('new.txt')
    const scope = bench.stores.files.scope(folder, aRule(folder).destination)
    const gone = ERRNOS.filter(
      (errno, index) => scope.file(`sub/${Math.floor(index / 10)}`, errno)?.gone,
    )
    expect(gone).toEqual(GONE)
    setDisk(nodeFs)
    await bench.settle()
    expect(bench.queue.taken).toHaveLength(before + 1)
  })

  it('of opening a file: it is named, and goes up once it opens', async () => {
    const folder = tempFolder()
    const still = new Set(['ESTALE', 'EIO', 'EACCES'])
    for (const errno of still) writeFileSync(join(folder, errno), errno)
    writeFileSync(join(folder, 'good.txt'), 'good')
    faultyDisk((operation, path) =>
      operation === 'access' && still.has(basename(path)) ? basename(path) : undefined,
    )
    const bench = openBench([aRule(folder)])
    const told = problemsOf(bench)
    bench.service.start()
    await bench.queue.has('good.txt')
    await expect.poll(() => namesOf(told)).toEqual([...still].sort())
    still.clear()
    bench.service.wake()
    await bench.queue.has('ESTALE', 'EIO', 'EACCES')
    await bench.reaches('watching')
    expect(bench.service.problems()).toEqual([])
  })

  it('a dry run says so of it, and goes on', async () => {
    const folder = tempFolder()
    for (const dir of ['bad', 'good']) {
      mkdirSync(join(folder, dir))
      writeFileSync(join(folder, dir, 'a.txt'), dir)
      writeFileSync(join(folder, dir, 'b.txt'), dir)
    }
    faultyDisk((operation, path) => {
      if (operation === 'readdir') return basename(path) === 'bad' ? 'ENOTCONN' : undefined
      return basename(path) === 'b.txt' ? 'ENAMETOOLONG' : undefined
    })
    const { stores, queue } = openBench([])
    const plan: PlannedFile[] = []
    const signal = new AbortController().signal
    const tools = { index: stores.files, queue, clock: systemClock, signal }
    for await (const planned of planRule(aRule(folder), tools)) plan.push(planned)
    expect(plan.map(({ relativePath, action }) => [relativePath, action.kind])).toEqual([
      ['bad', 'fail'],
      ['good/b.txt', 'fail'],
      ['good/a.txt', 'upload'],
    ])
  })
})

describe('something bad', () => {
  it('is named each time it becomes bad, and looked at without a sweep', async () => {
    const folder = tempFolder()
    for (const dir of ['nas', 'other']) mkdirSync(join(folder, dir))
    let isAway = true
    const { reads } = faultyDisk((operation, path) =>
      isAway && operation === 'readdir' && basename(path) === 'nas' ? 'ENOTCONN' : undefined,
    )
    const bench = openBench([aRule(folder)], { timings: { troubleEveryMs: 20 } })
    const told = problemsOf(bench)
    bench.service.start()
    expect(await bench.reaches('not-answering')).toEqual({
      kind: 'not-answering',
      path: join(folder, 'nas'),
    })
    for (const round of [1, 2, 3]) {
      const nas = () => reads.filter((path) => basename(path) === 'nas').length
      const before = { nas: nas(), other: reads.length - nas() }
      await expect.poll(nas, { interval: 5 }).toBeGreaterThan(before.nas + 1)
      expect(reads.length - nas()).toBe(before.other)
      isAway = false
      writeFileSync(join(folder, 'nas', `${round}.txt`), `${round}`)
      await bench.queue.has(`nas/${round}.txt`)
      await bench.reaches('watching')
      expect(bench.service.problems()).toEqual([])
      isAway = true
      writeFileSync(join(folder, 'nas', 'hint'), '')
      await bench.reaches('not-answering')
      expect(told).toHaveLength(round + 1)
    }
    expect(new Set(told.map(({ path, error }) => `${basename(path)} ${error.code}`))).toEqual(
      new Set(['nas source-away']),
    )
  })

  it('in great number in one folder is named once', async () => {
    const folder = tempFolder()
    for (let file = 0; file < 100; file++) writeFileSync(join(folder, `${file}`), `${file}`)
    faultyDisk((operation) => (operation === 'lstat' ? 'EACCES' : undefined))
    const { service, reaches } = openBench([aRule(folder)])
    const { problems } = await service.sweepOnce()
    expect(problems.map(({ path, error }) => [path, error.code])).toEqual([
      [folder, 'source-unreadable'],
    ])
    expect(await reaches('no-permission')).toEqual({ kind: 'no-permission', path: folder })
  })

  it('that is taken away is forgotten', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'bad'))
    faultyDisk((operation, path) =>
      operation === 'readdir' && basename(path) === 'bad' ? 'EIO' : undefined,
    )
    const bench = openBench([aRule(folder)])
    expect((await bench.service.sweepOnce()).problems).toHaveLength(1)
    rmSync(join(folder, 'bad'), { recursive: true })
    expect((await bench.service.sweepOnce()).problems).toEqual([])
  })
})

describe('in earnest', () => {
  it.skipIf(process.platform === 'win32')('a path that is too long', async () => {
    const folder = tempFolder()
    const started = process.cwd()
    const name = '报'.repeat(80)
    try {
      process.chdir(folder)
      for (let depth = 0; depth < 17; depth++) {
        mkdirSync(name)
        process.chdir(name)
      }
      writeFileSync('x.txt', 'x')
    } finally {
      process.chdir(started)
    }
    for (const dir of ['a', '报告']) {
      mkdirSync(join(folder, dir))
      writeFileSync(join(folder, dir, 'y.txt'), dir)
    }
    const bench = openBench([aRule(folder)])
    const { problems } = await bench.service.sweepOnce()
    expect(problems.map(({ error }) => error.code)).toEqual(['source-path-too-long'])
    await bench.queue.has('a/y.txt', '报告/y.txt')
  })

  it.skipIf(!canMount)('a network drive whose server has died', async () => {
    const folder = tempFolder()
    for (const dir of ['a', 'nas', 'z']) mkdirSync(join(folder, dir))
    const bench = openBench([aRule(folder)])
    await bench.settle()
    const serverDies = await mountSilent(join(folder, 'nas'))
    await serverDies()
    for (const dir of ['a', 'z']) writeFileSync(join(folder, dir, 'y.txt'), dir)
    const { problems } = await bench.service.sweepOnce()
    expect(problems.map(({ path, error }) => [basename(path), error.code])).toEqual([
      ['nas', 'source-away'],
    ])
    await bench.reaches('not-answering')
    await bench.queue.has('a/y.txt', 'z/y.txt')
  })
})

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, symlinkSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openFollowBench, PERSON } from './follow-bench.ts'

const APP = 'app:cli_a@open.feishu.cn'

async function benchWith(paths: readonly string[], ...options: Parameters<typeof openFollowBench>) {
  const bench = openFollowBench(...options)
  for (const path of paths) bench.write(path, `content of ${path}`)
  await bench.look()
  expect(bench.remote).toEqual([...paths].sort())
  return bench
}

const many = Array.from({ length: 40 }, (_, at) => `f${String(at).padStart(2, '0')}.txt`)

/** The mounts of the machine are known for a second. */
const mountsAreReadAgain = () => new Promise((resolve) => setTimeout(resolve, 1_000))

describe('a watched folder that follows', () => {
  it('renames and moves without an upload', async () => {
    const bench = await benchWith(['a.txt', 'old/b.txt', 'old/deep/c.txt'])
    const uploads = bench.queue.taken.length
    renameSync(bench.at('a.txt'), bench.at('z.txt'))
    await bench.look()
    bench.passHours(25)
    renameSync(bench.at('old'), bench.at('new'))
    await bench.look()
    expect(bench.remote).toEqual(['new/b.txt', 'new/deep/c.txt', 'z.txt'])
    expect(bench.queue.taken).toHaveLength(uploads)
    expect(bench.drive.changes).toEqual(['rename ou_li a.txt', 'rename ou_li old'])
  })

  it('makes folders that are empty', async () => {
    const bench = await benchWith(['a.txt'])
    mkdirSync(bench.at('empty/deep'), { recursive: true })
    await bench.look()
    const folders = [...bench.drive.nodes.values()].filter(({ type }) => type === 'folder')
    expect(folders.map(({ token }) => bench.drive.pathOf(token))).toEqual(['empty', 'empty/deep'])
  })

  it('puts a deleted file into the recycle bin after a day, and not when it is back', async () => {
    const bench = await benchWith(many)
    bench.remove('f00.txt')
    bench.remove('f01.txt')
    await bench.look()
    bench.passHours(23)
    bench.write('f01.txt', 'content of f01.txt')
    await bench.look()
    expect(bench.remote).toHaveLength(40)
    bench.passHours(1.1)
    await bench.look()
    expect(bench.drive.bin.map(({ name }) => name)).toEqual(['f00.txt'])
  })

  it('takes a deleted file that is back after a day for a new one', async () => {
    const bench = await benchWith(['a.txt'])
    bench.remove('a.txt')
    await bench.look()
    bench.passHours(25)
    await bench.look()
    expect(bench.remote).toEqual([])
    bench.write('a.txt', 'content of a.txt')
    await bench.look()
    expect(bench.remote).toEqual(['a.txt'])
  })

  it.each([
    ['the account of an app', {}, APP],
    ['a rule that does not follow', { follow: false }, PERSON],
  ])('deletes nothing with %s', async (_, more, identity) => {
    const bench = await benchWith(['a.txt', 'b.txt'], more, identity)
    bench.remove('a.txt')
    await bench.look()
    bench.passHours(100)
    await bench.look()
    expect(bench.remote).toEqual(['a.txt', 'b.txt'])
    expect(bench.steps()).toEqual([])
  })

  it('leaves a file that has become a link here', async () => {
    const bench = await benchWith(['a.txt', 'b.txt'])
    bench.remove('a.txt')
    symlinkSync(bench.at('b.txt'), bench.at('a.txt'))
    await bench.look()
    bench.passHours(100)
    await bench.look()
    expect(bench.remote).toEqual(['a.txt', 'b.txt'])
  })

  it('does nothing while a file can not be read', async () => {
    const trouble = { path: '' }
    const bench = await benchWith(many, {}, PERSON, async (path) => {
      if (path !== trouble.path) return
      throw Object.assign(new Error('no'), { code: 'EACCES', syscall: 'open' })
    })
    trouble.path = bench.at('locked.txt')
    bench.write('locked.txt', 'unreadable')
    renameSync(bench.at('f00.txt'), bench.at('z.txt'))
    bench.remove('f01.txt')
    await bench.look()
    expect(bench.steps()).toEqual([])
    trouble.path = ''
    bench.write('locked.txt', 'readable')
    await expect
      .poll(async () => {
        await bench.look()
        return bench.remote
      })
      .toEqual([...many.slice(1), 'locked.txt', 'z.txt'])
    expect(bench.steps().map(({ kind }) => kind)).toContain('trash')
  })
})

describe('a right that is missing', () => {
  it('is asked for again after a quarter of an hour, without a word of a person', async () => {
    const bench = await benchWith(['a.txt'])
    bench.drive.refusals.set('rename', 99991679)
    renameSync(bench.at('a.txt'), bench.at('b.txt'))
    await bench.look()
    expect(bench.steps()).toMatchObject([{ state: 'left', error: { code: 99991679 } }])
    const calls = bench.drive.calls
    await bench.look()
    expect(bench.drive.calls).toBe(calls)
    bench.drive.refusals.clear()
    bench.passHours(0.3)
    await bench.look()
    expect(bench.remote).toEqual(['b.txt'])
  })
})

it('leaves nothing behind of a rule that is gone, and of its unanswered call after a week', async () => {
  const bench = await benchWith(many)
  bench.remove('f00.txt')
  bench.remove('f01.txt')
  await bench.look()
  const { follow } = bench.stores
  const [first] = bench.steps()
  follow.note(first?.id ?? 0, 'calling')
  follow.keepOnly([bench.rule.id], bench.clock.nowMs())
  expect(bench.steps()).toHaveLength(2)
  follow.keepOnly([], bench.clock.nowMs())
  expect(bench.steps()).toMatchObject([{ state: 'calling' }])
  expect(follow.record(bench.rule.id)).toBeUndefined()
  bench.passHours(24 * 7 + 1)
  follow.keepOnly([], bench.clock.nowMs())
  expect(bench.steps()).toEqual([])
})

describe('too much at once', () => {
  it('waits for a person: everything is renamed', async () => {
    const bench = await benchWith(many)
    for (const name of many) renameSync(bench.at(name), bench.at(`${name}.locked`))
    await bench.look()
    expect(bench.stop?.kind).toBe('limit')
    expect(bench.drive.changes).toEqual([])
    expect(bench.problems).toMatchObject([{ error: { code: 'follow-limit' } }])
    await bench.approve()
    await bench.look()
    expect(bench.remote).toEqual(many.map((name) => `${name}.locked`))
    expect(bench.stop).toBeNull()
  })

  it('waits for a person: everything is changed, and would replace what is there', async () => {
    const bench = await benchWith(many, { onChange: 'overwrite' })
    for (const name of many) bench.write(name, `encrypted content of ${name}`)
    await bench.service.sweepOnce()
    expect(bench.drive.changes).toHaveLength(4)
    expect(bench.stop?.kind).toBe('limit')
    const waiting = bench.service.waiting().filter(({ reason }) => reason === 'approval')
    expect(waiting).toHaveLength(36)
    await bench.approve()
    await bench.look()
    expect(bench.drive.changes).toHaveLength(40)
  })
})

describe('a clock that is set', () => {
  const DAY_MS = 24 * 3_600_000

  it('does not shorten the day before a deletion, when it was behind at first', async () => {
    const bench = await benchWith(many, { follow: false })
    bench.ahead.ms = -2 * DAY_MS
    await bench.follow()
    await bench.look()
    bench.remove('f00.txt')
    await bench.look()
    bench.ahead.ms = 0
    await bench.look()
    bench.passHours(23.9)
    await bench.look()
    expect(bench.drive.bin).toEqual([])
    bench.passHours(0.2)
    await bench.look()
    expect(bench.drive.bin.map(({ name }) => name)).toEqual(['f00.txt'])
  })

  it('does not begin that day before Feishu has told its time', async () => {
    const bench = await benchWith(many)
    const looks = bench.drive.mute()
    bench.remove('f00.txt')
    await bench.look()
    bench.passHours(30)
    await bench.look()
    expect(bench.steps()).toMatchObject([{ kind: 'trash', state: 'planned', dueAtMs: null }])
    looks.end()
    bench.passHours(1)
    await bench.look()
    bench.passHours(23.9)
    await bench.look()
    expect(bench.drive.bin).toEqual([])
    bench.passHours(0.2)
    await bench.look()
    expect(bench.drive.bin).toHaveLength(1)
  })

  it('approves nothing that is done after it is right again', async () => {
    const bench = await benchWith(many)
    bench.ahead.ms = 365 * DAY_MS
    await bench.approve()
    bench.ahead.ms = 0
    for (const name of many) renameSync(bench.at(name), bench.at(`${name}.locked`))
    await bench.look()
    expect(bench.stop?.kind).toBe('limit')
    expect(bench.drive.changes).toEqual([])
  })

  it('lets a person approve what was planned while it was ahead', async () => {
    const bench = await benchWith(many)
    bench.ahead.ms = 365 * DAY_MS
    for (const name of many) renameSync(bench.at(name), bench.at(`${name}.locked`))
    await bench.look()
    bench.ahead.ms = 0
    await bench.look()
    expect(bench.stop?.kind).toBe('limit')
    await bench.approve()
    await bench.look()
    expect(bench.remote).toEqual(many.map((name) => `${name}.locked`))
  })

  it('does not start the 24 hours of the limit again', async () => {
    const bench = await benchWith(many)
    const rename = async (from: number, to: number) => {
      for (const name of many.slice(from, to)) renameSync(bench.at(name), bench.at(`${name}.2`))
      await bench.look()
    }
    await rename(0, 4)
    expect(bench.drive.changes).toHaveLength(4)
    bench.ahead.ms = 2 * DAY_MS
    await rename(4, 8)
    expect(bench.drive.changes).toHaveLength(4)
    expect(bench.stop?.kind).toBe('limit')
  })

  it('lets no more files be replaced than the limit allows in 24 hours', async () => {
    const bench = await benchWith(['a.txt', 'b.txt'], { onChange: 'overwrite' })
    bench.drive.looks += 1 // Feishu has told its time.
    bench.write('a.txt', 'new content')
    await bench.service.sweepOnce()
    expect(bench.drive.changes).toEqual(['replace ou_li a.txt'])
    bench.ahead.ms = 2 * DAY_MS
    bench.write('b.txt', 'new content')
    await bench.service.sweepOnce()
    expect(bench.drive.changes).toHaveLength(1)
    expect(bench.stop?.kind).toBe('limit')
  })

  it('deletes nothing that a colleague has changed, although it was ahead at the upload', async () => {
    const bench = openFollowBench({ follow: false })
    bench.ahead.ms = DAY_MS
    for (const name of many.slice(0, 20)) bench.write(name, `content of ${name}`)
    await bench.service.sweepOnce()
    bench.ahead.ms = 0
    await bench.follow()
    await bench.look()
    const theirs = [...bench.drive.nodes.values()].find(({ name }) => name === 'f00.txt')
    bench.drive.touch(theirs?.token ?? '', { modifiedAtMs: bench.clock.nowMs() + DAY_MS / 2 })
    bench.remove('f00.txt')
    bench.remove('f01.txt')
    await bench.look()
    bench.passHours(25)
    await bench.look()
    expect(bench.drive.bin.map(({ name }) => name)).toEqual(['f01.txt'])
    expect(bench.steps()).toMatchObject([
      { path: 'f00.txt', state: 'left', error: { code: 'follow-changed-there' } },
      { path: 'f01.txt', state: 'done' },
    ])
  })

  it('deletes nothing that had gone before following began, although it was ahead then', async () => {
    const bench = await benchWith(many, { follow: false })
    bench.ahead.ms = DAY_MS
    bench.remove('f00.txt')
    await bench.look()
    bench.ahead.ms = 0
    await bench.follow()
    await bench.look()
    bench.passHours(100)
    await bench.look()
    expect(bench.steps()).toEqual([])
  })
})

describe('another folder in the place of the watched one', () => {
  it('stops following, and what is missing in it stays in Feishu after it was agreed to', async () => {
    const bench = await benchWith(['a.txt', 'b.txt'])
    renameSync(bench.root, `${bench.root}-away`)
    mkdirSync(bench.root)
    bench.write('a.txt', 'content of a.txt')
    await bench.look()
    expect(bench.stop).toMatchObject({ kind: 'folder-changed', paths: [''] })
    await bench.approve()
    await bench.look()
    bench.passHours(100)
    await bench.look()
    expect(bench.stop).toBeNull()
    expect(bench.drive.bin).toEqual([])
  })

  it('stops following where a drive in it has gone and left its empty mount point', async () => {
    const bench = await benchWith(['a.txt', 'drive/b.txt'])
    const record = bench.stores.follow.record(bench.rule.id)
    if (record === undefined) throw new Error('does not follow')
    // As if a drive had begun there.
    bench.stores.follow.save(bench.rule.id, {
      ...record,
      pins: { ...record.pins, drive: '2.1763884800123456789' },
    })
    bench.remove('drive/b.txt')
    await bench.look()
    bench.passHours(100)
    await bench.look()
    expect(bench.stop).toMatchObject({ kind: 'folder-changed', paths: ['drive'] })
    expect(bench.remote).toEqual(['a.txt', 'drive/b.txt'])
  })

  it('stops following when a real drive goes, is another one, or comes back', async (test) => {
    const bench = openFollowBench()
    const drive = bench.at('drive')
    mkdirSync(drive)
    const mount = () => execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', drive], { stdio: 'ignore' })
    const unmount = () => execFileSync('umount', ['--lazy', drive], { stdio: 'ignore' })
    try {
      mount()
    } catch {
      test.skip('only root can mount a drive')
    }
    onTestFinished(() => void spawnSync('umount', ['--lazy', drive]))
    for (const name of ['a.txt', 'drive/b.txt', 'drive/c.txt']) bench.write(name, name)
    await bench.look()
    expect(bench.remote).toHaveLength(3)
    // The same drive without a file is one that a person has deleted something on.
    bench.remove('drive/c.txt')
    await bench.look()
    expect(bench.steps()).toMatchObject([{ kind: 'trash', path: 'drive/c.txt' }])

    unmount()
    await mountsAreReadAgain()
    bench.passHours(30)
    await bench.look()
    expect(bench.stop).toMatchObject({ kind: 'folder-changed', paths: ['drive'] })
    expect(bench.problems).toMatchObject([{ error: { code: 'follow-folder-changed' } }])
    mount()
    await mountsAreReadAgain()
    await bench.look()
    expect(bench.stop?.kind).toBe('folder-changed')
    expect(bench.drive.bin).toEqual([])

    // A person has agreed to this drive: files that it lacks were not deleted.
    await bench.approve()
    await bench.look()
    bench.passHours(30)
    await bench.look()
    expect(bench.stop).toBeNull()
    expect(bench.drive.bin).toEqual([])
  })
})

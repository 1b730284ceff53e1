import { mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canMount, mountDrive } from './mounts.ts'
import { aRule, FakeQueue, openBench, tempFolder } from './watch-kit.ts'

describe('the folder itself', () => {
  it('may be removed and come back: nothing is lost and nothing sent twice', async () => {
    const parent = tempFolder()
    const folder = join(parent, 'drive')
    mkdirSync(join(folder, 'sub'), { recursive: true })
    writeFileSync(join(folder, 'sub/a.txt'), 'a')
    const { service, queue, reaches } = openBench([aRule(folder)])
    service.start()
    await queue.has('sub/a.txt')
    await reaches('watching')
    renameSync(folder, join(parent, 'unplugged'))
    await reaches('root-missing')
    writeFileSync(join(parent, 'unplugged/sub/b.txt'), 'b')
    renameSync(join(parent, 'unplugged'), folder)
    await reaches('watching')
    await queue.has('sub/b.txt')
    writeFileSync(join(folder, 'sub/c.txt'), 'c')
    await queue.has('sub/c.txt')
    expect(queue.paths()).toEqual(['sub/a.txt', 'sub/b.txt', 'sub/c.txt'])
  })

  it('may be deleted and made again', async () => {
    const folder = join(tempFolder(), 'in')
    mkdirSync(folder)
    const { service, queue, reaches } = openBench([aRule(folder)])
    service.start()
    await reaches('watching')
    for (const round of [1, 2, 3]) {
      rmSync(folder, { recursive: true })
      await reaches('root-missing')
      mkdirSync(folder)
      writeFileSync(join(folder, `${round}.txt`), `round ${round}`)
      await queue.has(`${round}.txt`)
      await reaches('watching')
    }
  })

  it('may be replaced by another at once', async () => {
    const parent = tempFolder()
    const folder = join(parent, 'in')
    mkdirSync(folder)
    mkdirSync(join(parent, 'other'))
    writeFileSync(join(parent, 'other/x.txt'), 'x')
    const { service, queue, reaches } = openBench([aRule(folder)])
    service.start()
    await reaches('watching')
    renameSync(folder, join(parent, 'old'))
    renameSync(join(parent, 'other'), folder)
    await queue.has('x.txt')
    writeFileSync(join(folder, 'y.txt'), 'y')
    await queue.has('y.txt')
  })

  it('may be missing from the start', async () => {
    const folder = join(tempFolder(), 'later')
    const { service, queue, reaches } = openBench([aRule(folder)])
    service.start()
    await reaches('root-missing')
    mkdirSync(folder)
    writeFileSync(join(folder, 'a.txt'), 'a')
    await queue.has('a.txt')
  })

  it('missing does not keep a single look from ending', async () => {
    const { service } = openBench([aRule('/nowhere/at/all')])
    const { states } = await service.sweepOnce()
    expect(states.get('r1')).toEqual({ kind: 'root-missing' })
  })
})

describe.skipIf(process.platform === 'win32')('a folder that leads elsewhere than it did', () => {
  it.each([
    ['because it was replaced by a link', false],
    ['because the link that it is was changed', true],
  ])('%s: nothing goes up until a person confirms it', async (_, isLink) => {
    const parent = tempFolder()
    const [folder, first, other] = ['in', 'first', 'other'].map((name) => join(parent, name))
    if (!folder || !first || !other) throw new Error()
    for (const dir of [first, other]) mkdirSync(dir)
    if (isLink) symlinkSync(first, folder)
    else renameSync(first, folder)
    writeFileSync(join(folder, 'a.txt'), 'a')
    writeFileSync(join(other, 'secret.txt'), 'secret')
    const rule = aRule(folder, { createdAtMs: 0, realFolder: realpathSync(folder) })
    const { service, queue, reaches } = openBench([rule])
    service.start()
    await queue.has('a.txt')
    await reaches('watching')
    if (isLink) rmSync(folder)
    else renameSync(folder, first)
    symlinkSync(other, folder)
    expect(await reaches('root-replaced')).toEqual({ kind: 'root-replaced', path: other })
    const { handedOver } = await service.sweepOnce()
    expect([handedOver, queue.paths()]).toEqual([0, ['a.txt']])
    await service.setRules([{ ...rule, realFolder: other }])
    await queue.has('secret.txt')
    await reaches('watching')
    writeFileSync(join(folder, 'later.txt'), 'later')
    await queue.has('later.txt')
  })
})

describe.skipIf(!canMount)('a drive', () => {
  it('that leaves an empty folder behind is not connected, also after a restart', async () => {
    const folder = tempFolder()
    const unmount = mountDrive(folder)
    writeFileSync(join(folder, 'a.txt'), 'a')
    const home = tempFolder('feidi-home-')
    const rule = aRule(folder)
    const first = openBench([rule], { home })
    first.service.start()
    await first.queue.has('a.txt')
    await first.reaches('watching')
    unmount()
    await first.reaches('root-missing')
    await first.service.stop()
    const second = openBench([rule], { home })
    expect((await second.service.sweepOnce()).states.get('r1')).toEqual({ kind: 'root-missing' })
    mountDrive(folder)
    writeFileSync(join(folder, 'b.txt'), 'b')
    second.service.start()
    await second.queue.has('b.txt')
  })

  it('that is empty is there, and so is a folder that was emptied', async () => {
    const folder = tempFolder()
    const drive = tempFolder()
    mountDrive(drive)
    writeFileSync(join(folder, 'a.txt'), 'a')
    const { service, reaches, settle } = openBench([aRule(folder), aRule(drive, { id: 'drive' })])
    await settle()
    rmSync(join(folder, 'a.txt'))
    service.start()
    await Promise.all([reaches('watching'), reaches('watching', 'drive')])
  })
})

describe('folders in it', () => {
  it('may be deleted and made again under the same name', async () => {
    const folder = tempFolder()
    const { service, queue, reaches } = openBench([aRule(folder)])
    service.start()
    await reaches('watching')
    for (const round of [1, 2, 3]) {
      mkdirSync(join(folder, 'sub/deep'), { recursive: true })
      writeFileSync(join(folder, 'sub/deep', `${round}.txt`), `round ${round}`)
      await queue.has(`sub/deep/${round}.txt`)
      rmSync(join(folder, 'sub'), { recursive: true })
    }
    expect(queue.taken).toHaveLength(3)
  })

  it('may be moved in with all they hold', async () => {
    const folder = tempFolder()
    const elsewhere = tempFolder()
    for (let file = 0; file < 20; file++) {
      mkdirSync(join(elsewhere, `big/${file % 4}`), { recursive: true })
      writeFileSync(join(elsewhere, `big/${file % 4}/${file}.txt`), `${file}`)
    }
    const { service, queue, reaches } = openBench([aRule(folder)])
    service.start()
    await reaches('watching')
    renameSync(join(elsewhere, 'big'), join(folder, 'big'))
    await queue.until((taken) => taken.length === 20)
    writeFileSync(join(folder, 'big/3/more.txt'), 'more')
    await queue.has('big/3/more.txt')
  })
})

describe('a rule', () => {
  it('rests while it is paused, and catches up', async () => {
    const folder = tempFolder()
    const rule = aRule(folder)
    const { service, queue, reaches } = openBench([rule])
    service.start()
    await reaches('watching')
    await service.setRules([{ ...rule, enabled: false }])
    await reaches('paused')
    writeFileSync(join(folder, 'a.txt'), 'a')
    const { handedOver } = await service.sweepOnce()
    expect(handedOver).toBe(0)
    await service.setRules([rule])
    await queue.has('a.txt')
  })

  it('can be watched after a single look', async () => {
    const folder = tempFolder()
    const { service, queue, reaches } = openBench([aRule(folder)])
    await service.sweepOnce()
    service.start()
    await reaches('watching')
    writeFileSync(join(folder, 'a.txt'), 'a')
    await queue.has('a.txt')
  })

  it('that polls needs no events', async () => {
    const folder = tempFolder()
    const { service, queue, reaches } = openBench([aRule(folder, { noticing: 'polling' })], {
      timings: { pollEveryMs: 20 },
      openEvents: () => {
        throw new Error('asked for events')
      },
    })
    service.start()
    await reaches('watching')
    writeFileSync(join(folder, 'a.txt'), 'a')
    await queue.has('a.txt')
  })

  it('may be changed or removed while others go on', async () => {
    const [one, two] = [tempFolder(), tempFolder()]
    const queue = new FakeQueue()
    const rules = [aRule(one, { id: 'one' }), aRule(two, { id: 'two' })]
    const { service, reaches } = openBench(rules, { queue })
    service.start()
    await Promise.all([reaches('watching', 'one'), reaches('watching', 'two')])
    await service.setRules([aRule(two, { id: 'two', include: ['*.pdf'] })])
    await reaches('watching', 'two')
    writeFileSync(join(one, 'a.pdf'), 'a')
    writeFileSync(join(two, 'b.txt'), 'b')
    writeFileSync(join(two, 'c.pdf'), 'c')
    await queue.has('c.pdf')
    await service.sweepOnce()
    expect(queue.paths()).toEqual(['c.pdf'])
    expect([...service.states().keys()]).toEqual(['two'])
  })

  it('is one of twenty', async () => {
    const queue = new FakeQueue()
    const folders = Array.from({ length: 20 }, () => tempFolder())
    const rules = folders.map((folder, index) =>
      aRule(folder, { id: `r${index}`, destination: { kind: 'folder', folderToken: `f${index}` } }),
    )
    const { service, reaches } = openBench(rules, { queue })
    service.start()
    await Promise.all(rules.map(({ id }) => reaches('watching', id)))
    for (const [index, folder] of folders.entries()) {
      writeFileSync(join(folder, `${index}.txt`), `${index}`)
    }
    await queue.until((taken) => taken.length === 20)
    const pairs = queue.taken.map(({ path, candidate }) => [path, candidate.rule.id])
    expect(new Set(pairs.map(([path, id]) => `${path} ${id}`)).size).toBe(20)
    expect(pairs.every(([path, id]) => path === `${id?.slice(1)}.txt`)).toBe(true)
  })
})

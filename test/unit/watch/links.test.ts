import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileSources } from '#main/engine/source.ts'
import { whyLeftOut } from '#main/watch/scan/why-left-out.ts'
import { aRule, openBench, tempFolder } from './watch-kit.ts'

/** A folder with links to a file and a folder in it, out of it, in circles, and to nothing. */
function linkedTree() {
  const folder = tempFolder()
  const outside = tempFolder()
  writeFileSync(join(outside, 'secret.txt'), 'secret')
  mkdirSync(join(folder, 'real/inner'), { recursive: true })
  writeFileSync(join(folder, 'real/a.txt'), 'a')
  writeFileSync(join(folder, 'real/inner/b.txt'), 'b')
  symlinkSync('real/a.txt', join(folder, 'file-link'))
  symlinkSync('real', join(folder, 'folder-link'))
  symlinkSync(outside, join(folder, 'way-out'))
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'file-out'))
  symlinkSync('..', join(folder, 'real/up'))
  symlinkSync('self', join(folder, 'self'))
  symlinkSync('nowhere', join(folder, 'broken'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  return folder
}

describe('links', () => {
  it('are left alone unless the rule asks for them', async () => {
    const folder = linkedTree()
    const { settle, queue } = openBench([aRule(folder)])
    await settle()
    expect(queue.paths()).toEqual(['real/a.txt', 'real/inner/b.txt'])
  })

  it('are followed inside the folder only, and not in circles', async () => {
    const folder = linkedTree()
    const { service, settle, queue, reaches } = openBench([aRule(folder, { followLinks: true })])
    service.start()
    await reaches('watching')
    await settle()
    const first = ['file-link', 'folder-link/a.txt', 'folder-link/inner/b.txt']
    expect(queue.paths()).toEqual([...first, 'real/a.txt', 'real/inner/b.txt'])
    writeFileSync(join(folder, 'real/inner/c.txt'), 'c')
    await queue.has('real/inner/c.txt', 'folder-link/inner/c.txt')
  })

  it('are no way out of the folder for what is queued', async () => {
    const folder = tempFolder()
    const outside = tempFolder()
    for (const dir of [outside, join(folder, 'sub')]) {
      mkdirSync(dir, { recursive: true })
      for (const name of ['a.txt', 'b.txt']) writeFileSync(join(dir, name), dir)
    }
    symlinkSync('a.txt', join(folder, 'sub/link.txt'))
    const rule = aRule(folder, { followLinks: true, createdAtMs: 0, realFolder: folder })
    const { settle, queue } = openBench([rule])
    await settle()
    const real = Object.fromEntries(
      queue.taken.map(({ path, candidate }) => [path, candidate.realPath]),
    )
    expect(real).toEqual({
      'sub/a.txt': join(folder, 'sub/a.txt'),
      'sub/b.txt': join(folder, 'sub/b.txt'),
      'sub/link.txt': join(folder, 'sub/a.txt'),
    })
    renameSync(join(folder, 'sub'), join(folder, 'before'))
    symlinkSync(outside, join(folder, 'sub'))
    for (const { candidate } of queue.taken) {
      await expect(fileSources().inspect(candidate)).rejects.toMatchObject({
        code: 'source-redirected',
      })
    }
  })

  it('to the folder of a rule: events come from where it really is', async () => {
    const parent = tempFolder()
    const [folder, real] = [join(parent, 'link'), join(parent, 'real')]
    mkdirSync(join(real, 'sub'), { recursive: true })
    writeFileSync(join(real, 'old.txt'), 'old')
    symlinkSync(real, folder)
    const { service, queue, reaches } = openBench([aRule(folder, { createdAtMs: 0 })])
    service.start()
    await queue.has('old.txt')
    await reaches('watching')
    writeFileSync(join(folder, 'one.txt'), '1')
    writeFileSync(join(folder, 'sub/two.txt'), '2')
    writeFileSync(join(real, 'three.txt'), '3')
    writeFileSync(join(folder, 'old.txt'), 'changed')
    await queue.has('one.txt', 'sub/two.txt', 'three.txt')
    await queue.until((taken) => taken.some(({ content }) => content === 'changed'))
  })

  it('to a file: its change goes up under the name of the link too', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'versions'))
    mkdirSync(join(folder, 'current'))
    writeFileSync(join(folder, 'versions/plan.txt'), 'first')
    symlinkSync('../versions/plan.txt', join(folder, 'current/plan.txt'))
    const rule = aRule(folder, { followLinks: true, createdAtMs: 0 })
    const { service, queue, reaches } = openBench([rule])
    service.start()
    await queue.has('current/plan.txt', 'versions/plan.txt')
    await reaches('watching')
    const sent = (content: string) =>
      queue.until((taken) =>
        ['current/plan.txt', 'versions/plan.txt'].every((path) =>
          taken.some((one) => one.path === path && one.content === content),
        ),
      )
    writeFileSync(join(folder, 'versions/plan.txt'), 'second version')
    await sent('second version')
    writeFileSync(join(folder, 'versions/new.txt'), 'third, in its place')
    renameSync(join(folder, 'versions/new.txt'), join(folder, 'versions/plan.txt'))
    await sent('third, in its place')
  })

  it('to a folder that lead to another one now are followed there', async () => {
    const folder = tempFolder()
    for (const dir of ['v1', 'v2']) {
      mkdirSync(join(folder, dir))
      writeFileSync(join(folder, dir, `${dir}.txt`), dir)
    }
    symlinkSync('v1', join(folder, 'current'))
    const rule = aRule(folder, { followLinks: true, createdAtMs: 0 })
    const { service, queue, reaches } = openBench([rule])
    service.start()
    await queue.has('current/v1.txt')
    await reaches('watching')
    symlinkSync('v2', join(folder, 'next'))
    renameSync(join(folder, 'next'), join(folder, 'current'))
    await queue.has('current/v2.txt')
    await reaches('watching')
    writeFileSync(join(folder, 'v2/late.txt'), 'late')
    await queue.has('current/late.txt', 'v2/late.txt')
  })

  it.each([
    ['way-out', { kind: 'link-leads-out' }],
    ['way-out/secret.txt', { kind: 'link-leads-out' }],
    ['file-out', { kind: 'link-leads-out' }],
    ['real/up', { kind: 'link-loop' }],
    ['self', { kind: 'link-loop' }],
    ['broken', { kind: 'missing' }],
    ['pipe', { kind: 'not-a-file' }],
    ['../x', { kind: 'outside' }],
    ['folder-link/a.txt', undefined],
  ])('%s: %j', async (path, reason) => {
    const folder = linkedTree()
    const rule = aRule(folder, { followLinks: true })
    expect(await whyLeftOut(join(folder, path), rule)).toEqual(reason)
  })
})

describe('why something is left out', () => {
  it.each([
    ['a.tmp', { exclude: ['*.tmp'] }, { kind: 'excluded', pattern: '*.tmp' }],
    ['out/a.txt', { exclude: ['out/'] }, { kind: 'excluded', pattern: 'out/' }],
    ['out/a.txt', { recursive: false }, { kind: 'not-recursive' }],
    ['a.tmp', { exclude: [], include: ['*.pdf'] }, { kind: 'not-included' }],
    ['empty', {}, { kind: 'empty' }],
    ['a.tmp', { exclude: [], minimumBytes: 10 }, { kind: 'too-small', sizeBytes: 3 }],
    ['a.tmp', { exclude: [], maximumBytes: 2 }, { kind: 'too-large', sizeBytes: 3 }],
    ['out/a.txt', { include: ['out'] }, undefined],
  ] as const)('%s with %j', async (path, more, reason) => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'out'))
    for (const name of ['a.tmp', 'out/a.txt']) writeFileSync(join(folder, name), 'abc')
    writeFileSync(join(folder, 'empty'), '')
    expect(await whyLeftOut(join(folder, path), aRule(folder, more))).toEqual(reason)
    const { settle, queue } = openBench([aRule(folder, more)])
    await settle()
    expect(queue.paths().includes(path)).toBe(reason === undefined)
  })
})

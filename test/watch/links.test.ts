import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { whyLeftOut } from '#main/watch/why-left-out.ts'
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

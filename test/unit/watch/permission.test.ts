import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from './watch-kit.ts'
import { is, type Line, startWatcher, took } from './watcher-process.ts'

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

/** A watcher without root's right to read everything. */
function watchAsNobody(folder: string) {
  const home = tempFolder('feidi-home-')
  for (const path of [folder, home]) chmodSync(path, 0o777)
  chownSync(home, NOBODY, NOBODY)
  return startWatcher([folder, home, String(NOBODY)])
}

const named =
  (path: string, code: string) =>
  ({ problem }: Line) =>
    problem?.path === path && problem.code === code

describe.skipIf(!isRoot)('permission', () => {
  it('to read a folder is taken away and given back', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'closed'), { mode: 0o755 })
    writeFileSync(join(folder, 'closed/a.txt'), 'a')
    const { says } = watchAsNobody(folder)
    await says(took('closed/a.txt'))
    chmodSync(join(folder, 'closed'), 0o700)
    const { state } = await says(is('no-permission'))
    expect(state?.path).toBe(join(folder, 'closed'))
    writeFileSync(join(folder, 'closed/b.txt'), 'b')
    writeFileSync(join(folder, 'open.txt'), 'o')
    await says(took('open.txt'))
    chmodSync(join(folder, 'closed'), 0o755)
    await says(took('closed/b.txt'))
    await says(is('watching'))
    writeFileSync(join(folder, 'closed/c.txt'), 'c')
    await says(took('closed/c.txt'))
  })

  it('to look at the files of a folder is taken away and given back', async () => {
    const folder = tempFolder()
    const closed = join(folder, 'closed')
    mkdirSync(closed, { mode: 0o755 })
    writeFileSync(join(closed, 'a.txt'), 'a')
    const { says } = watchAsNobody(folder)
    await says(took('closed/a.txt'))
    // Its files can be listed, and that is all.
    chmodSync(closed, 0o744)
    writeFileSync(join(closed, 'b.txt'), 'b')
    await says(named(join(closed, 'b.txt'), 'source-unreadable'))
    chmodSync(closed, 0o755)
    // The one that was up already is not taken for a new one.
    expect(await says(took('closed/b.txt'))).toEqual({ taken: ['closed/b.txt'] })
  })

  it('to read a file is given', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'a.txt'), 'a', { mode: 0o600 })
    const { says } = watchAsNobody(folder)
    await says(named(join(folder, 'a.txt'), 'source-unreadable'))
    await says(is('no-permission'))
    chmodSync(join(folder, 'a.txt'), 0o644)
    await says(took('a.txt'))
  })

  it('to read the folder itself is taken away and given back', async () => {
    const folder = tempFolder()
    const { says } = watchAsNobody(folder)
    await says(is('watching'))
    chmodSync(folder, 0o700)
    await says(is('no-permission'))
    chmodSync(folder, 0o777)
    await says(is('watching'))
    writeFileSync(join(folder, 'a.txt'), 'a', { mode: 0o644 })
    await says(took('a.txt'))
  })
})

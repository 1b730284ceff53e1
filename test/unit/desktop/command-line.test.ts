import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesOfCommandLine, startsHidden } from '#main/desktop/command-line.ts'

let folder = ''
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'feidi-argv-')))
  await mkdir(join(folder, '照片'))
  await writeFile(join(folder, 'a b.txt'), 'x')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const filesOf = (...words: string[]) =>
  filesOfCommandLine({ argv: ['/opt/Feidi/feidi', ...words], workingDirectory: folder })

describe('a command line', () => {
  it('names files and folders, from where it was typed', () => {
    expect(filesOf('a b.txt', './照片', join(folder, 'a b.txt'))).toEqual([
      join(folder, 'a b.txt'),
      join(folder, '照片'),
    ])
  })

  it('may name them as URLs, as file managers do', () => {
    expect(filesOf(pathToFileURL(join(folder, 'a b.txt')).href)).toEqual([join(folder, 'a b.txt')])
    expect(filesOf('file://elsewhere/share/x', 'file:%00')).toEqual([])
  })

  it('has switches and other words in it, which are none', () => {
    expect(
      filesOf('--hidden', '--allow-file-access', '-psn_0_1', 'nothing here', '', 'a\0b'),
    ).toEqual([])
  })

  it('of a development Electron has our own file in it, which is none', () => {
    const argv = ['/node_modules/electron', '--inspect=0', 'out/main.js', '照片']
    const entry = join(folder, 'out/main.js')
    expect(filesOfCommandLine({ argv, workingDirectory: folder, entry })).toEqual([
      join(folder, '照片'),
    ])
    const dot = ['/node_modules/electron', '.', 'a b.txt']
    expect(filesOfCommandLine({ argv: dot, workingDirectory: folder, entry })).toEqual([
      join(folder, 'a b.txt'),
    ])
  })

  it('says whether a window is wanted', () => {
    expect(startsHidden(['feidi', '--hidden'])).toBe(true)
    expect(startsHidden(['feidi', 'hidden'])).toBe(false)
  })
})

import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aRule, openBench, tempFolder } from './watch-kit.ts'

const LONG = `${'x'.repeat(251)}.txt`
const LONG_CHINESE = `${'文'.repeat(83)}.txt`

/** Characters that no name on Windows has. */
const ONLY_ELSEWHERE = /[\\\n*?]/

const NAMES = [
  ['emoji', '🎉👩‍👩‍👧 party.png', '🎉👩‍👩‍👧 party.png'],
  ['255 bytes', LONG, LONG],
  ['255 bytes of Chinese', LONG_CHINESE, LONG_CHINESE],
  ['decomposed', 'cafe\u0301.txt', 'café.txt'],
  ['spaces and dots', ' .odd name. .txt', ' .odd name. .txt'],
  ['a backslash', 'a\\b.txt', 'a\\b.txt'],
  ['a line feed', 'a\nb.txt', 'a_b.txt'],
  ['patterns', '[a]*?{b}!.txt', '[a]*?{b}!.txt'],
  ['constructor', 'constructor', 'constructor'],
  ['__proto__', '__proto__', '__proto__'],
  // Windows opens these by their full path only, which is how Node asks for them.
  ['like a device of Windows, with an ending', 'nul.txt', 'nul.txt'],
  ['with a dot at the end', 'report.', 'report.'],
  ['with a space at the end', 'note ', 'note '],
].filter(([, name = '']) => process.platform !== 'win32' || !ONLY_ELSEWHERE.test(name))

describe('names', () => {
  it.each(NAMES)('%s', async (_what, name = '', remote = '') => {
    const folder = tempFolder()
    const bench = openBench([aRule(folder)])
    bench.service.start()
    await bench.reaches('watching')
    mkdirSync(join(folder, 'sub'))
    writeFileSync(join(folder, 'sub', name), 'x')
    await bench.queue.has(`sub/${name}`)
    expect(bench.queue.taken[0]?.remote).toBe(`sub/${remote}`)
    await bench.settle()
    expect(bench.queue.taken).toHaveLength(1)
  })

  it.skipIf(process.platform !== 'linux')('that are no text are told of, once', async () => {
    const folder = tempFolder()
    const raw = (name: number[]) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)])
    writeFileSync(raw([0xb9, 0xa4, 0xd7, 0xf7]), 'GBK')
    mkdirSync(raw([0xff, 0xfe]))
    writeFileSync(join(folder, 'good.txt'), 'x')
    writeFileSync(join(folder, '\uFFFD.txt'), 'odd, but a name')
    const { service, settle, queue } = openBench([aRule(folder)])
    const paths: string[] = []
    service.events.on('problem', ({ path, error }) => {
      expect(error.code).toBe('source-name-invalid')
      paths.push(path)
    })
    await settle()
    await settle()
    expect(queue.paths()).toEqual(['good.txt', '\uFFFD.txt'])
    expect(paths).toHaveLength(2)
  })

  it('that differ only in their form are two files', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'caf\u00e9.txt'), 'composed')
    writeFileSync(join(folder, 'cafe\u0301.txt'), 'decomposed')
    const twins = readdirSync(folder).length
    const { settle, queue } = openBench([aRule(folder)])
    await settle()
    await settle()
    expect(queue.taken).toHaveLength(twins)
  })

  it('that change only in case are no new file', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'Sub'))
    writeFileSync(join(folder, 'Sub', 'Read.me'), 'x')
    const { settle, queue } = openBench([aRule(folder)])
    await settle()
    renameSync(join(folder, 'Sub', 'Read.me'), join(folder, 'Sub', 'README'))
    await settle()
    renameSync(join(folder, 'Sub', 'README'), join(folder, 'Sub', 'readme'))
    renameSync(join(folder, 'Sub'), join(folder, 'sub'))
    await settle()
    expect(queue.taken).toHaveLength(1)
  })
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findSources } from '#main/engine/find-sources.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'
import { tempFolder } from '../watch/watch-kit.ts'

/** 报告 as GBK writes it: no valid UTF-8. */
const GBK = [0xb1, 0xa8, 0xb8, 0xe6]

describe('the files of a folder', () => {
  it.skipIf(process.platform !== 'linux')(
    'with names that are no text are told apart',
    async () => {
      const folder = tempFolder()
      const raw = (...path: number[]) =>
        Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path)])
      writeFileSync(raw(...GBK, ...Buffer.from('.txt')), 'GBK')
      mkdirSync(raw(...GBK))
      writeFileSync(
        raw(...GBK, ...Buffer.from('/inside.txt')),
        'in a folder that can not be opened',
      )
      writeFileSync(join(folder, '\uFFFD.txt'), 'odd, but a name')
      writeFileSync(join(folder, 'good.txt'), 'x')
      expect(await outcomes([folder])).toEqual([
        ['good.txt', 'queued'],
        ['\uFFFD.txt', 'queued'],
        ['\uFFFD\uFFFD\uFFFD\uFFFD.txt', 'source-name-invalid'],
        ['\uFFFD\uFFFD\uFFFD\uFFFD', 'source-name-invalid'],
      ])
    },
  )

  it('that are named and not there are missing, whatever the other names are', async () => {
    const folder = tempFolder()
    expect(await outcomes([join(folder, 'gone.txt')])).toEqual([['gone.txt', 'source-missing']])
    const named = join(folder, '\uFFFD\uFFFD.txt')
    expect(await outcomes([named])).toEqual([['\uFFFD\uFFFD.txt', 'source-name-invalid']])
  })
})

async function outcomes(paths: readonly string[]): Promise<[name: string, outcome: string][]> {
  const found: [string, string][] = []
  const options = {
    clock: new FakeClock(),
    destination: { kind: 'folder', folderToken: 'fldcnTest' },
    signal: new AbortController().signal,
  } as const
  for await (const { fileName, state } of findSources(paths, options)) {
    found.push([fileName, String(state?.error?.code ?? 'queued')])
  }
  return found
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { RulePreviews } from '#main/app/watching/rule-previews.ts'
import { systemClock } from '#main/lib/clock.ts'
import { steadyMsUntil } from '#test/kit/feidi/steady-steps.ts'

const PAGE = { offset: 0, limit: 100 }

function folderWith(files: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'feidi-preview-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (let index = 0; index < files; index++) writeFileSync(join(folder, `${index}.txt`), 'x')
  return folder
}

function ruleFor(folder: string, exclude: readonly string[] = []) {
  const rule = {
    folder,
    recursive: true,
    include: [],
    exclude,
    followLinks: false,
    allowSensitive: false,
  }
  return { ...rule, minimumBytes: 1, maximumBytes: undefined }
}

function openPreviews(): RulePreviews {
  const previews = new RulePreviews(systemClock)
  onTestFinished(() => previews.close())
  return previews
}

describe('previews of rules', () => {
  it('begin anew when the rule is another one', async () => {
    const previews = openPreviews()
    const folder = folderWith(5)
    expect(await previews.ask('a', ruleFor(folder), PAGE)).toMatchObject({ files: 5 })
    const narrower = await previews.ask('a', ruleFor(folder, ['1.txt']), PAGE)
    expect(narrower).toMatchObject({ files: 4, leftOutFiles: 1, progress: 'complete' })
  })

  it('list a bounded part of what is left out, and count all of it', async () => {
    const previews = openPreviews()
    const folder = folderWith(2_100)
    const rule = ruleFor(folder, ['*.txt'])
    let found = await previews.ask('a', rule, PAGE)
    while (found.progress === 'counting') found = await previews.ask('a', rule, PAGE)
    expect(found).toMatchObject({ files: 0, leftOutFiles: 2_100, listed: 2_000 })
    expect(found.leftOut).toHaveLength(100)
  })

  it('answer after a moment with what was counted, and go on until all is', async () => {
    const previews = openPreviews()
    const folder = folderWith(0)
    for (let index = 0; index < 1_500; index++) {
      mkdirSync(join(folder, `d${index}`))
      for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, `d${index}`, name), 'x')
    }
    const rule = ruleFor(folder, ['c'])
    const asking = previews.ask('a', rule, PAGE)
    expect(await steadyMsUntil(asking)).toBeLessThan(2_000)
    let found = await asking
    let before = -1
    while (found.progress === 'counting') {
      expect(found.files).toBeGreaterThanOrEqual(before)
      before = found.files
      found = await previews.ask('a', rule, PAGE)
    }
    expect(found).toMatchObject({ files: 3_000, leftOutFiles: 1_500, progress: 'complete' })
  })

  it('of many pages at once leave room for the newest', async () => {
    const previews = openPreviews()
    const folder = folderWith(3)
    const ids = Array.from({ length: 30 }, (_, index) => `page-${index}`)
    const found = await Promise.all(ids.map((id) => previews.ask(id, ruleFor(folder), PAGE)))
    expect(found.at(-1)).toMatchObject({ files: 3, progress: 'complete' })
  })

  it('say why a folder can not be read', async () => {
    const previews = openPreviews()
    const rule = ruleFor(join(folderWith(0), 'nowhere'))
    await expect(previews.ask('a', rule, PAGE)).rejects.toMatchObject({
      code: 'rule-folder-missing',
    })
  })
})

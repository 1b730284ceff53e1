import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fitRule } from '#main/app/watching/fit-rule.ts'
import { openRules } from '#main/store/rule-store.ts'
import { aRule } from '../watch/watch-parts.ts'

it('a rule remembers where its folder really was when it was made', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'feidi-fit-')))
  try {
    const [home, real, link] = ['home', 'real', 'link'].map((name) => join(root, name))
    for (const dir of [home, real]) mkdirSync(dir ?? '')
    symlinkSync(real ?? '', link ?? '')
    const options = { others: [], home: home ?? '', isNoticingSaid: true }
    const { rule } = await fitRule(aRule(link ?? ''), options)
    const { id } = openRules(home ?? '').add(rule, 1)
    expect(openRules(home ?? '').get(id)).toMatchObject({ folder: link, realFolder: real })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})

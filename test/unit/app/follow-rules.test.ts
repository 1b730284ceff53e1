import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { followRules } from '#main/app/watching/follow-rules.ts'
import { openRules } from '#main/store/rule-store.ts'
import type { TransferError } from '#shared/errors/transfer-error.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { makeTempFolder } from '../store/store-kit.ts'
import { aRule } from '../watch/watch-parts.ts'

it('leaves a file alone that a person is in the middle of saving, and takes over what they saved', async () => {
  const home = makeTempFolder()
  const file = join(home, 'settings.json')
  writeFileSync(file, JSON.stringify({ version: 2, watchRules: [] }))
  const failed = Promise.withResolvers<TransferError>()
  const changed = Promise.withResolvers<readonly WatchRule[]>()
  onTestFinished(followRules(openRules(home), { failed: failed.resolve, changed: changed.resolve }))
  const text = JSON.stringify({ version: 2, watchRules: [aRule('/photos')] })
  const half = text.slice(0, text.length / 2)
  // The follower may not have had its first look yet.
  const saving = setInterval(() => writeFileSync(file, half), 300)
  expect(await failed.promise).toMatchObject({ code: 'settings-damaged' })
  clearInterval(saving)
  expect(readFileSync(file, 'utf8')).toBe(half)
  writeFileSync(file, text)
  expect(await changed.promise).toMatchObject([{ folder: '/photos' }])
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { RulePreviews } from '#main/app/watching/rule-previews.ts'
import { systemClock } from '#main/lib/clock.ts'
import { checkRule } from '#main/watch/check-rule.ts'
import { whyLeftOut } from '#main/watch/scan/why-left-out.ts'
import { aRule, openBench, tempFolder } from './watch-kit.ts'

function folderWithKeys(): string {
  const folder = tempFolder()
  mkdirSync(join(folder, '.ssh'))
  writeFileSync(join(folder, '.ssh', 'id_rsa'), 'x')
  writeFileSync(join(folder, 'ca.pem'), '-----BEGIN CERTIFICATE-----')
  writeFileSync(join(folder, 'key.pem'), '-----BEGIN PRIVATE KEY-----')
  writeFileSync(join(folder, 'notes.txt'), 'x')
  return folder
}

it('keys and passwords are left out of a rule, which says why', async () => {
  const folder = folderWithKeys()
  const rule = aRule(folder)
  const { settle, queue } = openBench([rule])
  await settle()
  expect(queue.paths()).toEqual(['ca.pem', 'notes.txt'])
  for (const path of ['.ssh/id_rsa', 'key.pem']) {
    expect(await whyLeftOut(join(folder, path), rule)).toEqual({ kind: 'sensitive' })
  }
  const previews = new RulePreviews(systemClock)
  const found = await previews.ask('p', rule, { offset: 0, limit: 0 })
  await previews.close()
  expect(found).toMatchObject({ files: 2, sensitiveFiles: 2, leftOutFiles: 2 })
  expect(found.sensitive.toSorted()).toEqual(['.ssh/id_rsa', 'key.pem'])
})

it('they go up where the rule allows it, also what lies in a folder that says it all', async () => {
  const folder = folderWithKeys()
  const { settle, queue } = openBench([aRule(folder, { allowSensitive: true })])
  await settle()
  expect(queue.paths()).toEqual(['.ssh/id_rsa', 'ca.pem', 'key.pem', 'notes.txt'])
  const keys = openBench([aRule(join(folder, '.ssh'))])
  await keys.settle()
  expect(keys.queue.paths()).toEqual([])
})

it('a whole home is not watched unless that is allowed', async () => {
  const home = tempFolder()
  vi.stubEnv('HOME', home)
  vi.stubEnv('USERPROFILE', home)
  const check = (more: object) => checkRule(aRule(home, more), [], tempFolder('feidi-own-'))
  expect(await check({})).toMatchObject([{ code: 'rule-folder-is-personal', isFatal: true }])
  expect(await check({ allowSensitive: true })).toEqual([])
  vi.unstubAllEnvs()
})

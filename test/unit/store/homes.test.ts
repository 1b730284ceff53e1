/** State files as released versions have left them (`test/homes`), opened by the present one. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openAccounts } from '#main/store/account-store.ts'
import { openStores } from '#main/store/open-stores.ts'
import { openRules } from '#main/store/rule-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { setAsideUnreleased } from '#main/store/unreleased-home.ts'
import { explain } from '#shared/errors/explain.ts'
import { errorInfo } from '#shared/errors/transfer-error.ts'
import { makeTempFolder } from './store-kit.ts'

const KEPT = join(import.meta.dirname, '../../homes')
const VERSIONS = readdirSync(KEPT).filter((name) => /^\d/.test(name))

function homeOf(version: string): string {
  const home = join(makeTempFolder(), 'home')
  mkdirSync(home, { mode: 0o700 })
  for (const name of readdirSync(join(KEPT, version))) {
    const content = gunzipSync(readFileSync(join(KEPT, version, name)))
    writeFileSync(join(home, name.replace(/\.gz$/, '')), content, { mode: 0o600 })
  }
  return home
}

it('keeps the state files of a version', () => expect(VERSIONS).not.toEqual([]))

describe.each(VERSIONS)('a home of version %s', (version) => {
  it('opens with all that is in it, or before 1.0 is set aside with words', async () => {
    const home = homeOf(version)
    const problem = setAsideUnreleased(home)
    if (problem !== undefined) {
      expect(version).toMatch(/^0\./)
      expect(problem.code).toBe('home-set-aside')
      const { message, remedy } = explain(errorInfo(problem, 0), 'en')
      expect(message + remedy).toContain(problem.context.detail)
      return
    }
    const accounts = openAccounts(home, keyFileBox(home))
    expect(accounts.inUse()?.appId).toBe('cli_demo')
    expect(await accounts.credentials(accounts.inUse()?.identity ?? '')).toMatchObject({
      appSecret: 'demo-secret',
    })
    expect(openRules(home).list()).toHaveLength(1)
    const stores = openStores(home)
    try {
      const done = { kinds: ['done'], search: [], order: 'end', descending: false } as const
      const uploaded = stores.windows.ended({ ...done, offset: 0, limit: 10 })
      expect(uploaded.map(({ transfer }) => transfer.fileName)).toEqual(['报告.txt', '单个.txt'])
    } finally {
      stores.close()
    }
  })
})

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { claimHome } from '#main/store/claim-home.ts'
import { copyStores } from '#main/store/copy-stores.ts'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
import { openStores } from '#main/store/open-stores.ts'
import { openRules } from '#main/store/rule-store.ts'
import { SCHEMA_VERSION } from '#main/store/schema.ts'
import { setAsideUnreleased } from '#main/store/unreleased-home.ts'
import { codeThrownBy, makeTempFolder } from './store-kit.ts'

const SETTINGS = JSON.stringify({ version: 1, account: { appId: 'cli_old' } })

/** As a test build leaves it when it is killed: the version of its schema is in the WAL alone. */
function aKilledHome(): string {
  const working = makeTempFolder()
  const stores = openStores(working)
  stores.memos.remember('lanes', 3)
  const database = new DatabaseSync(join(working, 'feidi.db'))
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION - 1}`)
  const home = aHome()
  for (const name of ['feidi.db', 'feidi.db-wal']) {
    copyFileSync(join(working, name), join(home, name))
  }
  database.close()
  stores.close()
  return home
}

function aHome(): string {
  const home = join(makeTempFolder(), 'home')
  mkdirSync(home)
  return home
}

const contentOf = (home: string) =>
  Object.fromEntries(
    readdirSync(home)
      .filter((name) => !name.endsWith('-shm'))
      .map((name) => [name, readFileSync(join(home, name)).toString('hex')]),
  )

describe('a home of an unreleased build', () => {
  it('is set aside whole, byte for byte, and a new one begins in its place', () => {
    const home = aKilledHome()
    writeFileSync(join(home, 'settings.json'), SETTINGS)
    const before = contentOf(home)
    const error = setAsideUnreleased(home)
    const [aside = ''] = readdirSync(dirname(home))
    expect(error).toMatchObject({
      code: 'home-set-aside',
      context: { detail: join(dirname(home), aside) },
    })
    expect(existsSync(home)).toBe(false)
    expect(contentOf(join(dirname(home), aside))).toEqual(before)
    expect(setAsideUnreleased(home)).toBeUndefined()
    mkdirSync(home)
    openStores(home).close()
    expect(openRules(home).list()).toEqual([])
    expect(setAsideUnreleased(home)).toBeUndefined()
  })

  it('is recognised by its settings where it never queued a file', () => {
    const home = aHome()
    writeFileSync(join(home, 'settings.json'), SETTINGS)
    expect(codeThrownBy(() => openRules(home).list())).toBe('home-unreleased')
    expect(setAsideUnreleased(home)?.code).toBe('home-set-aside')
  })

  it('is not opened by anything, and not changed', () => {
    const home = aKilledHome()
    const before = contentOf(home)
    for (const open of [openStores, openStoresReadOnly, copyStores]) {
      expect(codeThrownBy(() => open(home))).toBe('home-unreleased')
    }
    expect(contentOf(home)).toEqual(before)
  })

  it('stays where it is while the build that made it is at work', () => {
    const home = aKilledHome()
    const claim = claimHome(home, { command: 'Feidi', startedAtMs: 1, version: '0.1.0' })
    expect(setAsideUnreleased(home)).toBeUndefined()
    expect(existsSync(join(home, 'feidi.db'))).toBe(true)
    claim.release()
    expect(setAsideUnreleased(home)?.code).toBe('home-set-aside')
  })

  it('stays where it is when its folder can not be renamed, and that is said', () => {
    const home = join(makeTempFolder(), 'n'.repeat(250))
    renameSync(aKilledHome(), home)
    const before = contentOf(home)
    expect(setAsideUnreleased(home)).toMatchObject({
      code: 'home-unreleased',
      context: { detail: home },
    })
    expect(contentOf(home)).toEqual(before)
  })
})

it('what is damaged, or of this version, is not taken for an unreleased home', () => {
  const home = aHome()
  expect(setAsideUnreleased(home)).toBeUndefined()
  writeFileSync(join(home, 'feidi.db'), 'rubbish')
  writeFileSync(join(home, 'settings.json'), '{"version":')
  expect(setAsideUnreleased(home)).toBeUndefined()
  renameSync(join(home, 'feidi.db'), join(home, 'rubbish'))
  openStores(home).close()
  expect(setAsideUnreleased(home)).toBeUndefined()
})

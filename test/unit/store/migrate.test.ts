import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase, openDatabaseReadOnly } from '#main/store/database.ts'
import type { Migration } from '#main/store/migrate.ts'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
import { openStores } from '#main/store/open-stores.ts'
import { SCHEMA, SCHEMA_VERSION } from '#main/store/schema.ts'
import { aNewTransfer, codeThrownBy, makeTempFolder, openTempStores } from './store-kit.ts'

const addColumn: Migration = {
  name: 'a test',
  steps: [
    'ALTER TABLE memos ADD COLUMN seen INTEGER NOT NULL DEFAULT 0',
    (database) => void database.prepare('UPDATE memos SET seen = ?').run(7),
  ],
}

function aHomeWithMemo(): string {
  const home = makeTempFolder()
  const stores = openStores(home)
  stores.memos.remember('lanes', 3)
  stores.close()
  return home
}

function read(file: string, sql: string): unknown[] {
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare(sql).all()
  database.close()
  return rows
}

const versionOf = (home: string) => read(join(home, 'feidi.db'), 'PRAGMA user_version')

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

it('the schema has a number of its own: before 1.0 raise it, from then on add a migration', () => {
  const words = SCHEMA.replace(/--.*$/gm, '').split(/\s+/).filter(Boolean).join(' ')
  expect({ [SCHEMA_VERSION]: sha256(words).slice(0, 16) }).toEqual({ 29: 'b9d92faff739467d' })
})

it('a migration runs once, its steps in order, and all as it was before is kept, the latest only', () => {
  const home = aHomeWithMemo()
  const older = join(home, 'feidi.db.version-3')
  writeFileSync(older, '')
  for (const _ of ['first', 'second']) {
    const { database } = openDatabase(home, { migrations: [addColumn] })
    const rows = database.prepare('SELECT key, seen FROM memos').all()
    expect(rows).toEqual([{ key: 'lanes', seen: 7 }])
    database.prepare("INSERT OR REPLACE INTO memos (key, value) VALUES ('later', '1')").run()
    database.prepare("DELETE FROM memos WHERE key = 'later'").run()
    database.close()
    expect(versionOf(home)).toEqual([{ user_version: SCHEMA_VERSION + 1 }])
  }
  const kept = join(home, `feidi.db.version-${SCHEMA_VERSION}`)
  expect(read(kept, 'SELECT * FROM memos')).toEqual([{ key: 'lanes', value: '3' }])
  expect(existsSync(older)).toBe(false)
  if (process.platform !== 'win32') expect(statSync(kept).mode & 0o077).toBe(0)
})

it('a migration that fails leaves the version before, as it was', () => {
  const home = aHomeWithMemo()
  const failing: Migration = { name: 'fails', steps: ['DROP TABLE memos', 'SELECT nonsense'] }
  const migrations = [addColumn, failing]
  expect(codeThrownBy(() => openDatabase(home, { migrations }))).toBe('store-failed')
  expect(versionOf(home)).toEqual([{ user_version: SCHEMA_VERSION + 1 }])
  const { database } = openDatabase(home, { migrations: [addColumn] })
  expect(database.prepare('SELECT count(*) AS count FROM memos').get()).toEqual({ count: 1 })
  database.close()
})

it('a migration does not run for a process that only looks', () => {
  const home = aHomeWithMemo()
  const look = () => openDatabaseReadOnly(home, { migrations: [addColumn] })
  expect(codeThrownBy(look)).toBe('store-failed')
  expect(versionOf(home)).toEqual([{ user_version: SCHEMA_VERSION }])
})

it('a database newer than the program is refused, and not a byte of it or its WAL changes', () => {
  const hashesOf = (home: string) =>
    ['feidi.db', 'feidi.db-wal'].map((name) => sha256(readFileSync(join(home, name))))
  const home = makeTempFolder()
  const stores = openTempStores(home)
  stores.transfers.enqueue([aNewTransfer('a')], 'b1', 1)
  const newer = new DatabaseSync(join(home, 'feidi.db'))
  onTestFinished(() => newer.close())
  newer.exec('PRAGMA user_version = 99')
  // As a crash of the newer program would leave it: the version is in the WAL alone.
  const crashed = makeTempFolder()
  for (const name of ['feidi.db', 'feidi.db-wal']) {
    copyFileSync(join(home, name), join(crashed, name))
  }
  const before = hashesOf(crashed)
  expect(codeThrownBy(() => openStores(crashed))).toBe('store-newer')
  expect(codeThrownBy(() => openStoresReadOnly(crashed))).toBe('store-newer')
  expect(hashesOf(crashed)).toEqual(before)
})

import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase, openDatabaseReadOnly } from '#main/store/database.ts'
import { MIGRATIONS } from '#main/store/migrations/all.ts'
import type { Migration } from '#main/store/migrations/migration.ts'
import { openStores, openStoresReadOnly } from '#main/store/open-stores.ts'
import {
  aFingerprint,
  aLanding,
  aNewTransfer,
  anError,
  aPart,
  aTransaction,
  codeThrownBy,
  makeTempFolder,
  openTempStores,
} from './store-kit.ts'
import { makeVersion1 } from './version-1.ts'

const FIRST = MIGRATIONS.slice(0, 1)

/** No ctime was kept, so it is like no other: the content decides. */
const OLD = aFingerprint({ ctimeNs: '' })

function versionOf(home: string): unknown {
  const database = new DatabaseSync(join(home, 'feidi.db'), { readOnly: true })
  const row = database.prepare('PRAGMA user_version').get()
  database.close()
  return row?.['user_version']
}

function schemaOf(home: string, migrations: readonly Migration[]): unknown[] {
  const { database } = openDatabase(home, { migrations })
  onTestFinished(() => database.close())
  return database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()
}

describe('a database of version 1', () => {
  it('is what the first migration still makes', () => {
    const old = makeTempFolder()
    makeVersion1(join(old, 'feidi.db'))
    expect(schemaOf(old, FIRST)).toEqual(schemaOf(makeTempFolder(), FIRST))
  })

  it('is read by this program, row for row', () => {
    const home = makeTempFolder()
    makeVersion1(join(home, 'feidi.db'))
    const { transfers, copies, quota, folders, memos } = openTempStores(home)
    expect(versionOf(home)).toBe(MIGRATIONS.length)
    const [sending, waiting, done, failed] = transfers.list({}, { offset: 0, limit: 9 })
    expect(sending).toEqual({
      ...aNewTransfer('a.bin', { remoteFolders: ['一', '二'], fingerprint: OLD }),
      handling: {},
      id: '0000000rs-000000000001',
      queuedAtMs: 1000,
      state: { kind: 'sending' },
      sentBytes: 2 * 4_194_304,
    })
    expect(transfers.transaction('0000000rs-000000000001')).toEqual(
      aTransaction({ fingerprint: OLD }),
    )
    expect(transfers.acknowledgedParts('0000000rs-000000000001')).toEqual([
      aPart(0, { sha256: null }),
      aPart(1, { sha256: null }),
    ])
    expect(waiting?.state).toEqual({
      kind: 'waiting',
      reason: 'network',
      untilMs: 5000.5,
      error: anError,
    })
    expect(transfers.pendingLanding(waiting?.id ?? '')).toEqual(
      aLanding({ fingerprint: OLD, contentHash: null }),
    )
    expect(
      transfers.lastDone(
        done?.path ?? '',
        { kind: 'media', parentType: 'docx_file', parentNode: 'n' },
        [],
      ),
    ).toEqual({
      transfer: done,
      fingerprint: OLD,
      blockSizeBytes: 4_194_304,
      checksums: [1, 2, 4_294_967_295],
      contentHash: null,
    })
    expect(copies.holders(['boxcn1'])).toMatchObject([
      { path: done?.path, contentHash: null, proof: 'unproven', landedAtMs: 2000 },
    ])
    expect(failed?.state).toEqual({ kind: 'failed', error: { code: 'source-missing', atMs: 3 } })
    expect(transfers.counts({})).toMatchObject({
      byState: { sending: 1, waiting: 1, done: 1, failed: 1 },
    })
    expect(quota.callsUsed('cli_a1', 'part', '2026-01-01')).toBe(42)
    expect(folders.folderToken('me', 'root', 'Photos')).toBe('fldcnPhotos')
    expect(memos.recall('lanes')).toEqual({ n: 3 })
  })
})

describe('a further migration', () => {
  const addColumn: Migration = {
    name: '0002-test',
    steps: [
      'ALTER TABLE memos ADD COLUMN seen INTEGER NOT NULL DEFAULT 0',
      (database) => void database.prepare('UPDATE memos SET seen = ?').run(7),
    ],
  }

  it('runs once, steps in order, and keeps what is there', () => {
    const home = makeTempFolder()
    makeVersion1(join(home, 'feidi.db'))
    for (const _ of ['first', 'second']) {
      const { database } = openDatabase(home, { migrations: [...FIRST, addColumn] })
      expect(database.prepare('SELECT key, seen FROM memos').all()).toEqual([
        { key: 'lanes', seen: 7 },
      ])
      database.close()
      expect(versionOf(home)).toBe(2)
    }
  })

  it('that fails leaves the version before, as it was', () => {
    const home = makeTempFolder()
    makeVersion1(join(home, 'feidi.db'))
    const failing: Migration = { name: '0003-test', steps: ['DROP TABLE memos', 'SELECT nonsense'] }
    const migrations = [...FIRST, addColumn, failing]
    expect(codeThrownBy(() => openDatabase(home, { migrations }))).toBe('store-failed')
    expect(versionOf(home)).toBe(2)
    const { database } = openDatabase(home, { migrations: [...FIRST, addColumn] })
    expect(database.prepare('SELECT count(*) AS count FROM memos').get()).toEqual({ count: 1 })
    database.close()
  })

  it('is not run for somebody who only looks', () => {
    const home = makeTempFolder()
    makeVersion1(join(home, 'feidi.db'))
    const look = () => openDatabaseReadOnly(home, { migrations: [...FIRST, addColumn] })
    expect(codeThrownBy(look)).toBe('store-failed')
    expect(versionOf(home)).toBe(1)
  })
})

describe('a database newer than the program', () => {
  const hashesOf = (home: string) =>
    ['feidi.db', 'feidi.db-wal'].map((name) =>
      createHash('sha256')
        .update(readFileSync(join(home, name)))
        .digest('hex'),
    )

  it('is refused without changing a byte of it or its WAL', () => {
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
})

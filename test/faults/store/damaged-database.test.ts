import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import {
  aLanding,
  aNewTransfer,
  anError,
  aPart,
  aResult,
  aTransaction,
  codeThrownBy,
  errorThrownBy,
  makeTempFolder,
  openTempStores,
} from '#test/unit/store/store-kit.ts'

const PAGE_BYTES = 4_096
const PAGE = { offset: 0, limit: 1_000 }

/** A home with something in every table, closed in good order. */
function makeFilledHome(): string {
  const home = makeTempFolder()
  const { transfers, quota, folders, memos, close } = openTempStores(home)
  const items = Array.from({ length: 200 }, (_, index) => aNewTransfer(`file-${index}`))
  const ids = transfers.enqueue(items, 'b1', 1).map(({ id }) => id)
  const [sending = '', landing = '', done = '', failed = ''] = ids
  transfers.openTransaction(sending, aTransaction())
  for (let seq = 0; seq < 300; seq += 1) transfers.acknowledgePart(sending, aPart(seq))
  transfers.openLanding(landing, aLanding())
  transfers.complete(done, aResult('boxcn1', 5))
  transfers.saveState(failed, { kind: 'failed', error: anError })
  quota.countCall('app', 'part', 'day', 1)
  folders.saveFolder('me', 'root', 'a', 'A')
  memos.remember('key', { value: 1 })
  close()
  return home
}

const databaseOf = (home: string) => join(home, 'feidi.db')

function overwrite(file: string, position: number, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, bytes, 0, bytes.byteLength, position)
  closeSync(descriptor)
}

function readEverything({ transfers, receipts, quota, folders, memos }: Stores): void {
  transfers.counts({})
  transfers.nextWakeMs({})
  for (const { id } of transfers.list({}, PAGE)) {
    transfers.transaction(id)
    transfers.acknowledgedParts(id)
    transfers.pendingLanding(id)
    receipts.ofTransfer(id)
  }
  quota.usage('app', 'day')
  quota.lastCallAtMs('app', 'part')
  folders.folderToken('me', 'root', 'a')
  memos.recall('key')
}

/** Runs SQL on a closed database, past our own checks. */
function tamper(home: string, sql: string): void {
  const database = new DatabaseSync(databaseOf(home))
  database.exec(sql)
  database.close()
}

describe('a database that is none', () => {
  it.each([
    ['garbage', () => Buffer.alloc(10_000, 'garbage')],
    ['a short text', () => Buffer.from('{}')],
    ['nothing at all', () => Buffer.alloc(0)],
    ['its first page', (bytes: Buffer) => bytes.subarray(0, PAGE_BYTES)],
    ['half of it', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['half a page less', (bytes: Buffer) => bytes.subarray(0, bytes.length - PAGE_BYTES / 2)],
  ])('is refused and left alone: %s', (_, damage) => {
    const home = makeFilledHome()
    const file = databaseOf(home)
    writeFileSync(file, damage(readFileSync(file)))
    const before = readFileSync(file)
    const error = errorThrownBy(() => openStores(home, { wasUnclean: true }))
    expect(error.code).toBe('store-corrupt')
    expect(error.context.detail).toContain(file)
    expect(readFileSync(file)).toEqual(before)
  })

  it('is refused when it belongs to somebody else', () => {
    const home = makeTempFolder()
    tamper(home, 'CREATE TABLE theirs (a)')
    const before = readFileSync(databaseOf(home))
    expect(codeThrownBy(() => openStores(home))).toBe('store-corrupt')
    expect(codeThrownBy(() => openStoresReadOnly(home))).toBe('store-corrupt')
    expect(readFileSync(databaseOf(home))).toEqual(before)
  })

  it('is missed when only its WAL is left', () => {
    const home = makeTempFolder()
    const { transfers } = openTempStores(home)
    transfers.enqueue([aNewTransfer('a')], 'b1', 1)
    const orphaned = makeTempFolder()
    copyFileSync(`${databaseOf(home)}-wal`, `${databaseOf(orphaned)}-wal`)
    expect(codeThrownBy(() => openStores(orphaned))).toBe('store-corrupt')
    expect(statSync(databaseOf(orphaned), { throwIfNoEntry: false })).toBeUndefined()
  })
})

describe('a damaged page', () => {
  it('is found after an unclean end, whichever it is', () => {
    const home = makeFilledHome()
    const file = databaseOf(home)
    const intact = readFileSync(file)
    for (let page = 0; page < intact.length / PAGE_BYTES; page += 1) {
      overwrite(file, page * PAGE_BYTES, Buffer.alloc(PAGE_BYTES, 0xa5))
      const before = readFileSync(file)
      expect(
        codeThrownBy(() => openStores(home, { wasUnclean: true })),
        `page ${page}`,
      ).toBe('store-corrupt')
      expect(readFileSync(file)).toEqual(before)
      writeFileSync(file, intact)
    }
    openStores(home, { wasUnclean: true }).close()
  })

  it('is looked for without being told when a WAL was left behind', () => {
    const crashed = makeTempFolder()
    const home = makeFilledHome()
    const { transfers } = openTempStores(home)
    transfers.enqueue([aNewTransfer('one more')], 'b1', 1)
    copyFileSync(`${databaseOf(home)}-wal`, `${databaseOf(crashed)}-wal`)
    copyFileSync(databaseOf(home), databaseOf(crashed))
    const pages = statSync(databaseOf(crashed)).size / PAGE_BYTES
    for (const page of [pages - 2, pages - 1]) {
      overwrite(databaseOf(crashed), page * PAGE_BYTES, Buffer.alloc(PAGE_BYTES, 0xa5))
    }
    expect(codeThrownBy(() => openStores(crashed))).toBe('store-corrupt')
  })

  it('never shows as anything but an error of ours, wherever a byte flips', () => {
    const home = makeFilledHome()
    const file = databaseOf(home)
    const intact = readFileSync(file)
    const property = fc.property(
      fc.nat(intact.length - 1),
      fc.integer({ min: 1, max: 255 }),
      (position, flip) => {
        for (const sidecar of ['-wal', '-shm']) rmSync(file + sidecar, { force: true })
        writeFileSync(file, intact)
        overwrite(file, position, Uint8Array.of((intact[position] ?? 0) ^ flip))
        try {
          const stores = openStores(home)
          try {
            readEverything(stores)
          } finally {
            stores.close()
          }
        } catch (error) {
          if (!(error instanceof TransferError)) throw error
          // A damaged schema or header reads as a missing column or a file one may not write.
          const codes = ['store-corrupt', 'store-newer', 'store-failed', 'home-unwritable']
          // A damaged index: a listed id is not found again. No other error may be `internal`.
          if (error.code === 'internal') expect(error.message).toContain('no transfer')
          else expect(error.code).toBeOneOf(codes)
        }
      },
    )
    fc.assert(property, { numRuns: 150 })
  })
})

describe('a damaged row', () => {
  it.each([
    ["UPDATE transfers SET kind = 'dreaming'", 'get'],
    ["UPDATE transfers SET kind = 'waiting', until_ms = NULL", 'get'],
    ['UPDATE transfers SET destination = \'{"kind":"folder"}\'', 'get'],
    ["UPDATE transfers SET remote_folders = 'x'", 'get'],
    ["UPDATE transfers SET fingerprint = '[]'", 'get'],
    ['UPDATE transfers SET size_bytes = -1', 'get'],
    ['UPDATE transfers SET sent_bytes = 9007199254740993', 'get'],
    ["UPDATE transfers SET kind = 'failed', error = '{}'", 'get'],
    ["UPDATE transfers SET kind = 'failed', error = 'null'", 'get'],
    ["UPDATE transactions SET point = 'x'", 'transaction'],
    ['UPDATE parts SET seq = -1 - seq', 'acknowledgedParts'],
    ["UPDATE landings SET checksums = x'010203'", 'pendingLanding'],
    ["UPDATE landings SET call = 'other'", 'pendingLanding'],
  ] as const)('is reported by the one who reads it: %s', (sql, method) => {
    const home = makeTempFolder()
    const { transfers, close } = openTempStores(home)
    const [made] = transfers.enqueue([aNewTransfer('a')], 'b1', 1)
    const id = made?.id ?? ''
    transfers.openTransaction(id, aTransaction())
    transfers.acknowledgePart(id, aPart(0))
    transfers.openLanding(id, aLanding())
    close()
    tamper(home, sql)
    const reopened = openTempStores(home)
    const error = errorThrownBy(() => reopened.transfers[method](id))
    expect(error.code).toBe('store-corrupt')
    expect(error.context.detail).toContain(databaseOf(home))
  })

  it('is reported for receipts, tallies and memos too', () => {
    const home = makeFilledHome()
    tamper(
      home,
      `UPDATE receipts SET checksums = x'01';
       UPDATE tallies SET transfers = -1;
       UPDATE memos SET value = '{';`,
    )
    const { transfers, receipts, memos } = openTempStores(home)
    expect(codeThrownBy(() => [...receipts.all()])).toBe('store-corrupt')
    expect(codeThrownBy(() => transfers.counts({}))).toBe('store-corrupt')
    expect(codeThrownBy(() => memos.recall('key'))).toBe('store-corrupt')
  })

  it('is not what an error code of a later version is', () => {
    const home = makeFilledHome()
    tamper(
      home,
      `UPDATE transfers SET error = '{"code":"moon-phase","atMs":1}' WHERE kind = 'failed'`,
    )
    const [failed] = openTempStores(home).transfers.list({ kinds: ['failed'] }, PAGE)
    expect(failed?.state).toMatchObject({ error: { code: 'internal' } })
  })
})

describe('a database in the making', () => {
  it('that lost its end while closed is refused when it is next read', () => {
    const home = makeFilledHome()
    truncateSync(databaseOf(home), PAGE_BYTES * 3)
    const open = () => {
      const stores = openStores(home)
      try {
        readEverything(stores)
      } finally {
        stores.close()
      }
    }
    expect(codeThrownBy(open)).toBe('store-corrupt')
  })
})

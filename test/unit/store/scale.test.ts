/** The costs that 100,000 queued files must not have, checked without a stopwatch. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '#main/store/database.ts'
import { createFolderStore } from '#main/store/folder-store.ts'
import { createMemoStore } from '#main/store/memo-store.ts'
import { createQuotaStore } from '#main/store/quota-store.ts'
import { createTransferStore } from '#main/store/transfer-store.ts'
import { aNewTransfer, aPart, aTransaction, makeTempFolder, openTempStores } from './store-kit.ts'

/** All SQL the stores prepare, in a database they can be explained in. */
function preparedStatements(): { database: DatabaseSync; statements: string[] } {
  const { database } = openDatabase(makeTempFolder())
  onTestFinished(() => database.close())
  const statements: string[] = []
  const recorder = new Proxy(database, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name)
      return (sql: string) => {
        statements.push(sql)
        return target.prepare(sql)
      }
    },
  })
  const makers = [createTransferStore, createQuotaStore, createFolderStore, createMemoStore]
  for (const make of makers) make(recorder)
  return { database, statements }
}

describe('every statement', () => {
  it('searches an index; none walks a table or sorts', () => {
    const { database, statements } = preparedStatements()
    expect(statements.length).toBeGreaterThan(40)
    const walks = statements.flatMap((sql) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((row) => String(row['detail']))
        .filter((detail) =>
          /TEMP B-TREE|SCAN (transfers|parts|quota|folders|tallies|memos)/.test(detail),
        )
        // In the order asked for, from a partial index, up to its LIMIT.
        .filter((detail) => detail !== 'SCAN transfers USING INDEX transfers_ready')
        .map((detail) => `${detail} in ${sql}`),
    )
    expect(walks).toEqual([])
  })
})

describe('one acknowledged part', () => {
  function bytesWrittenPerAck(queued: number): number {
    const home = makeTempFolder()
    const { transfers } = openTempStores(home)
    const items = Array.from({ length: queued }, (_, index) => aNewTransfer(`file-${index}`))
    const [chosen] = transfers.enqueue(items, 'b1', 1).slice(queued / 2)
    const id = chosen?.id ?? ''
    transfers.openTransaction(id, aTransaction())
    const wal = join(home, 'feidi.db-wal')
    const before = statSync(wal).size
    // Fewer than would make SQLite start the WAL from its beginning again.
    for (let seq = 0; seq < 100; seq += 1) transfers.acknowledgePart(id, aPart(seq))
    return (statSync(wal).size - before) / 100
  }

  it('writes as much with 100 files in the queue as with 4,000', () => {
    const few = bytesWrittenPerAck(100)
    const many = bytesWrittenPerAck(4_000)
    expect(few).toBeGreaterThan(0)
    expect(many / few).toBeLessThan(1.1)
  })
})

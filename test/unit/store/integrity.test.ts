import { mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, type TestContext } from 'vitest'
import { integrityOf } from '#main/store/integrity.ts'

const PAGE_BYTES = 4_096

function databaseOf(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'feidi-integrity-'))
  test.onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'feidi.db')
  const database = new DatabaseSync(file)
  database.exec(`PRAGMA page_size = ${PAGE_BYTES}; CREATE TABLE facts (fact TEXT)`)
  const insert = database.prepare('INSERT INTO facts VALUES (?)')
  for (let row = 0; row < 500; row++) insert.run(`fact ${row} ${'x'.repeat(100)}`)
  database.close()
  return file
}

it('finds nothing wrong with a sound database, also while it is in use', async (test) => {
  const file = databaseOf(test)
  const inUse = new DatabaseSync(file)
  inUse.exec("PRAGMA journal_mode = WAL; INSERT INTO facts VALUES ('one more')")
  expect(await integrityOf(file)).toBe('ok')
  inUse.exec("INSERT INTO facts VALUES ('and another')")
  inUse.close()
})

it('says what is wrong with a damaged one, or that it can not be read', async (test) => {
  const file = databaseOf(test)
  writeSync(openSync(file, 'r+'), Buffer.alloc(PAGE_BYTES, 7), 0, PAGE_BYTES, 4 * PAGE_BYTES)
  const found = await integrityOf(file).catch(String)
  expect(found).not.toBe('ok')
  expect(found).not.toBe('')
  await expect(integrityOf(join(file, 'nowhere.db'))).rejects.toThrow()
})

import { z } from 'zod'
import type { MemoStore } from '#main/engine/ports.ts'
import type { Database } from './late-statements.ts'
import { jsonText, readRow } from './row-schemas.ts'

const memoSchema = jsonText(z.unknown())

/** Small facts by name. Remembering `undefined` forgets. */
export function createMemoStore(database: Database): MemoStore {
  const select = database.prepare('SELECT value FROM memos WHERE key = ?')
  const upsert = database.prepare('INSERT OR REPLACE INTO memos VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM memos WHERE key = ?')

  return {
    recall<T>(key: string): T | undefined {
      const row = select.get(key)
      if (row === undefined) return undefined
      return readRow(memoSchema, row['value'], `the memo ${key}`) as T
    },
    remember(key, value) {
      const text = JSON.stringify(value)
      if (text === undefined) remove.run(key)
      else upsert.run(key, text)
    },
  }
}

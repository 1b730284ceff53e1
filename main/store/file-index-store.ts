import { z } from 'zod'
import type { FileIndex, Standing } from '#main/watch/ports.ts'
import { prepareForgetIndexed } from './forget-index.ts'
import { inTransaction } from './in-transaction.ts'
import { prepareEndings } from './index-endings.ts'
import { createIndexScope } from './index-scope.ts'
import type { Database } from './late-statements.ts'
import { readRow } from './row-schemas.ts'
import { STANDING_NUMBERS } from './standings.ts'
import { withMappedErrors } from './store-errors.ts'
import { placeColumns } from './transfer-row.ts'

const scopeSchema = z.object({ key: z.number() })

/**
 * Creates the index of files that watching remembers: one scope per folder and destination.
 * @param file the database's, named in errors
 */
export function createFileIndexStore(database: Database, file: string): FileIndex {
  const select = database.prepare(
    'SELECT key FROM watch_scopes WHERE folder = ? AND destination = ?',
  )
  const insert = database.prepare(
    `INSERT INTO watch_scopes (folder, destination) VALUES (?, ?)
    ON CONFLICT (folder, destination) DO UPDATE SET folder = folder RETURNING key`,
  )
  const endings = prepareEndings(database)
  const selectCounts = database.prepare(`
    SELECT f.standing, count(*) AS files
    FROM watch_scopes s CROSS JOIN watch_dirs d ON d.scope = s.key
      CROSS JOIN watch_files f INDEXED BY watch_files_by_standing ON f.dir = d.key
    WHERE s.folder = ? AND s.destination = ? AND f.gone_at_ms IS NULL
    GROUP BY f.standing`)

  return {
    scope(folder, destination) {
      const { destination: text } = placeColumns(destination, [])
      const keyIn = (row: unknown) => readRow(scopeSchema, row, 'a watched folder').key
      const find = () => {
        const row = select.get(folder, text)
        return row && keyIn(row)
      }
      let key = find()
      const scopeKey = {
        folder,
        destination: text,
        // Before the first note there is no row, and no row has the key 0: looking leaves no trace.
        read: () => key ?? 0,
        write: () => {
          key ??= keyIn(insert.get(folder, text))
          return key
        },
        forget: () => {
          key = find()
        },
      }
      return withMappedErrors(file, createIndexScope(database, scopeKey))
    },
    counts(folder, destination) {
      const rows = selectCounts.all(folder, placeColumns(destination, []).destination)
      const found = new Map(rows.map((row) => [row['standing'], Number(row['files'])]))
      const counts = Object.entries(STANDING_NUMBERS).map(
        ([standing, number]) => [standing, found.get(number) ?? 0] as const,
      )
      return Object.fromEntries(counts) as Record<Standing, number>
    },
    forget: prepareForgetIndexed(database),
    transferDone: (transferId, version) =>
      inTransaction(database, () => endings.done(transferId, version)),
    transferFailed: (transferId) => inTransaction(database, () => endings.failed(transferId)),
    transferWithdrawn: (transferId) => inTransaction(database, () => endings.withdrawn(transferId)),
  }
}

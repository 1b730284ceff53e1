import type { Database } from './late-statements.ts'

/**
 * Runs `work` as one commit: all of it is on disk when this returns, none of it when it throws.
 * The write lock is taken at the start, so the commit can not fail halfway for want of it.
 */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite has already rolled back by itself after some failures, a full disk among them.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './in-transaction.ts'
import type { Migration } from './migrations/migration.ts'

/** How many migrations this database has been through. */
export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
}

/**
 * Brings a database up to date, one transaction per migration: after a crash it is at some version,
 * never between two.
 */
export function migrate(database: DatabaseSync, migrations: readonly Migration[]): void {
  const pending = [...migrations.entries()].slice(schemaVersion(database))
  for (const [index, migration] of pending) {
    inTransaction(database, () => {
      for (const step of migration.steps) {
        if (typeof step === 'string') database.exec(step)
        else step(database)
      }
      database.exec(`PRAGMA user_version = ${index + 1}`)
    })
  }
}

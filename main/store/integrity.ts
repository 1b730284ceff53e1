import type { DatabaseSync } from 'node:sqlite'

/** Findings that are told of; one is enough to know. */
const MOST_FINDINGS = 20

/** What SQLite finds wrong with a database; `ok` when it is nothing. Reads all of it. */
export function integrityOf(database: DatabaseSync): string {
  const rows = database.prepare(`PRAGMA integrity_check(${MOST_FINDINGS})`).all()
  return rows.map((row) => String(row['integrity_check'])).join('; ')
}

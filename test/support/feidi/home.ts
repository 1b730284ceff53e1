/** A look into a home, and facts put there before a test begins. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openStores } from '#main/store/open-stores.ts'

/** `upload_id seq` of every acknowledged part of an open transaction, as a killed process left them on disk. */
export function acknowledgedOnDisk(home: string): Set<string> {
  const rows = readCopy(
    home,
    'SELECT upload_id AS id, seq FROM parts JOIN transactions USING (transfer)',
  )
  return new Set(rows.map((row) => partKey(String(row['id']), Number(row['seq']))))
}

export function partKey(uploadId: string, seq: number): string {
  return `${uploadId} ${seq}`
}

/** Answers a query from a copy of the database, so that the home stays exactly as the kill left it. */
export function readCopy(home: string, sql: string): Record<string, unknown>[] {
  const copy = mkdtempSync(join(tmpdir(), 'feidi-home-copy-'))
  try {
    const files = existsSync(home) ? readdirSync(home) : []
    if (!files.includes('feidi.db')) return []
    for (const name of files.filter((file) => file.startsWith('feidi.db'))) {
      cpSync(join(home, name), join(copy, name))
    }
    const database = new DatabaseSync(join(copy, 'feidi.db'))
    try {
      const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'parts'").get()
      return known === undefined ? [] : database.prepare(sql).all()
    } finally {
      database.close()
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/** A line so slow that nothing may go up in one call. */
export function rememberSlowLine(home: string): void {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const stores = openStores(home)
  stores.memos.remember('uplink-bytes-per-second', 0.001)
  stores.close()
}

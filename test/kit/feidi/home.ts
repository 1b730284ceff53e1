/** A look into a home, and facts put there before a test begins. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { planUpload } from '#main/engine/plan-upload.ts'
import { systemClock } from '#main/lib/clock.ts'
import { DATABASE_NAME } from '#main/store/database.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import { quotaDay } from '#shared/transfer/quota-day.ts'

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
function readCopy(home: string, sql: string): Record<string, unknown>[] {
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

/** Calls that a home has counted, by endpoint: of all days, as a killed process left them on disk. */
export function countedCalls(home: string): Map<string, number> {
  const rows = readCopy(home, 'SELECT endpoint, sum(calls) AS calls FROM quota GROUP BY endpoint')
  return new Map(rows.map((row) => [String(row['endpoint']), Number(row['calls'])]))
}

/** Opens a home that no command has open, to put facts there. */
export function changeHome(home: string, change: (stores: Stores) => void): void {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const stores = openStores(home)
  try {
    change(stores)
  } finally {
    stores.close()
  }
}

/** Homes to copy from, by their names: to make the tables takes longer than many a test. */
const originals = new Map<string, string>()

/** Puts a database with all its tables into a home; `change` is made in it once for every name. */
export function layHome(home: string, name = 'new', change: (stores: Stores) => void = () => {}) {
  let original = originals.get(name)
  if (original === undefined) {
    original = mkdtempSync(join(tmpdir(), 'feidi-original-'))
    changeHome(original, change)
    originals.set(name, original)
  }
  mkdirSync(home, { recursive: true, mode: 0o700 })
  copyFileSync(join(original, DATABASE_NAME), join(home, DATABASE_NAME))
}

/** Feidi has found the line so slow that only files of up to so many bytes may go up in one call. */
export function rememberSlowLine(home: string, singleCallBytes: number): void {
  layHome(home, `slow line ${singleCallBytes}`, ({ memos }) => {
    memos.remember('uplink-bytes-per-second', singleCallBytes / 15)
  })
}

/** Files are queued for a folder, as a command that was killed right after has left them. */
export async function queueFiles(
  home: string,
  paths: readonly string[],
  folderToken: string,
): Promise<void> {
  const stores = openStores(home)
  const options = {
    store: stores.transfers,
    copies: stores.copies,
    clock: systemClock,
    destination: { kind: 'folder', folderToken } as const,
    batchId: 'queued',
    again: false,
    signal: new AbortController().signal,
  }
  for await (const _ of planUpload(paths, options));
  stores.close()
}

/** So many calls of the demo app to an endpoint have been counted on that day already. */
export function countCalls(
  { home, simulator }: { readonly home: string; readonly simulator: { readonly baseUrl: string } },
  endpoint: string,
  calls: number,
  nowMs: number,
): void {
  const appKey = `app:cli_demo@${new URL(simulator.baseUrl).host}`
  changeHome(home, () => {})
  const database = new DatabaseSync(join(home, 'feidi.db'))
  database
    .prepare(
      'INSERT INTO quota (app_key, endpoint, day_key, calls, last_at_ms) VALUES (?, ?, ?, ?, ?)',
    )
    .run(appKey, endpoint, quotaDay(nowMs), calls, nowMs - 60_000)
  database.close()
}

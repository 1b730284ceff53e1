import { chmodSync, closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { syncFolder } from '#main/lib/sync-folder.ts'
import { inTransaction } from './in-transaction.ts'
import { SCHEMA, SCHEMA_VERSION } from './schema.ts'

/** One change of the schema after version 1.0. Once released it is never edited: a further one follows. */
export interface Migration {
  readonly name: string
  /** SQL text, or a function where SQL alone does not do. Run in order, in one transaction. */
  readonly steps: readonly (string | ((database: DatabaseSync) => void))[]
}

/** In order; `user_version` is `SCHEMA_VERSION` and as many more as were run. */
export const MIGRATIONS: readonly Migration[] = []

/** The version a database has when all of these were run. */
export function versionAfter(migrations: readonly Migration[]): number {
  return SCHEMA_VERSION + migrations.length
}

export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
}

/** Gives an empty database its tables. */
export function makeSchema(database: DatabaseSync): void {
  inTransaction(database, () => {
    database.exec(SCHEMA)
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
  })
}

/**
 * Brings a database up to date, one transaction per migration: after a crash it is at some version,
 * never between two. Before the first one, all of it is kept as `FILE.version-N`, in place of older ones.
 */
export function migrate(
  database: DatabaseSync,
  file: string,
  migrations: readonly Migration[],
): void {
  const version = schemaVersion(database)
  const pending = migrations.slice(version - SCHEMA_VERSION)
  if (pending.length > 0) keepCopy(database, file, version)
  for (const [index, migration] of pending.entries()) {
    inTransaction(database, () => {
      for (const step of migration.steps) {
        if (typeof step === 'string') database.exec(step)
        else step(database)
      }
      database.exec(`PRAGMA user_version = ${version + index + 1}`)
    })
  }
}

/** Complete and on disk before it has its name. */
function keepCopy(database: DatabaseSync, file: string, version: number): void {
  const copy = `${file}.version-${version}`
  const aside = `${copy}.new`
  rmSync(aside, { force: true })
  database.prepare('VACUUM INTO ?').run(aside)
  chmodSync(aside, 0o600)
  const descriptor = openSync(aside, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(aside, copy)
  const folder = dirname(file)
  syncFolder(folder)
  for (const name of readdirSync(folder)) {
    const isOlder = name.startsWith(`${basename(file)}.version-`) && name !== basename(copy)
    if (isOlder) rmSync(join(folder, name), { force: true })
  }
}

import { chmodSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { syncFolder } from '#main/lib/sync-folder.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import {
  MIGRATIONS,
  type Migration,
  makeSchema,
  migrate,
  schemaVersion,
  versionAfter,
} from './migrate.ts'
import { SCHEMA_VERSION } from './schema.ts'
import { mappingErrors } from './store-errors.ts'

export const DATABASE_NAME = 'feidi.db'
/** "Feid" in ASCII: tells our database from any other SQLite file. */
const APPLICATION_ID = 0x46656964
/** Only a second Feidi of another version could ever make us wait; it does not hold locks for long. */
const BUSY_TIMEOUT_MS = 2_000
const CACHE_KIB = 16_384
/** The most that a burst of writing may leave in the WAL once it has been copied back. */
const WAL_LIMIT_BYTES = 4 * 1024 * 1024

export interface DatabaseOptions {
  /** The previous owner did not close it: check the whole file before trusting it. */
  readonly wasUnclean?: boolean
  /** Refuse to grow beyond so many 4 KiB pages. For tests of a full disk. */
  readonly maxPages?: number
  readonly migrations?: readonly Migration[]
}

export interface OpenedDatabase {
  readonly database: DatabaseSync
  readonly file: string
}

/**
 * Opens `feidi.db` in `home`, creates it when there is none and brings it up to date. A file that
 * is damaged, not ours, of an unreleased build or newer than this program is refused before a byte of it changes.
 */
export function openDatabase(home: string, options: DatabaseOptions = {}): OpenedDatabase {
  const file = databaseFile(home)
  const migrations = options.migrations ?? MIGRATIONS
  return mappingErrors(file, () => {
    if (isMissing(file)) create(file, options)
    inspect(file, migrations, options.wasUnclean === true || hasLeftoverWal(file))
    const database = connect(file, options)
    try {
      migrate(database, file, migrations)
      return { database, file }
    } catch (error) {
      database.close()
      throw error
    }
  })
}

/** Opens the database to look at it while another process may own it; undefined when there is none. */
export function openDatabaseReadOnly(
  home: string,
  { migrations = MIGRATIONS }: Pick<DatabaseOptions, 'migrations'> = {},
): OpenedDatabase | undefined {
  const file = databaseFile(home)
  return mappingErrors(file, () => {
    if (isMissing(file)) return undefined
    const database = connectReadOnly(file)
    try {
      const version = refuseForeign(database, file, migrations)
      const newest = versionAfter(migrations)
      if (version < newest) {
        const detail = `${file}: version ${version}, to be upgraded to ${newest} first`
        throw new TransferError('store-failed', { detail })
      }
      return { database, file }
    } catch (error) {
      database.close()
      throw error
    }
  })
}

function databaseFile(home: string): string {
  return join(home, DATABASE_NAME)
}

function walFile(file: string): string {
  return `${file}-wal`
}

/** A WAL without its database is what is left of a queue, not an empty one: that is refused. */
function isMissing(file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return false
  if (hasLeftoverWal(file)) {
    const detail = `${file}: missing, although ${walFile(file)} is there`
    throw new TransferError('store-corrupt', { detail })
  }
  return true
}

/** Checks for a WAL with content: the last connection to close would have removed it. */
function hasLeftoverWal(file: string): boolean {
  return (statSync(walFile(file), { throwIfNoEntry: false })?.size ?? 0) > 0
}

/**
 * Written aside and renamed when complete: an empty `feidi.db` is therefore never ours, and can be
 * reported instead of being taken for an empty queue.
 */
function create(file: string, options: DatabaseOptions): void {
  const aside = `${file}.new`
  for (const leftover of [aside, `${aside}-journal`, `${aside}-wal`, `${aside}-shm`]) {
    rmSync(leftover, { force: true })
  }
  const database = connect(aside, options)
  try {
    chmodSync(aside, 0o600) // paths and upload ids are private
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
    makeSchema(database)
  } finally {
    database.close()
  }
  rmSync(walFile(file), { force: true })
  renameSync(aside, file)
  syncFolder(dirname(file))
}

/**
 * Looks at the file through a read-only connection, which leaves it and its WAL as they are even
 * when it closes.
 */
function inspect(file: string, migrations: readonly Migration[], thoroughly: boolean): void {
  if (statSync(file).size === 0) {
    throw new TransferError('store-corrupt', { detail: `${file}: the file is empty` })
  }
  const database = connectReadOnly(file)
  try {
    refuseForeign(database, file, migrations)
    if (thoroughly) quickCheck(database, file)
  } finally {
    database.close()
  }
}

function refuseForeign(
  database: DatabaseSync,
  file: string,
  migrations: readonly Migration[],
): number {
  const applicationId = database.prepare('PRAGMA application_id').get()?.['application_id']
  const version = schemaVersion(database)
  // Complete before it got its name, a database of ours is never without a version.
  if (applicationId !== APPLICATION_ID || version < 1) {
    throw new TransferError('store-corrupt', { detail: `${file}: not a database of Feidi` })
  }
  if (version < SCHEMA_VERSION) {
    throw new TransferError('home-unreleased', { detail: dirname(file) })
  }
  const newest = versionAfter(migrations)
  if (version > newest) {
    const detail = `${file}: version ${version}, this program knows ${newest}`
    throw new TransferError('store-newer', { detail })
  }
  return version
}

function quickCheck(database: DatabaseSync, file: string): void {
  const finding = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
  if (finding !== 'ok') {
    throw new TransferError('store-corrupt', { detail: `${file}: ${String(finding)}` })
  }
}

function connectReadOnly(file: string): DatabaseSync {
  return new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
}

function connect(file: string, options: DatabaseOptions): DatabaseSync {
  const database = new DatabaseSync(file, {
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
  })
  try {
    // FULL and the two fullfsync: a commit outlives a power cut, on macOS too.
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA fullfsync = ON;
      PRAGMA checkpoint_fullfsync = ON;
      PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES};
      PRAGMA cache_size = -${CACHE_KIB};
      PRAGMA temp_store = MEMORY;
    `)
    if (options.maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${options.maxPages}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

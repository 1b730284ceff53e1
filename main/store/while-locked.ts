import { DatabaseSync } from 'node:sqlite'

/** The work under such a lock takes milliseconds. */
const LOCK_TIMEOUT_MS = 3_000

/**
 * Runs `work` while no other process does the same under this lock file. The lock is SQLite's own, as
 * for a home: no native module, and the system drops it when the process dies.
 */
export function whileLocked<T>(lockFile: string, work: () => T): T {
  const lock = new DatabaseSync(lockFile, { timeout: LOCK_TIMEOUT_MS })
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return work()
  } finally {
    lock.close()
  }
}

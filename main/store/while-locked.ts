import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'

/** The work under such a lock takes milliseconds. */
const LOCK_TIMEOUT_MS = 3_000
const SQLITE_BUSY = 5
/** Between two looks at a lock that somebody holds for longer. */
const LOOK_AGAIN_MS = 50

/**
 * Runs `work` while no other process does the same under this lock file. The lock is SQLite's own, as
 * for a home: no native module, and the system drops it when the process dies.
 */
export function whileLocked<T>(lockFile: string, work: () => T): T {
  const lock = new DatabaseSync(lockFile, { timeout: LOCK_TIMEOUT_MS })
  try {
    begin(lock)
    return work()
  } finally {
    lock.close()
  }
}

/** As `whileLocked`, for work that takes its time; waits for the lock until the signal aborts. */
export async function whileLockedLong<T>(
  lockFile: string,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const lock = new DatabaseSync(lockFile, { timeout: 0 })
  try {
    while (!tryBegin(lock)) await delay(LOOK_AGAIN_MS, undefined, { signal })
    return await work()
  } finally {
    lock.close()
  }
}

function tryBegin(lock: DatabaseSync): boolean {
  try {
    begin(lock)
    return true
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false
    throw error
  }
}

function begin(lock: DatabaseSync): void {
  // Nothing is ever written to it, so nothing needs a journal beside it.
  lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
}

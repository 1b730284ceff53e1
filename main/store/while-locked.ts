import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { makePrivateFile } from '#main/lib/private-files.ts'

/** The work under such a lock takes milliseconds. */
const LOCK_TIMEOUT_MS = 3_000
const SQLITE_BUSY = 5
/** Time between two looks at a lock that is held for longer. */
const LOOK_AGAIN_MS = 50

/**
 * Runs `work` while no other process does the same under this lock file. The lock is SQLite's own, as
 * for a home: no native module, and the system drops it when the process dies.
 */
export function whileLocked<T>(lockFile: string, work: () => T): T {
  const lock = openLock(lockFile, LOCK_TIMEOUT_MS)
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
  const lock = openLock(lockFile, 0)
  try {
    while (!tryBegin(lock)) await delay(LOOK_AGAIN_MS, undefined, { signal })
    return await work()
  } finally {
    lock.close()
  }
}

/** Opens the lock file, creating it for its owner only when there is none; it is not locked yet. */
export function openLock(lockFile: string, timeout: number): DatabaseSync {
  makePrivateFile(lockFile)
  return new DatabaseSync(lockFile, { timeout })
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
  // The file is never written to, so it needs no journal beside it.
  lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { prepareHome } from './home.ts'
import {
  type HomeOwner,
  ownerFile,
  readOwnerFile,
  removeOwnerFile,
  writeOwnerFile,
} from './home-owner.ts'
import { mappingErrors } from './store-errors.ts'
import { openLock } from './while-locked.ts'

/** `homeOwner` looks at the lock for an instant; a claim made right then must not fail for it. */
const LOCK_TIMEOUT_MS = 250
const SQLITE_BUSY = 5

export interface HomeClaim {
  /** The owner before us did not release: it crashed, was killed or lost power. */
  readonly wasUnclean: boolean
  /** Tells others where we listen, once we do; undefined when no longer. */
  announce(reachAt: string | undefined): void
  /** Close the stores first: a home without its owner file counts as left in good order. */
  release(): void
}

/**
 * Makes this process the only owner of a home, making the folder when it is new. Throws
 * `home-in-use` when another process, or another part of this one, has it; `ownerFromError` tells
 * which.
 *
 * The lock is SQLite's own on a file of its own: it needs no native module on any system and the
 * system drops it when the process dies, however it dies. No other code may open `owner.lock`: with
 * POSIX locks, closing any descriptor of a file gives up the process's locks on it.
 */
export function claimHome(
  home: string,
  owner: Omit<HomeOwner, 'pid' | 'reachAt'> & { readonly reachAt?: string },
): HomeClaim {
  prepareHome(home)
  return mappingErrors(lockFile(home), () => {
    const lock = lockOrThrow(home)
    try {
      const wasUnclean = existsSync(ownerFile(home))
      const self = { ...owner, pid: process.pid }
      writeOwnerFile(home, self)
      return createClaim(home, lock, self, wasUnclean)
    } catch (error) {
      lock.close()
      throw error
    }
  })
}

/** Returns the owner that has this home in use right now; undefined when there is none. */
export function homeOwner(home: string): Partial<HomeOwner> | undefined {
  if (!existsSync(lockFile(home))) return undefined
  return mappingErrors(lockFile(home), () => {
    const lock = new DatabaseSync(lockFile(home), { readOnly: true, timeout: 0 })
    try {
      lock.prepare('SELECT count(*) FROM sqlite_schema').get()
      return undefined
    } catch (error) {
      if (isBusy(error)) return readOwnerFile(home) ?? {}
      throw error
    } finally {
      lock.close()
    }
  })
}

/** Returns the owner of the home from a `home-in-use` error; empty when it did not say. */
export function ownerFromError(error: TransferError): Partial<HomeOwner> {
  const { cause } = error.context
  return cause instanceof HomeInUse ? cause.owner : {}
}

/** Carries the owner as the cause of a `home-in-use` error. */
class HomeInUse extends Error {
  readonly owner: Partial<HomeOwner>

  constructor(owner: Partial<HomeOwner>) {
    super('the home is owned by another process')
    this.owner = owner
  }
}

function lockOrThrow(home: string): DatabaseSync {
  const lock = openLock(lockFile(home), LOCK_TIMEOUT_MS)
  try {
    // The file is never written to, so it needs no journal beside it.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    const owner = readOwnerFile(home) ?? {}
    throw new TransferError('home-in-use', {
      detail: describe(home, owner),
      cause: new HomeInUse(owner),
    })
  }
}

function describe(home: string, { pid, command, reachAt }: Partial<HomeOwner>): string {
  const parts = [home]
  if (command !== undefined) parts.push(command)
  if (pid !== undefined) parts.push(`pid ${pid}`)
  if (reachAt !== undefined) parts.push(reachAt)
  return parts.join(', ')
}

function createClaim(
  home: string,
  lock: DatabaseSync,
  self: HomeOwner,
  wasUnclean: boolean,
): HomeClaim {
  return {
    wasUnclean,
    announce(reachAt) {
      const { reachAt: _, ...rest } = self
      mappingErrors(ownerFile(home), () =>
        writeOwnerFile(home, reachAt === undefined ? rest : { ...rest, reachAt }),
      )
    },
    release() {
      if (!lock.isOpen) return
      try {
        mappingErrors(ownerFile(home), () => removeOwnerFile(home))
      } finally {
        lock.close()
      }
    },
  }
}

function lockFile(home: string): string {
  return join(home, 'owner.lock')
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}

import { renameSync } from 'node:fs'
import { z } from 'zod'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { homeOwner } from './claim-home.ts'
import { openDatabaseReadOnly } from './database.ts'
import { readSettings } from './read-settings.ts'

/**
 * Moves a home that a build before version 1.0 has made to a name beside its own, whole and as it is.
 * To be asked before anything in the home is opened to be written. A home in use is left alone: who
 * opens it is told by `home-in-use` or `home-unreleased`.
 * @returns undefined when there is nothing to move; else `home-set-aside` with the new name, or
 *   `home-unreleased` when the folder can not be renamed
 */
export function setAsideUnreleased(home: string): TransferError | undefined {
  if (!isUnreleased(home)) return undefined
  const aside = `${home}.unreleased-${new Date().toISOString().replace(/[:.]/g, '-')}`
  try {
    if (homeOwner(home) !== undefined) return undefined
    renameSync(home, aside)
    return new TransferError('home-set-aside', { detail: aside })
  } catch (cause) {
    return new TransferError('home-unreleased', { detail: home, cause })
  }
}

function isUnreleased(home: string): boolean {
  return [
    () => openDatabaseReadOnly(home)?.database.close(),
    () => readSettings(home).look('version', z.unknown()),
  ].some(findsUnreleased)
}

/**
 * Checks whether a look finds an unreleased home. Other problems are reported by the code that
 * opens it.
 */
function findsUnreleased(look: () => void): boolean {
  try {
    look()
    return false
  } catch (error) {
    return error instanceof TransferError && error.code === 'home-unreleased'
  }
}

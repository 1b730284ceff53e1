import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from './sync-folder.ts'

/**
 * Replaces a file: written aside, flushed, renamed. A reader sees it whole, also after a power cut.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const aside = `${file}.new`
  const descriptor = openSync(aside, 'w', 0o600)
  try {
    // Not writeSync: on a disk that is all but full it writes what fits, and says so only in its answer.
    writeFileSync(descriptor, content)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(aside, file)
  syncFolder(dirname(file))
}

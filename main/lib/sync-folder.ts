import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes a rename in this folder outlive a power cut. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // not possible there, and NTFS journals the rename
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

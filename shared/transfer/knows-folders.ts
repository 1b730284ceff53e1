import type { Destination } from '../model/transfer.ts'

/** Checks whether files keep their folders at a destination: Drive has folders, and a record tells the path. */
export function knowsFolders({ kind }: Destination): boolean {
  return kind === 'folder' || kind === 'base'
}

import { dirname } from 'node:path'
import { type DiskMeaning, diskMeaning } from '#main/lib/errno.ts'
import { readFolder, realpath, stat } from '#main/lib/file-system.ts'
import type { WatchState } from '#shared/model/watch-rule.ts'

/** The state of a rule's folder itself. */
export type RootLook =
  | {
      readonly kind: 'there'
      /** Tells the folder from another in its place. */
      readonly identity: string
      /** A drive, or a share, begins here. */
      readonly isMount: boolean
    }
  /** It leads elsewhere than it did. */
  | { readonly kind: 'replaced'; readonly real: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'bad'; readonly meaning: DiskMeaning }

/**
 * Looks whether the folder is there, and whether it is the one it was.
 * @param realFolder where it really was when a person said so
 * @param wasMount a drive began here when it was looked at last: an empty folder on the disk above
 *   is only what the drive leaves behind
 */
export async function lookAtRoot(
  root: string,
  realFolder: string | undefined,
  wasMount: boolean,
): Promise<RootLook> {
  try {
    const real = await realpath(root)
    if (real !== (realFolder ?? real)) return { kind: 'replaced', real }
    const [stats, above] = await Promise.all([stat(real), stat(dirname(real))])
    if (!stats.isDirectory()) return { kind: 'missing' }
    const isMount = stats.dev !== above.dev
    if (wasMount && !isMount && (await readFolder(real)).length === 0) return { kind: 'missing' }
    return { kind: 'there', identity: `${stats.dev}:${stats.ino}`, isMount }
  } catch (error) {
    const meaning = diskMeaning(error)
    return meaning === 'vanished' ? { kind: 'missing' } : { kind: 'bad', meaning }
  }
}

/** Returns the state a person is told for a folder that is not there, or cannot be looked at. */
export function stateOfRoot(root: string, look: Exclude<RootLook, { kind: 'there' }>): WatchState {
  if (look.kind === 'missing') return { kind: 'root-missing' }
  if (look.kind === 'replaced') return { kind: 'root-replaced', path: look.real }
  return stateOfTrouble(root, look.meaning)
}

/** Returns the state a person is told while a part of a watched folder is bad. */
export function stateOfTrouble(path: string, meaning: DiskMeaning): WatchState {
  if (meaning === 'forbidden') return { kind: 'no-permission', path }
  return { kind: meaning === 'away' ? 'not-answering' : 'unreadable', path }
}

import { dirname, join } from 'node:path'
import { lstat, readFolder } from '#main/lib/file-system.ts'
import { suspicionOf } from '#shared/model/sensitive.ts'
import type { Fingerprint, Transfer } from '#shared/model/transfer.ts'
import { fingerprintOf } from '#shared/transfer/fingerprint-of.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'

/** A file under another name in the folder it was in. */
interface Renamed {
  readonly path: string
  readonly realPath: string
  /** As it is to be called in Feishu. */
  readonly fileName: string
}

/** Finds a file by what a rename leaves alone. */
export type RenamedFinder = (transfer: RenamedQuery) => Promise<Renamed | undefined>

type RenamedQuery = Pick<Transfer, 'path' | 'realPath' | 'fingerprint'>

/** Returns a finder of files that have been given another name. It reads each folder once. */
export function renamedFinder(): RenamedFinder {
  const folders = new Map<string, Promise<ReadonlyMap<string, string>>>()
  return (transfer) =>
    findRenamed(transfer, (folder) => {
      const known = folders.get(folder)
      if (known !== undefined) return known
      const names = namesIn(folder)
      folders.set(folder, names)
      return names
    })
}

/**
 * Looks in its folder for a file that has been given another name: the same inode, size and time of
 * change. Returns undefined when it still has its name, or is not there.
 */
async function findRenamed(
  transfer: RenamedQuery,
  filesIn: typeof namesIn,
): Promise<Renamed | undefined> {
  const { path, realPath = path, fingerprint } = transfer
  if (fingerprint === null || (await exists(realPath))) return undefined
  const folder = dirname(realPath)
  const name = (await filesIn(folder)).get(identityOf(fingerprint))
  // A name that is better asked about has to be added by hand.
  if (name === undefined || suspicionOf(name) !== undefined) return undefined
  const renamed = join(dirname(path), name)
  return { path: renamed, realPath: join(folder, name), fileName: remoteName(name) }
}

/** Returns the names of a folder's files by their identity; none where the folder cannot be read. */
async function namesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const entry of await readFolder(folder).catch(() => [])) {
    if (!entry.isFile()) continue
    const stats = await lstat(join(folder, entry.name)).catch(() => undefined)
    if (stats !== undefined) names.set(identityOf(fingerprintOf(stats)), entry.name)
  }
  return names
}

/** All of a fingerprint that a rename leaves alone; it changes the ctime. */
function identityOf({ ino, sizeBytes, mtimeNs }: Fingerprint): string {
  return `${ino} ${sizeBytes} ${mtimeNs}`
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

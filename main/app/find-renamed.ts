import { basename, dirname, join } from 'node:path'
import { lstat, readFolder } from '#main/lib/file-system.ts'
import { suspicionOf } from '#shared/model/sensitive.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { fingerprintOf } from '#shared/transfer/fingerprint-of.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'

/** A file under another name in the folder it was in. */
export interface Renamed {
  readonly path: string
  readonly realPath: string
  /** As it is to be called in Feishu. */
  readonly fileName: string
}

/**
 * Looks in its folder for a file that has been given another name: the same inode, size and time of
 * change. Returns undefined when it still has its name, or is not there.
 */
export async function findRenamed(
  transfer: Pick<Transfer, 'path' | 'realPath' | 'fingerprint'>,
): Promise<Renamed | undefined> {
  const { path, realPath = path, fingerprint } = transfer
  if (fingerprint === null || (await exists(realPath))) return undefined
  const folder = dirname(realPath)
  const entries = await readFolder(folder).catch(() => [])
  for (const { name } of entries.filter((entry) => entry.isFile())) {
    const stats = await lstat(join(folder, name)).catch(() => undefined)
    if (stats === undefined) continue
    const found = fingerprintOf(stats)
    // Renaming alone changes the ctime.
    const isIt =
      found.ino === fingerprint.ino &&
      found.sizeBytes === fingerprint.sizeBytes &&
      found.mtimeNs === fingerprint.mtimeNs
    // A name that is better asked about has to be added by hand.
    if (!isIt || suspicionOf(name) !== undefined) continue
    const renamed = join(dirname(path), name)
    return { path: renamed, realPath: join(folder, name), fileName: remoteName(basename(name)) }
  }
  return undefined
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

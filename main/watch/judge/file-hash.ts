import { contentHashOfFile, type HashOptions } from '#main/lib/content-hash.ts'
import { constants, open } from '#main/lib/file-system.ts'
import { stampOf } from '../settle/stamp.ts'

/**
 * The content hash of a file, provided that it is the version with this stamp before and after;
 * undefined when it is not, any longer. Rejects with the system's error when it can not be read.
 */
export async function hashVersion(
  path: string,
  stamp: string,
  options: HashOptions,
): Promise<string | undefined> {
  const handle = await open(path, constants.O_RDONLY)
  try {
    const before = await handle.stat({ bigint: true })
    if (stampOf(before) !== stamp) return undefined
    const read = async (into: Uint8Array, position: number) =>
      (await handle.read(into, 0, into.length, position)).bytesRead
    const hash = await contentHashOfFile(read, Number(before.size), options)
    const after = await handle.stat({ bigint: true })
    return stampOf(after) === stamp ? hash : undefined
  } finally {
    await handle.close()
  }
}

import { createHash } from 'node:crypto'
import { constants, open } from '#main/lib/file-system.ts'
import { stampOf } from './stamp.ts'

/** Hashing so much takes well under a millisecond, so the event loop is not held up. */
const SLICE_BYTES = 512 * 1024

/**
 * SHA-256 of a file in hex, provided that it is the version with this stamp before and after;
 * undefined when it is not, any longer. Rejects with the system's error when it can not be read.
 */
export async function hashVersion(
  path: string,
  stamp: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const handle = await open(path, constants.O_RDONLY)
  try {
    const before = await handle.stat({ bigint: true })
    if (stampOf(before) !== stamp) return undefined
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafe(Math.min(Number(before.size) + 1, SLICE_BYTES))
    for (;;) {
      signal.throwIfAborted()
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null)
      if (bytesRead === 0) break
      hash.update(buffer.subarray(0, bytesRead))
    }
    const after = await handle.stat({ bigint: true })
    return stampOf(after) === stamp ? hash.digest('hex') : undefined
  } finally {
    await handle.close()
  }
}

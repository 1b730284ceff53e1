import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
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
  const handle = await open(path, 'r')
  try {
    const isVersion = async () => stampOf(await handle.stat({ bigint: true })) === stamp
    if (!(await isVersion())) return undefined
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafe(SLICE_BYTES)
    for (;;) {
      signal.throwIfAborted()
      const { bytesRead } = await handle.read(buffer, 0, SLICE_BYTES, null)
      if (bytesRead === 0) break
      hash.update(bytesRead === SLICE_BYTES ? buffer : buffer.subarray(0, bytesRead))
    }
    return (await isVersion()) ? hash.digest('hex') : undefined
  } finally {
    await handle.close()
  }
}

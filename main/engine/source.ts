import { sourceError } from '#main/lib/errno.ts'
import { constants, type OpenFile, open, stat } from '#main/lib/file-system.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'
import { fingerprintOf, sameFingerprint } from '#shared/transfer/fingerprint-of.ts'

/** A file to read: where it was chosen, links and all, and where that led at the time, if that is kept. */
export interface SourceFile {
  readonly path: string
  readonly realPath?: string | undefined
}

/** Reads source files so that no torn version of one can leave. */
export interface SourceReader {
  /**
   * The fingerprint of a regular file that can be read.
   * @throws TransferError `source-…` for everything else
   */
  inspect(file: SourceFile): Promise<Fingerprint>
  /**
   * Fills `into` from `start`, provided that the file is the expected version before and after.
   * @throws TransferError `source-changed` when it is not, `source-…` when it can not be read
   */
  read(file: SourceFile, expected: Fingerprint, start: number, into: Uint8Array): Promise<void>
}

/** A pipe that has taken the file's place must not block us until somebody writes to it. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** The machine's file system. */
export const fileSources: SourceReader = {
  async inspect({ path }) {
    return guarded(path, async () => {
      const stats = await stat(path)
      if (stats.isDirectory()) throw new TransferError('source-is-directory', { detail: path })
      // To open a device may have effects of its own, so it is refused unopened.
      if (!stats.isFile()) throw new TransferError('source-not-a-file', { detail: path })
      const handle = await open(path, READ)
      try {
        return fingerprintOf(await handle.stat({ bigint: true }))
      } finally {
        await handle.close()
      }
    })
  },

  async read({ path }, expected, start, into) {
    // Opened by path each time: a file that was replaced, moved away or locked is noticed.
    await guarded(path, async () => {
      const handle = await open(path, READ)
      try {
        await assertVersion(handle, path, expected)
        await readFully(handle, path, start, into)
        await assertVersion(handle, path, expected)
      } finally {
        await handle.close()
      }
    })
  },
}

async function assertVersion(handle: OpenFile, path: string, expected: Fingerprint) {
  const found = fingerprintOf(await handle.stat({ bigint: true }))
  if (!sameFingerprint(found, expected)) throw new TransferError('source-changed', { detail: path })
}

async function readFully(handle: OpenFile, path: string, start: number, into: Uint8Array) {
  let filled = 0
  while (filled < into.length) {
    const { bytesRead } = await handle.read(into, filled, into.length - filled, start + filled)
    // The end came early: the file shrank while it was read.
    if (bytesRead === 0) throw new TransferError('source-changed', { detail: path })
    filled += bytesRead
  }
}

async function guarded<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation()
  } catch (error) {
    throw sourceError(error, path)
  }
}

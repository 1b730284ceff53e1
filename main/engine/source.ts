import { join } from 'node:path'
import { sourceError } from '#main/lib/errno.ts'
import {
  type BigIntStats,
  lstat,
  type OpenFile,
  openHere,
  RedirectedError,
  readFolder,
  realpath,
} from '#main/lib/file-system.ts'
import { isInside } from '#main/lib/is-inside.ts'
import { spoolFolder } from '#main/lib/spool-folder.ts'
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

/**
 * The machine's file system. A file is opened where it was chosen: a link that has taken its place, or
 * that of a folder above it, is not followed.
 * @param home Feidi's own state, which is never read, whatever leads to it; but for what a browser has sent
 * @param demandFile throws for a path that may not be read
 */
export function fileSources(
  home?: string,
  demandFile: (path: string) => void = () => {},
): SourceReader {
  const opened = async <T>(path: string, real: string, work: (file: OpenFile) => Promise<T>) => {
    demandFile(path)
    demandFile(real)
    const file = await openHere(real)
    try {
      if (home !== undefined && (await isOwnState(file, real, home))) {
        throw new TransferError('source-own-state', { detail: path })
      }
      return await work(file)
    } finally {
      await file.close()
    }
  }
  return {
    inspect: (source) =>
      guarded(source, async (path, real) => {
        await assertFile(path, real)
        return opened(path, real, async (file) => fingerprintOf(await file.stat({ bigint: true })))
      }),
    // Opened by path each time: a file that was replaced, moved away or locked is noticed.
    read: (source, expected, start, into) =>
      guarded(source, (path, real) =>
        opened(path, real, async (file) => {
          await assertVersion(file, path, expected)
          await readFully(file, path, start, into)
          await assertVersion(file, path, expected)
        }),
      ),
  }
}

async function guarded<T>(
  { path, realPath }: SourceFile,
  work: (path: string, real: string) => Promise<T>,
): Promise<T> {
  try {
    return await work(path, realPath ?? (await realpath(path)))
  } catch (error) {
    if (error instanceof RedirectedError) throw await redirected(error, path)
    throw sourceError(error, path)
  }
}

/** To open a device may have effects of its own, so it is refused unopened. */
async function assertFile(path: string, real: string): Promise<void> {
  const stats = await lstat(real)
  if (stats.isDirectory()) throw new TransferError('source-is-directory', { detail: path })
  if (stats.isSymbolicLink()) throw new RedirectedError(real)
  if (!stats.isFile()) throw new TransferError('source-not-a-file', { detail: path })
}

/** Returns the error for a file that is not where it was chosen. */
async function redirected(
  { message: real }: RedirectedError,
  path: string,
): Promise<TransferError> {
  try {
    // It was moved about while it was looked at, and is there now.
    const isBack = (await realpath(real)) === real
    return new TransferError(isBack ? 'source-changed' : 'source-redirected', { detail: path })
  } catch (error) {
    return sourceError(error, path)
  }
}

/** Also under another name: a second link to a file of the home is the same file. */
async function isOwnState(file: OpenFile, real: string, home: string): Promise<boolean> {
  const own = await realpath(home).catch(() => home)
  if (isInside(real, own)) return !isInside(real, spoolFolder(own))
  const stats = await file.stat({ bigint: true })
  return stats.nlink > 1n && (await holds(own, stats))
}

async function holds(folder: string, stats: Pick<BigIntStats, 'dev' | 'ino'>): Promise<boolean> {
  for (const entry of await readFolder(folder).catch(() => [])) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && (await holds(path, stats))) return true
    const one = await lstat(path).catch(() => undefined)
    if (one?.ino === stats.ino && one.dev === stats.dev) return true
  }
  return false
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

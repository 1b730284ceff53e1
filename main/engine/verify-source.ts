import { BlockHasher, contentHashOfLeaves, LEAF_BYTES } from '#main/lib/content-hash.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { AcknowledgedPart, Fingerprint } from '#shared/model/transfer.ts'
import type { SourceFile, SourceReader } from './source.ts'

/** Read and hashed at a time: well under a millisecond of the event loop, and no part's memory. */
const SLICE_BYTES = 512 * 1024

/** A version of a file that is looked into. */
export interface SourceVersion {
  readonly sources: SourceReader
  readonly file: SourceFile
  readonly fingerprint: Fingerprint
}

/** The content of a file as it was sent, block by block. */
interface SentBlocks {
  readonly blockSizeBytes: number
  /** SHA-256 of each block's bytes as they were sent, in hex. */
  readonly sha256s: readonly (string | null)[]
}

/**
 * The content hash of a version of a file.
 * @throws TransferError `source-changed` when it is no longer that version, `source-…` when it can not be read
 */
export async function contentHashOf(version: SourceVersion, signal: AbortSignal): Promise<string> {
  const leaves = new BlockHasher(LEAF_BYTES)
  for await (const slice of slicesOf(version, 0, version.fingerprint.sizeBytes, signal)) {
    leaves.update(slice)
  }
  return contentHashOfLeaves(leaves.end())
}

/**
 * One more look at a file of which all was sent: reads it from beginning to end. A write that changed
 * no time (they were put back, or it went through a mapping) may have come between two parts.
 * @returns the content hash of what was sent
 * @throws TransferError `source-changed` when the file is not what was sent
 */
export async function confirmSent(
  version: SourceVersion,
  { blockSizeBytes, sha256s }: SentBlocks,
  signal: AbortSignal,
): Promise<string> {
  const leaves = new BlockHasher(LEAF_BYTES)
  const blocks = blockSizeBytes === LEAF_BYTES ? leaves : new BlockHasher(blockSizeBytes)
  for await (const slice of slicesOf(version, 0, version.fingerprint.sizeBytes, signal)) {
    leaves.update(slice)
    if (blocks !== leaves) blocks.update(slice)
  }
  const found = blocks.end()
  if (found.length !== sha256s.length || found.some((hash, seq) => hash !== sha256s[seq])) {
    throw new TransferError('source-changed', { detail: version.file.path })
  }
  return contentHashOfLeaves(leaves.end())
}

/**
 * Checks whether the file still has the bytes of these parts. This decides when an attribute of the
 * file has changed: it was touched, copied back, restored. Parts without a SHA-256 prove nothing.
 * @throws TransferError `source-changed` when it changes while being read
 */
export async function stillHasParts(
  version: SourceVersion,
  blockSizeBytes: number,
  parts: readonly AcknowledgedPart[],
  signal: AbortSignal,
): Promise<boolean> {
  if (parts.some(({ sha256 }) => sha256 === null)) return false
  for (const { seq, sizeBytes, sha256 } of parts) {
    const start = seq * blockSizeBytes
    const block = new BlockHasher(sizeBytes)
    for await (const slice of slicesOf(version, start, start + sizeBytes, signal)) {
      block.update(slice)
    }
    if (block.end()[0] !== sha256) return false
  }
  return true
}

/** The bytes of a version from `start` to before `end`; each slice is good until the next. */
async function* slicesOf(
  { sources, file, fingerprint }: SourceVersion,
  start: number,
  end: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const buffer = new Uint8Array(Math.min(end - start, SLICE_BYTES))
  for (let at = start; at < end; at += buffer.length) {
    signal.throwIfAborted()
    const slice = buffer.subarray(0, end - at)
    await sources.read(file, fingerprint, at, slice)
    yield slice
  }
}

/** The error of a name that the API would refuse, if any (上传素材: file_name). */
export function nameError(fileName: string, limitCharacters: number): TransferError | undefined {
  if (fileName.trim() === '') return new TransferError('name-empty')
  // The page does not say what a character is; code points are what a person would count.
  const characters = [...fileName].length
  if (characters <= limitCharacters) return undefined
  return new TransferError('name-too-long', { detail: `${characters} > ${limitCharacters}` })
}

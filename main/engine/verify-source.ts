import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'
import { checksumOf } from './checksum.ts'
import type { RunTools } from './run.ts'
import type { SourceFile } from './source.ts'

export interface KnownPart {
  readonly seq: number
  readonly checksum: number
}

/**
 * Whether the file still has the bytes whose checksums are known. Decides when only the time or the
 * inode of a file changed: touched, copied back, restored.
 * @throws TransferError `source-changed` when it changes while being read
 */
export async function sameContent(
  { sources, pool }: Pick<RunTools, 'sources' | 'pool'>,
  file: SourceFile,
  fingerprint: Fingerprint,
  blockSizeBytes: number,
  parts: readonly KnownPart[],
  signal: AbortSignal,
): Promise<boolean> {
  for (const { seq, checksum } of parts) {
    const start = seq * blockSizeBytes
    const sizeBytes = Math.min(blockSizeBytes, fingerprint.sizeBytes - start)
    if (sizeBytes <= 0) return false
    const lease = await pool.lease(sizeBytes, signal)
    try {
      await sources.read(file, fingerprint, start, lease.bytes)
      if ((await checksumOf(lease.bytes)) !== checksum) return false
    } finally {
      lease.release()
    }
    signal.throwIfAborted()
  }
  return true
}

/** The error of a name that the API would refuse, if any (上传素材: file_name). */
export function nameError(fileName: string, limitCharacters: number): TransferError | undefined {
  if (fileName.trim() === '') return new TransferError('name-empty')
  // The page does not say what a character is; code points are what a person would count.
  const characters = [...fileName].length
  if (characters <= limitCharacters) return undefined
  return new TransferError('name-too-long', { detail: `${characters} > ${limitCharacters}` })
}

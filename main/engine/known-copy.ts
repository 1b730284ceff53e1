/** Whether what a file has is in Feishu already. */
import type { Copy } from '#shared/model/copy.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'
import { sameFingerprint } from '#shared/transfer/fingerprint-of.ts'
import type { CopyStore, NewTransfer } from './ports.ts'
import type { SourceReader } from './source.ts'
import { contentHashOf } from './verify-source.ts'

type Wanted = Pick<NewTransfer, 'path' | 'destination' | 'remoteFolders'> & {
  readonly fingerprint: Fingerprint | null
}

/** The copy of a file at a place; undefined when there is none, or it has vanished from its folder. */
export function copyAt(
  { path, destination, remoteFolders }: Wanted,
  copies: Pick<CopyStore, 'at'>,
): Copy | undefined {
  const copy = copies.at(path, destination, remoteFolders)
  return copy?.missedAtMs === null ? copy : undefined
}

/** The copy of this very version, as far as that can be told without reading. */
export function copyOfVersion(wanted: Wanted, copies: Pick<CopyStore, 'at'>): Copy | undefined {
  const { fingerprint } = wanted
  const copy = copyAt(wanted, copies)
  if (copy === undefined || fingerprint === null) return undefined
  return isOfVersion(copy, fingerprint) ? copy : undefined
}

/**
 * The copy that has the content of this version. The file is read where only that tells: it was
 * touched, restored, moved back. A copy whose content is not known has another.
 * @throws TransferError `source-…` when the file can not be read, or changes meanwhile
 */
export async function copyOfContent(
  wanted: Wanted & { readonly fingerprint: Fingerprint },
  { copies, sources }: { readonly copies: Pick<CopyStore, 'at'>; readonly sources: SourceReader },
  signal: AbortSignal,
): Promise<Copy | undefined> {
  const { fingerprint } = wanted
  const copy = copyAt(wanted, copies)
  if (copy === undefined || isOfVersion(copy, fingerprint)) return copy
  const { sizeBytes } = copy.fingerprint
  if (copy.contentHash === null || sizeBytes !== fingerprint.sizeBytes) return undefined
  const found = await contentHashOf({ sources, file: wanted, fingerprint }, signal)
  return found === copy.contentHash ? copy : undefined
}

function isOfVersion({ fingerprint: known }: Copy, fingerprint: Fingerprint): boolean {
  // Noted before the ctime was: it is the same for all that is known, and nobody can tell more.
  const { ctimeNs } = known.ctimeNs === '' ? fingerprint : known
  return sameFingerprint({ ...known, ctimeNs }, fingerprint)
}

/** Copies of a file that are known to be in Feishu. */
import type { Copy } from '#shared/model/copy.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'
import { documentTypeFor } from '#shared/transfer/as-document.ts'
import { sameFingerprint } from '#shared/transfer/fingerprint-of.ts'
import type { CopyStore, NewTransfer } from './ports.ts'

type Wanted = Pick<
  NewTransfer,
  'path' | 'fileName' | 'destination' | 'remoteFolders' | 'handling'
> & {
  readonly fingerprint: Fingerprint | null
}

/**
 * The copy of a file at a place; undefined when there is none, it has vanished from its folder, or it is a
 * file where a document is asked for, or the other way round.
 */
export function copyAt(wanted: Wanted, copies: Pick<CopyStore, 'at'>): Copy | undefined {
  const { path, destination, remoteFolders } = wanted
  const copy = copies.at(path, destination, remoteFolders)
  if (copy?.missedAtMs !== null) return undefined
  return copy.document === (documentTypeFor(wanted) ?? null) ? copy : undefined
}

/** The copy of this very version, as far as that can be told without reading. */
export function copyOfVersion(wanted: Wanted, copies: Pick<CopyStore, 'at'>): Copy | undefined {
  const { fingerprint } = wanted
  const copy = copyAt(wanted, copies)
  if (copy === undefined || fingerprint === null) return undefined
  return isOfVersion(copy, fingerprint) ? copy : undefined
}

/** A copy is of this version, as far as that can be told without reading. */
export function isOfVersion({ fingerprint: known }: Copy, fingerprint: Fingerprint): boolean {
  // Without its ctime it is the same as far as is known, and no other sign can tell more.
  const { ctimeNs } = known.ctimeNs === '' ? fingerprint : known
  return sameFingerprint({ ...known, ctimeNs }, fingerprint)
}

/** A copy may have the content of this version, and reading the file tells: it was touched, restored, moved back. */
export function mayHoldContent(copy: Copy, fingerprint: Fingerprint): boolean {
  return copy.contentHash !== null && copy.fingerprint.sizeBytes === fingerprint.sizeBytes
}

/** Notes that a copy has the content of this version: the file was only touched. */
export function confirmVersion(
  copy: Copy,
  fingerprint: Fingerprint,
  copies: Pick<CopyStore, 'confirm'>,
): void {
  if (!sameFingerprint(copy.fingerprint, fingerprint)) copies.confirm(copy, fingerprint)
}

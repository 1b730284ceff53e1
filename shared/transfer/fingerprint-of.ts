import type { Fingerprint } from '../model/transfer.ts'

/** A system's facts about a file; its numbers exceed 2^53. */
interface FileNumbers {
  readonly ino: bigint
  readonly size: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
}

/** The fingerprint of the version of a file that `stat` has seen. */
export function fingerprintOf({ ino, size, mtimeNs, ctimeNs }: FileNumbers): Fingerprint {
  return {
    ino: String(ino),
    sizeBytes: Number(size),
    mtimeNs: String(mtimeNs),
    ctimeNs: String(ctimeNs),
  }
}

/**
 * Checks whether two fingerprints are of the same version of the same file. When they differ the
 * content may still be the same; when they are alike it was not touched, except by a write through
 * a mapping.
 */
export function sameFingerprint(a: Fingerprint, b: Fingerprint): boolean {
  return (
    a.sizeBytes === b.sizeBytes &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs &&
    a.ino === b.ino
  )
}

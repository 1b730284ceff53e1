import type { EndedVersion, UploadedVersion } from '../ports.ts'
import { stampOfFingerprint } from '../settle/stamp.ts'

/** A version that was uploaded, as the index notes it. */
export function endedVersion({ fingerprint, contentHash }: UploadedVersion): EndedVersion {
  const stamp = fingerprint === null ? null : stampOfFingerprint(fingerprint)
  return { stamp, hash: contentHash }
}

import type { BigIntStats } from '#main/lib/file-system.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'

/**
 * What tells one version of a file from another without reading it: inode, size and mtime in ns, in
 * one short text. The device is left out: it has another number whenever a drive is plugged in.
 */
export function stampOf({
  ino,
  size,
  mtimeNs,
}: Pick<BigIntStats, 'ino' | 'size' | 'mtimeNs'>): string {
  return `${ino.toString(36)}.${size.toString(36)}.${mtimeNs.toString(36)}`
}

/** The stamp of the version that a fingerprint is of. */
export function stampOfFingerprint({ ino, sizeBytes, mtimeNs }: Fingerprint): string {
  return stampOf({ ino: BigInt(ino), size: BigInt(sizeBytes), mtimeNs: BigInt(mtimeNs) })
}

const NS_PER_MS = 1_000_000n

/**
 * When a file was last written, renamed or otherwise touched, in ms since 1970. The mtime can be set
 * to anything; the ctime can not.
 */
export function lastTouchedMs({ mtimeNs, ctimeNs }: BigIntStats): number {
  return Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / NS_PER_MS)
}

import type { BigIntStats } from '#main/lib/file-system.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'

/**
 * Tells one version of a file from another without reading it: inode, size, mtime and ctime in ns, in
 * one short text. The device is left out: it has another number whenever a drive is plugged in.
 * Stamps of an earlier Feidi end before the ctime.
 */
export function stampOf({
  ino,
  size,
  mtimeNs,
  ctimeNs,
}: Pick<BigIntStats, 'ino' | 'size' | 'mtimeNs' | 'ctimeNs'>): string {
  return [ino, size, mtimeNs, ctimeNs].map((number) => number.toString(36)).join('.')
}

/** The stamp of the version that a fingerprint is of; without ctime where none was kept. */
export function stampOfFingerprint({ ino, sizeBytes, mtimeNs, ctimeNs }: Fingerprint): string {
  const numbers = [ino, sizeBytes, mtimeNs, ...(ctimeNs === '' ? [] : [ctimeNs])]
  return numbers.map((number) => BigInt(number).toString(36)).join('.')
}

/** The part of a stamp that a rename leaves as it is: inode, size and mtime. */
export function withoutCtime(stamp: string): string {
  return stamp.split('.').slice(0, 3).join('.')
}

/** True when a stamp was made before the ctime was part of it. */
export function isWithoutCtime(stamp: string): boolean {
  return stamp === withoutCtime(stamp)
}

/** True when size and mtime are alike. Both are easily kept, so that alone proves nothing. */
export function hasSameSizeAndTime(a: string, b: string): boolean {
  const [, sizeA, timeA] = a.split('.')
  const [, sizeB, timeB] = b.split('.')
  return sizeA === sizeB && timeA === timeB
}

const NS_PER_MS = 1_000_000n

/**
 * When a file was last written, renamed or otherwise touched, in ms since 1970. The mtime can be set
 * to anything; the ctime can not.
 */
export function lastTouchedMs({ mtimeNs, ctimeNs }: BigIntStats): number {
  return Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / NS_PER_MS)
}

import type { Fingerprint } from '../model/transfer.ts'

/** What a system says about a file; its numbers exceed 2^53. */
interface FileNumbers {
  readonly dev: bigint
  readonly ino: bigint
  readonly size: bigint
  readonly mtimeNs: bigint
}

/** The fingerprint of the version of a file that `stat` has seen. */
export function fingerprintOf({ dev, ino, size, mtimeNs }: FileNumbers): Fingerprint {
  return {
    dev: String(dev),
    ino: String(ino),
    sizeBytes: Number(size),
    mtimeNs: String(mtimeNs),
  }
}

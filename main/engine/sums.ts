import { setImmediate as nextTurn } from 'node:timers/promises'
import adler32 from 'adler-32'
import { BlockHasher } from '#main/lib/content-hash.ts'

/** About 0.6 ms of work: the event loop never waits longer for it. */
const SLICE_BYTES = 256 * 1024

/** The sums of bytes that are sent. */
export interface Sums {
  /** Adler-32 (RFC 1950), unsigned, as `checksum` wants it: for the wire, and no identity of anything. */
  readonly checksum: number
  /** SHA-256 of each block, in hex. */
  readonly sha256s: readonly string[]
}

/** Sums up `bytes`, in blocks of `blockBytes` for SHA-256. */
export type ComputeSums = (bytes: Uint8Array, blockBytes: number) => Promise<Sums>

/** Does it here, and yields to the event loop between slices. */
export const sumsOf: ComputeSums = async (bytes, blockBytes) => {
  const blocks = new BlockHasher(blockBytes)
  let checksum: number | undefined
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    if (start > 0) await nextTurn()
    const slice = bytes.subarray(start, start + SLICE_BYTES)
    checksum = adler32.buf(slice, checksum)
    blocks.update(slice)
  }
  // The package works on signed 32-bit numbers; the empty input's checksum is 1.
  return { checksum: (checksum ?? 1) >>> 0, sha256s: blocks.end() }
}

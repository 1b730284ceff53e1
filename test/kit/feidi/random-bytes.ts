import { createCipheriv, createHash } from 'node:crypto'

/** Bytes that look random and are the same for the same seed, at a gigabyte a second. */
export function randomBytesOf(seed: string, sizeBytes: number): Buffer {
  const key = createHash('sha256').update(seed).digest()
  const stream = createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16))
  return stream.update(Buffer.alloc(sizeBytes))
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Adler-32 (RFC 1950), written from scratch rather than taken from the package Feidi uses, so that
 * a client's mistake is not repeated by the server that checks it.
 */
const MODULUS = 65521
/** Bytes that can be added before the sums must be reduced to stay below 2^31. */
const RUN_BYTES = 3_800

/** A running Adler-32. `value` is unsigned. */
export class Adler32 {
  #low = 1
  #high = 0

  get value(): number {
    return ((this.#high << 16) | this.#low) >>> 0
  }

  update(bytes: Uint8Array): void {
    let low = this.#low
    let high = this.#high
    const length = bytes.length
    for (let start = 0; start < length; start += RUN_BYTES) {
      const end = Math.min(start + RUN_BYTES, length)
      for (let i = start; i < end; i++) {
        low = (low + (bytes[i] as number)) | 0
        high = (high + low) | 0
      }
      low %= MODULUS
      high %= MODULUS
    }
    this.#low = low
    this.#high = high
  }
}

/** Adler-32 of `first` followed by `second`, from their checksums and the second one's length alone. */
export function combineAdler32(first: number, second: number, secondBytes: number): number {
  const lowA = first & 0xffff
  const highA = first >>> 16
  const low = (lowA + (second & 0xffff) + MODULUS - 1) % MODULUS
  const shifted = ((secondBytes % MODULUS) * (lowA + MODULUS - 1)) % MODULUS
  const high = (highA + (second >>> 16) + shifted) % MODULUS
  return ((high << 16) | low) >>> 0
}

/** Sums as the bytes that a row keeps of them. */
import { DamagedRowError } from './store-errors.ts'

const SHA256_BYTES = 32
const CHECKSUM_BYTES = 4

/** A SHA-256 in hex as the bytes that a row keeps. */
export function hashToBlob(hash: string | null): Uint8Array | null {
  return hash === null ? null : Buffer.from(hash, 'hex')
}

/** The hash back again, in hex; null where none was kept. */
export function hashFromBlob(blob: unknown): string | null {
  if (blob === null) return null
  if (!(blob instanceof Uint8Array) || blob.byteLength !== SHA256_BYTES) {
    throw new DamagedRowError('a hash is damaged')
  }
  return Buffer.from(blob).toString('hex')
}

/** Adler-32 values as bytes: unsigned 32 bit, little endian, one after the other. */
export function checksumsToBlob(checksums: readonly number[]): Uint8Array {
  const blob = new Uint8Array(checksums.length * CHECKSUM_BYTES)
  const view = new DataView(blob.buffer)
  for (const [index, checksum] of checksums.entries()) {
    view.setUint32(index * CHECKSUM_BYTES, checksum, true)
  }
  return blob
}

/** The values back again. */
export function checksumsFromBlob(blob: unknown): number[] {
  if (!(blob instanceof Uint8Array) || blob.byteLength % CHECKSUM_BYTES !== 0) {
    throw new DamagedRowError('checksums are damaged')
  }
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  return Array.from({ length: blob.byteLength / CHECKSUM_BYTES }, (_, index) =>
    view.getUint32(index * CHECKSUM_BYTES, true),
  )
}

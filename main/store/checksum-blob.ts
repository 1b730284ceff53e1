import { DamagedRowError } from './store-errors.ts'

const BYTES_EACH = 4

/** Adler-32 values as bytes: unsigned 32 bit, little endian, one after the other. */
export function checksumsToBlob(checksums: readonly number[]): Uint8Array {
  const blob = new Uint8Array(checksums.length * BYTES_EACH)
  const view = new DataView(blob.buffer)
  for (const [index, checksum] of checksums.entries()) {
    view.setUint32(index * BYTES_EACH, checksum, true)
  }
  return blob
}

/** The values back again. */
export function checksumsFromBlob(blob: unknown): number[] {
  if (!(blob instanceof Uint8Array) || blob.byteLength % BYTES_EACH !== 0) {
    throw new DamagedRowError('checksums are damaged')
  }
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  return Array.from({ length: blob.byteLength / BYTES_EACH }, (_, index) =>
    view.getUint32(index * BYTES_EACH, true),
  )
}

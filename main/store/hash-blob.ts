import { DamagedRowError } from './store-errors.ts'

const SHA256_BYTES = 32

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

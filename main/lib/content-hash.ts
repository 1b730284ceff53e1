import { createHash, type Hash } from 'node:crypto'

/** A content hash is made of leaves of so many bytes, however big the blocks are that a server asks for. */
export const LEAF_BYTES = 4 * 1024 * 1024

/** Hashing so much takes well under a millisecond, so the event loop is not held up. */
const SLICE_BYTES = 512 * 1024

/** SHA-256 of each block of what it is fed, in hex: blocks of one size, the last may be shorter. */
export class BlockHasher {
  readonly #blockBytes: number
  readonly #hashes: string[] = []
  #open: Hash | undefined
  #roomBytes = 0

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes
  }

  /** The blocks that are complete. */
  get hashes(): readonly string[] {
    return this.#hashes
  }

  update(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; ) {
      if (this.#open === undefined) {
        this.#open = createHash('sha256')
        this.#roomBytes = this.#blockBytes
      }
      const some = bytes.subarray(start, start + this.#roomBytes)
      this.#open.update(some)
      start += some.length
      this.#roomBytes -= some.length
      if (this.#roomBytes === 0) this.#close(this.#open)
    }
  }

  /** All blocks: nothing more comes. */
  end(): readonly string[] {
    if (this.#open !== undefined) this.#close(this.#open)
    return this.#hashes
  }

  #close(hash: Hash): void {
    this.#hashes.push(hash.digest('hex'))
    this.#open = undefined
  }
}

/**
 * The content hash, in hex, of what has these leaves: SHA-256 over the SHA-256s (32 bytes each) of its
 * leaves of `LEAF_BYTES`. It is the one identity of content: in checkpoints, receipts and the index.
 *
 * - nothing: no leaves, `e3b0c442…52b855`, the SHA-256 of nothing
 * - `abc`: one leaf, `4f8b42c2…6c6358`, the SHA-256 of its SHA-256
 * @param leafHashes SHA-256 of each leaf in hex, in order
 */
export function contentHashOfLeaves(leafHashes: readonly string[]): string {
  const hash = createHash('sha256')
  for (const leaf of leafHashes) hash.update(leaf, 'hex')
  return hash.digest('hex')
}

/** Fills the beginning of `into` with bytes from `position` on. Returns how many; 0 at the end. */
export type ReadAt = (into: Uint8Array, position: number) => Promise<number>

export interface HashOptions {
  readonly signal: AbortSignal
  /** Asked before so many bytes are read; resolves when they may be. */
  readonly throttle?: ((bytes: number, signal: AbortSignal) => Promise<void>) | undefined
}

/**
 * The content hash of the first `sizeBytes` of a file; undefined when it ends before that. To see
 * that it is of one version is the caller's business: a look before, and one after.
 * Rejects with the error of `read`, or the signal's reason.
 */
export async function contentHashOfFile(
  read: ReadAt,
  sizeBytes: number,
  { signal, throttle }: HashOptions,
): Promise<string | undefined> {
  const leaves = new BlockHasher(LEAF_BYTES)
  const buffer = new Uint8Array(Math.min(sizeBytes, SLICE_BYTES))
  for (let position = 0; position < sizeBytes; ) {
    signal.throwIfAborted()
    const slice = buffer.subarray(0, sizeBytes - position)
    await throttle?.(slice.length, signal)
    const bytesRead = await read(slice, position)
    if (bytesRead === 0) return undefined
    leaves.update(slice.subarray(0, bytesRead))
    position += bytesRead
  }
  return contentHashOfLeaves(leaves.end())
}

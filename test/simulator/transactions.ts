/** Uploads in parts, between prepare and finish. */
import { createHash, type Hash } from 'node:crypto'
import { type Blob, type BlobStore, withoutHash } from './blob-store.ts'
import type { SimulatorClock } from './clock.ts'
import type { StoredFile, UploadPlace } from './library.ts'
import { TRANSACTION_LIFE_MS } from './limits.ts'
import { Refusal } from './refusal.ts'
import type { TokenMint } from './token-mint.ts'

export interface TransactionInfo {
  readonly uploadId: string
  readonly place: UploadPlace
  readonly sizeBytes: number
  readonly blockSizeBytes: number
  readonly blockCount: number
  readonly preparedAtMs: number
  readonly expiresAtMs: number
  /** Seqs stored so far, ascending. */
  readonly storedSeqs: readonly number[]
  /** Every accepted part in the order of arrival; a seq sent twice is there twice. */
  readonly receivedSeqs: readonly number[]
  /** Token of the file it became. */
  readonly fileToken: string | undefined
}

export class Transaction {
  readonly uploadId: string
  readonly place: UploadPlace
  readonly sizeBytes: number
  readonly blockSizeBytes: number
  readonly blockCount: number
  readonly preparedAtMs: number
  readonly parts = new Map<number, Blob>()
  readonly receivedSeqs: number[] = []
  finished: StoredFile | undefined
  /** Settles when a finish that is at work is done. */
  finishing: Promise<unknown> | undefined
  /** SHA-256 of the parts 0 to `hashedParts - 1`, as long as they come in order. */
  #hash: Hash | undefined = createHash('sha256')
  #hashedParts = 0

  constructor(init: TransactionInit) {
    this.uploadId = init.uploadId
    this.place = init.place
    this.sizeBytes = init.sizeBytes
    this.blockSizeBytes = init.blockSizeBytes
    this.blockCount = Math.ceil(init.sizeBytes / init.blockSizeBytes)
    this.preparedAtMs = init.preparedAtMs
  }

  get expiresAtMs(): number {
    return this.preparedAtMs + TRANSACTION_LIFE_MS
  }

  /** Bytes the plan gives to a seq: a whole block, the rest for the last one. */
  plannedBytes(seq: number): number {
    return Math.min(this.blockSizeBytes, this.sizeBytes - seq * this.blockSizeBytes)
  }

  /** SHA-256 state before part `seq`; undefined when the parts do not come in order. */
  hashBefore(seq: number): Hash | undefined {
    return seq === this.#hashedParts ? this.#hash : undefined
  }

  /** Stores a part. A seq that is there already is overwritten; returns the blob it replaces. */
  store(seq: number, blob: Blob): Blob | undefined {
    const replaced = this.parts.get(seq)
    this.parts.set(seq, withoutHash(blob))
    this.receivedSeqs.push(seq)
    if (seq === this.#hashedParts) {
      this.#hash = blob.hash
      this.#hashedParts++
    } else if (replaced === undefined || replaced.adler32 !== blob.adler32) {
      // Out of order, or other content than before: the running hash no longer tells the truth.
      this.#hash = undefined
    }
    return replaced
  }

  /** All parts in seq order, with the SHA-256 of the whole on the last one if it is known. */
  joinedParts(): Blob[] {
    const blobs = Array.from({ length: this.blockCount }, (_, seq) => this.parts.get(seq) as Blob)
    const last = blobs.at(-1)
    if (last !== undefined) {
      const complete = this.#hashedParts === this.blockCount
      blobs[blobs.length - 1] = { ...last, hash: complete ? this.#hash : undefined }
    }
    return blobs
  }

  get info(): TransactionInfo {
    const { uploadId, place, sizeBytes, blockSizeBytes, blockCount, preparedAtMs } = this
    return {
      uploadId,
      place,
      sizeBytes,
      blockSizeBytes,
      blockCount,
      preparedAtMs,
      expiresAtMs: this.expiresAtMs,
      storedSeqs: [...this.parts.keys()].sort((a, b) => a - b),
      receivedSeqs: [...this.receivedSeqs],
      fileToken: this.finished?.token,
    }
  }
}

interface TransactionInit {
  readonly uploadId: string
  readonly place: UploadPlace
  readonly sizeBytes: number
  readonly blockSizeBytes: number
  readonly preparedAtMs: number
}

export class Transactions {
  readonly #clock: SimulatorClock
  readonly #mint: TokenMint
  readonly #blobs: BlobStore
  readonly #byId = new Map<string, Transaction>()

  constructor(clock: SimulatorClock, mint: TokenMint, blobs: BlobStore) {
    this.#clock = clock
    this.#mint = mint
    this.#blobs = blobs
  }

  get all(): TransactionInfo[] {
    return [...this.#byId.values()].map((transaction) => transaction.info)
  }

  prepare(place: UploadPlace, sizeBytes: number, blockSizeBytes: number): Transaction {
    const uploadId = this.#mint.nextUploadId()
    const preparedAtMs = this.#clock.nowMs()
    const transaction = new Transaction({
      uploadId,
      place,
      sizeBytes,
      blockSizeBytes,
      preparedAtMs,
    })
    this.#byId.set(uploadId, transaction)
    return transaction
  }

  /** Looks without judging. */
  find(uploadId: string | undefined): Transaction | undefined {
    return uploadId === undefined ? undefined : this.#byId.get(uploadId)
  }

  /**
   * The transaction of a later call. 上传分片 · 1061021 upload_id expired (unknown ones are answered
   * alike), 1062007 another identity than prepare's; the id of one family means nothing to the other.
   */
  require(uploadId: string, family: string, identity: string): Transaction {
    const transaction = this.#byId.get(uploadId)
    if (transaction === undefined || transaction.place.family !== family) throw new Refusal(1061021)
    if (this.#clock.nowMs() >= transaction.expiresAtMs) throw new Refusal(1061021)
    if (transaction.place.identity !== identity) throw new Refusal(1062007)
    return transaction
  }

  /** Drops a transaction's parts, for tests in which the server forgets. */
  async forget(uploadId: string): Promise<void> {
    const transaction = this.#byId.get(uploadId)
    this.#byId.delete(uploadId)
    if (transaction === undefined || transaction.finished !== undefined) return
    for (const blob of transaction.parts.values()) await this.#blobs.drop(blob)
  }
}

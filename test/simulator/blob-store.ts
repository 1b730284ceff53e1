/**
 * The store of uploaded bytes. A blob is one received binary: a whole small file, or one part of a
 * big one; a file in parts stays a list of blobs, so nothing is copied at finish.
 */
import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, mkdir, open, readFile, rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Adler32, combineAdler32 } from './adler.ts'

/** `disk` keeps the bytes, `discard` checks and hashes them only, `null` counts them only. */
export type StorageMode = 'disk' | 'discard' | 'null'

export interface Blob {
  readonly sizeBytes: number
  /** Unsigned; undefined in `null` mode, which does not look at the bytes. */
  readonly adler32: number | undefined
  /** SHA-256 state after these bytes, of the file up to here; undefined when not tracked. */
  readonly hash: Hash | undefined
  /** Undefined unless kept on disk. */
  readonly path: string | undefined
}

/** The known facts about a file's bytes. */
export interface Content {
  readonly blobs: readonly Blob[]
  readonly sizeBytes: number
  readonly adler32: number | undefined
  readonly sha256: string | undefined
}

export interface BlobWriter {
  write(chunk: Buffer): void | Promise<void>
  finish(): Promise<Blob>
  discard(): Promise<void>
}

interface BlobOptions {
  /** Bytes beyond this are counted but neither kept nor hashed: the call will be refused. */
  readonly limitBytes: number
  /** SHA-256 state of the bytes before these in the same file; it is copied, not changed. */
  readonly after?: Hash | undefined
}

/** Bytes gathered before they are written: fewer, bigger writes. */
const FLUSH_BYTES = 256 * 1024

export class BlobStore {
  readonly mode: StorageMode
  readonly #folder: string
  #count = 0

  constructor(mode: StorageMode, dataDir: string) {
    this.mode = mode
    this.#folder = join(dataDir, 'blobs')
  }

  async open(): Promise<void> {
    if (this.mode === 'disk') await mkdir(this.#folder, { recursive: true })
  }

  writer(options: BlobOptions): BlobWriter {
    if (this.mode === 'null') return new CountingWriter()
    const name = `${process.pid}-${this.#count++}`
    return new CheckingWriter(options, this.mode === 'disk' ? join(this.#folder, name) : undefined)
  }

  /** Stores bytes at once. */
  async put(bytes: Uint8Array): Promise<Content> {
    const writer = this.writer({
      limitBytes: Number.POSITIVE_INFINITY,
      after: createHash('sha256'),
    })
    await writer.write(Buffer.from(bytes))
    return this.join([await writer.finish()])
  }

  /** One file made of blobs in order. Reads them for the SHA-256 when it was not tracked on the way. */
  async join(blobs: readonly Blob[]): Promise<Content> {
    const sizeBytes = blobs.reduce((sum, blob) => sum + blob.sizeBytes, 0)
    let adler32: number | undefined = 1
    for (const blob of blobs) {
      if (blob.adler32 === undefined) adler32 = undefined
      if (adler32 === undefined || blob.adler32 === undefined) break
      adler32 = combineAdler32(adler32, blob.adler32, blob.sizeBytes)
    }
    const sha256 = await this.#sha256(blobs)
    // Hash states are for the way; a hundred thousand files would hold as many of them.
    return { blobs: blobs.map(withoutHash), sizeBytes, adler32, sha256 }
  }

  /** The bytes of a file. Throws unless they are kept on disk. */
  async read(content: Content): Promise<Buffer> {
    if (this.mode !== 'disk') throw new Error(`storage '${this.mode}' keeps no bytes`)
    return Buffer.concat(await Promise.all(content.blobs.map((blob) => readFile(blob.path ?? ''))))
  }

  /** Forgets a blob that was replaced or refused. */
  async drop(blob: Blob): Promise<void> {
    if (blob.path !== undefined) await unlink(blob.path).catch(ignoreMissing)
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #sha256(blobs: readonly Blob[]): Promise<string | undefined> {
    const tracked = blobs.at(-1)?.hash
    if (tracked !== undefined) return tracked.copy().digest('hex')
    if (this.mode !== 'disk') return undefined
    const hash = createHash('sha256')
    for (const blob of blobs) hash.update(await readFile(blob.path ?? ''))
    return hash.digest('hex')
  }
}

class CountingWriter implements BlobWriter {
  #sizeBytes = 0

  write(chunk: Buffer): void {
    this.#sizeBytes += chunk.length
  }

  async finish(): Promise<Blob> {
    return { sizeBytes: this.#sizeBytes, adler32: undefined, hash: undefined, path: undefined }
  }

  async discard(): Promise<void> {}
}

class CheckingWriter implements BlobWriter {
  readonly #limitBytes: number
  readonly #path: string | undefined
  readonly #adler = new Adler32()
  readonly #hash: Hash | undefined
  #sizeBytes = 0
  #file: FileHandle | undefined
  #pending: Buffer[] = []
  #pendingBytes = 0

  constructor(options: BlobOptions, path: string | undefined) {
    this.#limitBytes = options.limitBytes
    this.#hash = options.after?.copy()
    this.#path = path
  }

  write(chunk: Buffer): void | Promise<void> {
    this.#sizeBytes += chunk.length
    if (this.#sizeBytes > this.#limitBytes) return
    this.#adler.update(chunk)
    this.#hash?.update(chunk)
    if (this.#path === undefined) return
    this.#pending.push(chunk)
    this.#pendingBytes += chunk.length
    if (this.#pendingBytes >= FLUSH_BYTES) return this.#flush()
  }

  async finish(): Promise<Blob> {
    if (this.#path !== undefined) await this.#flush()
    await this.#file?.close()
    return {
      sizeBytes: this.#sizeBytes,
      adler32: this.#adler.value,
      hash: this.#hash,
      path: this.#path,
    }
  }

  async discard(): Promise<void> {
    await this.#file?.close()
    if (this.#path !== undefined) await unlink(this.#path).catch(ignoreMissing)
  }

  async #flush(): Promise<void> {
    this.#file ??= await open(this.#path ?? '', 'wx')
    const buffers = this.#pending
    this.#pending = []
    this.#pendingBytes = 0
    if (buffers.length > 0) await this.#file.writev(buffers)
  }
}

/** The blob without its hash state, which holds native memory. */
export function withoutHash(blob: Blob): Blob {
  return { ...blob, hash: undefined }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

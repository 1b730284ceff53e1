/** All uploads: Drive files and media inside documents. */
import type { BlobStore, Content } from './blob-store.ts'
import type { SimulatorClock } from './clock.ts'
import type { Drive } from './drive.ts'
import type { TokenMint } from './token-mint.ts'
import type { Wiki } from './wiki.ts'

export type UploadFamily = 'files' | 'medias'

export interface StoredFile {
  readonly token: string
  readonly name: string
  readonly family: UploadFamily
  readonly parentType: string
  /** Folder token, or the node of a media. */
  readonly parent: string
  /** The identity that uploaded it; empty for files a test put there. */
  readonly identity: string
  readonly sizeBytes: number
  /** Undefined in storage mode `null`, and in `discard` when parts came out of order. */
  readonly sha256: string | undefined
  /** Undefined in storage mode `null`. */
  readonly adler32: number | undefined
  readonly createdAtMs: number
  /** Counts from 1; replacing the content makes a new one. */
  readonly version: number
}

/** The place and form in which a file is to be stored. */
export interface UploadPlace {
  readonly family: UploadFamily
  readonly parentType: string
  readonly parentNode: string
  readonly fileName: string
  readonly identity: string
  /** The Drive file whose content this becomes. */
  readonly replaces?: string | undefined
}

export class Library {
  readonly #clock: SimulatorClock
  readonly #mint: TokenMint
  readonly #drive: Drive
  readonly #blobs: BlobStore
  readonly #wiki: Wiki
  readonly #files = new Map<string, { file: StoredFile; content: Content }>()

  constructor(clock: SimulatorClock, mint: TokenMint, drive: Drive, blobs: BlobStore, wiki: Wiki) {
    this.#clock = clock
    this.#mint = mint
    this.#drive = drive
    this.#blobs = blobs
    this.#wiki = wiki
  }

  get all(): StoredFile[] {
    return [...this.#files.values()].map((entry) => entry.file)
  }

  get(token: string): StoredFile | undefined {
    return this.#files.get(token)?.file
  }

  /** Stores content in its place, as a new file or as the new content of one. Refuses when the place is gone or full. */
  store(place: UploadPlace, content: Content): StoredFile {
    const old = place.replaces === undefined ? undefined : this.get(place.replaces)
    if (old === undefined) return this.add(place, content)
    const file = {
      ...this.#fileOf(old.token, old.parent, place, content),
      version: old.version + 1,
    }
    this.#drive.rename(old.token, place.fileName)
    this.#files.set(old.token, { file, content })
    return file
  }

  /** Stores content in its place as a new file. */
  add(place: UploadPlace, content: Content): StoredFile {
    const token = this.#mint.next('boxcn')
    const { family, fileName, parentNode, parentType } = place
    const isInDrive = family === 'files' && parentType !== 'wiki'
    const parent = isInDrive
      ? this.#drive.add(parentNode, fileName, 'file', token).parentToken
      : parentNode
    if (parentType === 'wiki') this.#addPage(token, place)
    const file = this.#fileOf(token, parent, place, content)
    this.#files.set(token, { file, content })
    return file
  }

  /** The bytes of a stored file. */
  async bytesOf(token: string): Promise<Buffer> {
    const entry = this.#files.get(token)
    if (entry === undefined) throw new Error(`no stored file has the token ${token}`)
    return this.#blobs.read(entry.content)
  }

  /** A file below a page of a wiki is a page itself. */
  #addPage(objToken: string, { fileName: title, parentNode: parentToken }: UploadPlace): void {
    const { spaceId } = this.#wiki.find(parentToken) ?? {}
    const place = { parentToken, ...(spaceId !== undefined && { spaceId }) }
    const token = this.#mint.next('wikcn')
    const createdAtMs = this.#clock.nowMs()
    this.#wiki.add({ token, objType: 'file', objToken, title, createdAtMs, ...place })
  }

  forget(token: string): void {
    this.#files.delete(token)
  }

  #fileOf(token: string, parent: string, place: UploadPlace, content: Content): StoredFile {
    return {
      token,
      name: place.fileName,
      family: place.family,
      parentType: place.parentType,
      parent,
      identity: place.identity,
      sizeBytes: content.sizeBytes,
      sha256: content.sha256,
      adler32: content.adler32,
      createdAtMs: this.#clock.nowMs(),
      version: 1,
    }
  }
}

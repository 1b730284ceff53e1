import { KeyedLock } from '#main/engine/keyed-lock.ts'
import {
  type CallContext,
  type Clock,
  type FolderCalls,
  type FolderStore,
  OutcomeUnknown,
  type RemoteFile,
} from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination, Transfer, UploadPoint } from '#shared/model/transfer.ts'
import { FOLDER_NAME_LIMIT_BYTES } from '#shared/transfer/plan-parts.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'

interface Listing {
  readonly files: readonly RemoteFile[]
  readonly takenAtMs: number
}

/** Folders whose listing is kept in memory; each has 1,500 children at most. */
const MOST_LISTINGS = 200

/** Somebody may have made the folder by hand since; a listing older than this is taken anew before making one. */
const LISTING_FRESH_MS = 60_000

/** Pauses before each look for a folder whose making was not answered: a listing may lag behind. */
const LOOK_PAUSES_MS = [0, 1_000, 3_000]

/** Tries to make one folder, each unanswered and without effect, before its files have to wait. */
const MOST_MAKES = 3

export interface FolderMirrorOptions {
  readonly calls: FolderCalls
  readonly folders: FolderStore
  readonly clock: Clock
  /** Whose token is in use: another identity may see other folders. */
  readonly identity: string
  /** One look or change at a time per folder; shared with whoever else makes folders. */
  readonly lock?: KeyedLock
}

/**
 * Mirrors local folders in Drive. A folder is looked for before it is made, because the API makes a
 * second one of the same name without a word; what was found or made is remembered.
 */
export class FolderMirror {
  readonly #options: FolderMirrorOptions
  readonly #lock: KeyedLock
  readonly #listings = new Map<string, Listing>()

  constructor(options: FolderMirrorOptions) {
    this.#options = options
    this.#lock = options.lock ?? new KeyedLock()
  }

  /** The folder below the destination that the file belongs in, made if it is missing. */
  async resolve(
    { folderToken }: Extract<Destination, { kind: 'folder' }>,
    remoteFolders: readonly string[],
    context: CallContext,
  ): Promise<UploadPoint> {
    let token = folderToken
    for (const name of remoteFolders) token = await this.#child(token, name, context)
    return { family: 'files', parentType: 'explorer', parentNode: token }
  }

  /** Tokens of the files of that name, as known before a call. */
  async tokensNamed(point: UploadPoint, fileName: string, context: CallContext): Promise<string[]> {
    if (point.family !== 'files') return []
    const look = async () => {
      const known = this.#listings.get(point.parentNode)?.files
      const files = known ?? (await this.#listed(point.parentNode, context))
      return files
        .filter((file) => file.type === 'file' && remoteName(file.name) === fileName)
        .map((file) => file.token)
    }
    return this.#lock.hold(point.parentNode, look, context.stopping)
  }

  /** What is there now. */
  list(point: UploadPoint, context: CallContext): Promise<RemoteFile[]> {
    return this.#options.calls.listFolder(point.parentNode, context)
  }

  /** A folder on the way is gone: the whole way is looked for again. False when none was mirrored. */
  async forget(
    { destination, remoteFolders }: Pick<Transfer, 'destination' | 'remoteFolders'>,
    gone: UploadPoint | undefined,
  ): Promise<boolean> {
    if (destination.kind !== 'folder' || remoteFolders.length === 0) return false
    const { folders, identity } = this.#options
    const known: string[] = []
    for (const name of remoteFolders) {
      const token = folders.folderToken(
        identity,
        known.at(-1) ?? destination.folderToken,
        remoteName(name),
      )
      if (token === undefined) break
      known.push(token)
    }
    const complete = known.length === remoteFolders.length
    // Another transfer met the same and has found or made the folder anew meanwhile.
    if (gone !== undefined && complete && known.at(-1) !== gone.parentNode) return true
    // With a folder, those above it may be gone too; a look at each costs one call.
    if (known[0] !== undefined) folders.forgetFolder(identity, known[0])
    this.#listings.clear()
    return true
  }

  async #child(parentToken: string, given: string, context: CallContext): Promise<string> {
    const name = remoteName(given)
    if (new TextEncoder().encode(name).length > FOLDER_NAME_LIMIT_BYTES) {
      throw new TransferError('folder-name-too-long', { detail: name })
    }
    const findOrMake = async () => {
      const { folders, identity } = this.#options
      const known = folders.folderToken(identity, parentToken, name)
      if (known !== undefined) return known
      const token = await this.#findOrMake(parentToken, name, context)
      folders.saveFolder(identity, parentToken, name, token)
      return token
    }
    return this.#lock.hold(parentToken, findOrMake, context.stopping)
  }

  async #findOrMake(parentToken: string, name: string, context: CallContext): Promise<string> {
    const listing = this.#listings.get(parentToken)
    const fresh =
      listing !== undefined && this.#options.clock.nowMs() - listing.takenAtMs < LISTING_FRESH_MS
    const files = fresh ? listing.files : await this.#listed(parentToken, context)
    return folderNamed(files, name) ?? (await this.#make(parentToken, name, context))
  }

  async #make(parentToken: string, name: string, context: CallContext): Promise<string> {
    for (let tries = 1; ; tries++) {
      try {
        const { token } = await this.#options.calls.createFolder(parentToken, name, context)
        // Nobody else knows of the new folder yet, so it is known to be empty without a look.
        this.#keep(token, [])
        this.#noteChild(parentToken, { token, name, type: 'folder' })
        return token
      } catch (error) {
        if (error instanceof TransferError) throw error
        // Unanswered or cut off, it may be there now: what was seen before is worth nothing any more.
        this.#listings.delete(parentToken)
        if (!(error instanceof OutcomeUnknown)) throw error
        const found = await this.#lookFor(parentToken, name, context)
        if (found !== undefined) return found
        if (tries === MOST_MAKES) throw error.error
      }
    }
  }

  /** The answer was lost: the folder is there, or appears shortly, or it was not made. */
  async #lookFor(
    parentToken: string,
    name: string,
    context: CallContext,
  ): Promise<string | undefined> {
    for (const pauseMs of LOOK_PAUSES_MS) {
      if (pauseMs > 0) await this.#options.clock.sleep(pauseMs, context.stopping)
      // Not kept: as long as the folder has not been found, no listing is good enough to make one by.
      const files = await this.#options.calls.listFolder(parentToken, context)
      const found = folderNamed(files, name)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Should it not be possible to save the new folder, the next one to ask must find it all the same. */
  #noteChild(parentToken: string, child: RemoteFile): void {
    const listing = this.#listings.get(parentToken)
    if (listing === undefined) return
    this.#listings.set(parentToken, { ...listing, files: [...listing.files, child] })
  }

  async #listed(folderToken: string, context: CallContext): Promise<readonly RemoteFile[]> {
    const files = await this.#options.calls.listFolder(folderToken, context)
    this.#keep(folderToken, files)
    return files
  }

  #keep(folderToken: string, files: readonly RemoteFile[]): void {
    this.#listings.delete(folderToken)
    const oldest = this.#listings.keys().next().value
    if (this.#listings.size >= MOST_LISTINGS && oldest !== undefined) this.#listings.delete(oldest)
    this.#listings.set(folderToken, { files, takenAtMs: this.#options.clock.nowMs() })
  }
}

function folderNamed(files: readonly RemoteFile[], name: string): string | undefined {
  return files.find((file) => file.type === 'folder' && remoteName(file.name) === name)?.token
}

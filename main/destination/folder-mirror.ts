import {
  type CallContext,
  type CopyStore,
  type FolderCalls,
  type FolderStore,
  type LandedFile,
  OutcomeUnknown,
  type RemoteFile,
} from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { KeyedLock } from '#main/lib/keyed-lock.ts'
import { mostTries } from '#shared/errors/policy-for.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination, Transfer, UploadPoint } from '#shared/model/transfer.ts'
import { titleAndExtension } from '#shared/transfer/as-document.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import { FolderListings } from './folder-listings.ts'
import { noteVanished, type RemotePlace } from './vanished-copies.ts'

/** Pauses before each look for a folder whose making was not answered: a listing may lag behind. */
const LOOK_PAUSES_MS = [0, 1_000, 3_000]

/** The pause before the one look after a refusal: nothing is under way then, but a listing may lag. */
const REFUSED_PAUSE_MS = 4_000

/** Tries to make one folder, each without effect, before its files have to wait, unless the catalogue has a number. */
const MOST_MAKES = 3

export interface FolderMirrorOptions {
  readonly calls: FolderCalls
  readonly folders: FolderStore
  readonly copies: Pick<CopyStore, 'inFolder' | 'missed'>
  readonly clock: Clock
  /** The identity whose token is in use: another identity may see other folders. */
  readonly identity: string
  /** The lock for one look or change per folder at a time; shared with all that make folders. */
  readonly lock?: KeyedLock
}

/**
 * Mirrors local folders in Drive. A folder is looked for before it is made, because the API makes a
 * second one of the same name without a word; what was found or made is remembered.
 */
export class FolderMirror {
  readonly #options: FolderMirrorOptions
  readonly #lock: KeyedLock
  readonly #listings: FolderListings
  /** The place of each resolved folder, as copies name it. */
  readonly #places = new Map<string, RemotePlace>()

  constructor(options: FolderMirrorOptions) {
    this.#options = options
    this.#lock = options.lock ?? new KeyedLock()
    this.#listings = new FolderListings(options.calls, options.clock, (folder, seen, context) => {
      const place = this.#places.get(folder)
      const vanished = place === undefined ? [] : noteVanished(options, place, seen)
      if (vanished.length > 0) context.onVanished?.(vanished)
    })
  }

  /** The folder below the destination that the file belongs in, made if it is missing. */
  async resolve(
    destination: Extract<Destination, { kind: 'folder' }>,
    remoteFolders: readonly string[],
    context: CallContext,
  ): Promise<UploadPoint> {
    let token = destination.folderToken
    this.#places.set(token, { destination, remoteFolders: [] })
    for (const [depth, name] of remoteFolders.entries()) {
      token = await this.#child(token, name, context)
      this.#places.set(token, { destination, remoteFolders: remoteFolders.slice(0, depth + 1) })
    }
    return { family: 'files', parentType: 'explorer', parentNode: token }
  }

  /** The folder below the destination, if it is there; none is made. */
  async find(
    { folderToken }: Extract<Destination, { kind: 'folder' }>,
    remoteFolders: readonly string[],
    context: CallContext,
  ): Promise<string | undefined> {
    const { folders, identity } = this.#options
    let token: string | undefined = folderToken
    for (const name of remoteFolders.map(remoteName)) {
      if (token === undefined) return undefined
      token =
        folders.folderToken(identity, token, name) ??
        folderNamed(await this.#listings.fresh(token, context), name)
    }
    return token
  }

  /** Lists a folder now. */
  look(folderToken: string, context: CallContext): Promise<readonly RemoteFile[]> {
    return this.#listings.look(folderToken, context)
  }

  /** Files or folders lie elsewhere now: nothing that was seen counts. */
  rearranged(): void {
    this.#listings.clear()
    this.#places.clear()
  }

  /** The files of that name, or the documents of that title, as known before a call. */
  async filesNamed(
    point: UploadPoint,
    fileName: string,
    context: CallContext,
  ): Promise<RemoteFile[]> {
    const folder = listedFolder(point)
    if (folder === undefined) return []
    const look = async () => {
      const files = await this.#listings.fresh(folder, context)
      return files.filter((file) => isNamed(file, point, fileName))
    }
    return this.#lock.hold(folder, look, context.stopping)
  }

  /** The documents of that title that are there now. */
  async documentsNow(
    point: UploadPoint,
    fileName: string,
    context: CallContext,
  ): Promise<RemoteFile[]> {
    const files = await this.#listings.look(listedFolder(point) ?? '', context)
    return files.filter((file) => isNamed(file, point, fileName))
  }

  /** A document of ours is in that folder now. */
  made(folderToken: string, document: RemoteFile): void {
    this.#listings.brought(folderToken, document)
  }

  /** Lists the files that are there now. */
  list(point: UploadPoint, context: CallContext): Promise<readonly RemoteFile[]> {
    return this.#listings.look(point.parentNode, context)
  }

  /** Lists the files that were there at that time, on the steady clock, or later. */
  listSince(
    { parentNode }: UploadPoint,
    sinceMs: number,
    context: CallContext,
  ): Promise<readonly RemoteFile[]> {
    return this.#listings.since(parentNode, sinceMs, context, (look) =>
      this.#lock.hold(parentNode, look, context.stopping),
    )
  }

  /** A file is up at this point, as a new one or in place of another. */
  landed(point: UploadPoint, { fileName: name, fileToken: token }: LandedFile): void {
    if (point.family !== 'files') return
    this.#listings.brought(point.parentNode, { token, name, type: 'file' })
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
    // Another transfer met the same error and has found or made the folder again meanwhile.
    if (gone !== undefined && complete && known.at(-1) !== listedFolder(gone)) return true
    // With a folder, those above it may be gone too; a look at each costs one call.
    if (known[0] !== undefined) folders.forgetFolder(identity, known[0])
    this.#listings.clear()
    return true
  }

  async #child(parentToken: string, given: string, context: CallContext): Promise<string> {
    const name = remoteName(given)
    const findOrMake = async () => {
      const { folders, identity } = this.#options
      const known = folders.folderToken(identity, parentToken, name)
      if (known !== undefined) return known
      const found = folderNamed(await this.#listings.fresh(parentToken, context), name)
      const token = found ?? (await this.#make(parentToken, name, context))
      folders.saveFolder(identity, parentToken, name, token, found === undefined)
      return token
    }
    return this.#lock.hold(parentToken, findOrMake, context.stopping)
  }

  async #make(parentToken: string, name: string, context: CallContext): Promise<string> {
    for (let tries = 1; ; tries++) {
      try {
        const { token } = await this.#options.calls.createFolder(parentToken, name, context)
        this.#placeBelow(parentToken, name, token)
        this.#listings.made(token, context)
        // Should it not be possible to save the new folder, the next one to ask must find it all the same.
        this.#listings.brought(parentToken, { token, name, type: 'folder' })
        return token
      } catch (error) {
        if (error instanceof TransferError) throw error
        // Unanswered or cut off, it may be there now: what was seen before is worth nothing any more.
        this.#listings.drop(parentToken)
        if (!(error instanceof OutcomeUnknown)) throw error
        const found = error.wasAnswered
          ? await this.#lookAfterRefusal(parentToken, name, context)
          : await this.#lookFor(parentToken, name, context)
        if (found !== undefined) return found
        if (tries >= mostTries(error.error, MOST_MAKES)) throw error.error
      }
    }
  }

  #placeBelow(parentToken: string, name: string, token: string): void {
    const parent = this.#places.get(parentToken)
    if (parent === undefined) return
    this.#places.set(token, { ...parent, remoteFolders: [...parent.remoteFolders, name] })
  }

  /** Refused as a call that may be made again, which does not say that nothing was done. */
  async #lookAfterRefusal(
    parentToken: string,
    name: string,
    context: CallContext,
  ): Promise<string | undefined> {
    const sinceMs = this.#options.clock.steadyMs() + REFUSED_PAUSE_MS
    // The folder is held already.
    const inTurn = <T>(look: () => Promise<T>) => look()
    return folderNamed(await this.#listings.since(parentToken, sinceMs, context, inTurn), name)
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
}

/** The folder where what goes up at this point is listed; undefined where nothing is. */
function listedFolder({ family, parentNode, document }: UploadPoint): string | undefined {
  return family === 'files' ? parentNode : document?.folderToken
}

/** Checks whether something in a folder has the name, or the title, of what goes up there. */
function isNamed({ type, name }: RemoteFile, { document }: UploadPoint, fileName: string): boolean {
  if (document === undefined) return type === 'file' && remoteName(name) === fileName
  return type === document.type && remoteName(name) === titleAndExtension(fileName).title
}

function folderNamed(files: readonly RemoteFile[], name: string): string | undefined {
  return files.find((file) => file.type === 'folder' && remoteName(file.name) === name)?.token
}

/** The places of an account, for a terminal: listed by their paths, and made where they are missing. */

import { parseDestination } from '#main/destination/parse-destination.ts'
import type { ListedPlace, PlaceLists, RemotePlace } from '#main/destination/place-lists.ts'
import { onlyOne } from '#main/destination/walk-path.ts'
import { MOST_PAGES, Paging } from '#main/engine/paging.ts'
import { copyStores } from '#main/store/copy-stores.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { PathPlace } from '#shared/model/given-destination.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { chooseActor } from '../accounts/actor.ts'
import { connect } from '../open-engine.ts'
import type { AppSession } from '../session.ts'

/** A place as a terminal tells it. */
export interface ToldPlace {
  readonly kind: ListedPlace['kind']
  readonly name: string
  /** The names on the way to it, as `--to` takes them; undefined: below a folder that was given by its token. */
  readonly path: string | undefined
  /** The short form with its token; undefined: files can not go there. */
  readonly to: string | undefined
}

export interface ListWishes {
  /** A path of names, a folder by its link or token; undefined: My Space and all wikis. */
  readonly place: string | undefined
  /** Missing folders of the path are made. */
  readonly create: boolean
}

/** A list, and the path of names to it where that is known. */
interface At {
  readonly list: RemotePlace
  readonly path: PathPlace | undefined
}

/**
 * Yields the places in a place. With `create` the place itself, made where it is missing.
 * @throws TransferError `path-missing`, `path-ambiguous`, `usage` for what lists nothing, or the refusal
 */
export async function* listDestinations(
  session: AppSession,
  { place, create }: ListWishes,
): AsyncGenerator<ToldPlace> {
  const { settings, log, interrupted } = session
  const parsed = place === undefined ? undefined : parseDestination(place)
  const actor = await chooseActor(session, parsed?.brand)
  const stores = copyStores(settings.home)
  const connection = connect(stores, { ...settings, ...actor }, log)
  try {
    const walk = new Walk(connection.lists, interrupted, create)
    const given = parsed?.destination
    if (given === undefined) {
      yield* walk.in(ownSpace())
      yield* walk.in(allWikis())
    } else if (given.kind === 'path') {
      if (create) yield await walk.make(given)
      else yield* walk.in(await walk.to(given))
    } else if (given.kind === 'folder') {
      yield* walk.in({ list: given, path: undefined })
    } else {
      throw new TransferError('usage', { detail: place ?? '' })
    }
  } finally {
    await connection.close()
    stores.close()
  }
}

function ownSpace(): At {
  return { list: { kind: 'mine' }, path: { kind: 'path', root: 'my-space', names: [] } }
}

function allWikis(): At {
  return { list: { kind: 'wikis' }, path: { kind: 'path', root: 'wiki-space', names: [] } }
}

class Walk {
  readonly #lists: PlaceLists
  readonly #signal: AbortSignal
  readonly #create: boolean

  constructor(lists: PlaceLists, signal: AbortSignal, create: boolean) {
    this.#lists = lists
    this.#signal = signal
    this.#create = create
  }

  async *in({ list, path }: At): AsyncGenerator<ToldPlace> {
    for await (const each of this.#every(list)) yield told(each, path)
  }

  /** Walks to the list that a path leads to. */
  async to(path: PathPlace): Promise<At> {
    let at = path.root === 'my-space' ? ownSpace() : allWikis()
    for (const depth of path.names.keys()) at = await this.#step(at, path, depth)
    return at
  }

  /** Returns the folder that a path leads to. */
  async make(path: PathPlace): Promise<ToldPlace> {
    const { list } = await this.to(path)
    const token = list.kind === 'folder' ? list.folderToken : await this.#lists.root(this.#signal)
    const to = formatDestination({ kind: 'folder', folderToken: token })
    return { kind: 'folder', name: path.names.at(-1) ?? '', path: formatDestination(path), to }
  }

  async #step({ list }: At, path: PathPlace, depth: number): Promise<At> {
    const names = path.names.slice(0, depth + 1)
    const all: ListedPlace[] = []
    for await (const each of this.#every(list)) all.push(each)
    const isMissing = (error: unknown) =>
      error instanceof TransferError && error.code === 'path-missing'
    try {
      const found = onlyOne(all, path, depth, tokenIn)
      if (found.opens === undefined || !isRemote(found.opens)) {
        throw new TransferError('path-missing', { detail: formatDestination({ ...path, names }) })
      }
      return { list: found.opens, path: { ...path, names } }
    } catch (error) {
      if (!this.#create || path.root !== 'my-space' || !isMissing(error)) throw error
      const parent =
        list.kind === 'folder' ? list.folderToken : await this.#lists.root(this.#signal)
      const made = await this.#lists.makeFolder(parent, path.names[depth] ?? '', this.#signal)
      return { list: { kind: 'folder', folderToken: made.token }, path: { ...path, names } }
    }
  }

  async *#every(list: RemotePlace): AsyncGenerator<ListedPlace> {
    const paging = new Paging(MOST_PAGES)
    let pageToken: string | undefined
    do {
      const page = await this.#lists.list(list, pageToken, this.#signal)
      yield* page.items
      pageToken = paging.turn(page.nextPageToken)
    } while (pageToken !== undefined)
  }
}

function told(place: ListedPlace, above: PathPlace | undefined): ToldPlace {
  const { kind, name, to } = place
  return {
    kind,
    name,
    path: above && formatDestination({ ...above, names: [...above.names, name] }),
    to: to && formatDestination(to),
  }
}

function tokenIn({ to, token }: ListedPlace): string {
  return to === undefined ? token : formatDestination(to)
}

function isRemote(at: NonNullable<ListedPlace['opens']>): at is RemotePlace {
  return at.kind !== 'recent' && at.kind !== 'pinned'
}

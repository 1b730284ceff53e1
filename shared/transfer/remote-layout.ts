import type { LocalErrorCode } from '../errors/error-code.ts'
import { remoteName } from './remote-name.ts'

/** A folder takes so many children (1062507). */
export const MOST_CHILDREN = 1_500
/** Folders nest so deep (1062506); the destination is a level of its own at least. */
const MOST_LEVELS = 15
/**
 * Room kept in the destination itself for folders that take its place, as it has no sibling to
 * continue in.
 */
const KEPT_IN_DESTINATION = 100

export type Placement =
  | { readonly kind: 'placed'; readonly remote: readonly string[]; readonly number: number }
  | { readonly kind: 'refused'; readonly code: LocalErrorCode; readonly folder: readonly string[] }

/** One of the remote folders that stand for a local one: the first, or "name (2)" when that was full. */
export interface PlaceRow {
  readonly folder: readonly string[]
  readonly number: number
  readonly remote: readonly string[]
  readonly children: number
}

export interface LayoutOptions {
  /** The name of the folders that continue the destination itself when it is full. */
  readonly rootName: string
  readonly overflow: boolean
  readonly places: Iterable<PlaceRow>
}

interface Place {
  readonly folder: readonly string[]
  readonly number: number
  readonly remote: readonly string[]
  children: number
}

/**
 * Which remote folder each file goes to, so that no folder gets more children than Feishu allows.
 * Counts what it was asked to place; what else is in a folder, it can not know.
 */
export class RemoteLayout {
  readonly #options: LayoutOptions
  /** Per local folder, the remote ones that stand for it, the fullest first. */
  readonly #places = new Map<string, Place[]>()
  readonly #taken = new Set<string>()
  readonly #touched = new Set<Place>()

  constructor(options: LayoutOptions) {
    this.#options = options
    for (const row of options.places) this.#keep({ ...row })
    this.#touched.clear()
  }

  /** The number of remote folders in use, besides the destination. */
  get folders(): number {
    return this.#taken.size - Number(this.#taken.has(''))
  }

  /** Finds room for one more file of a local folder. */
  placeFile(folder: readonly string[]): Placement {
    return this.#child(folder.map(remoteName))
  }

  /** The place of a file that goes up again beside its older version; elsewhere when that is full. */
  placeAgain(folder: readonly string[], number: number): Placement {
    const names = folder.map(remoteName)
    const place = this.#places.get(keyOf(names))?.find((one) => one.number === number)
    if (place === undefined || place.children >= MOST_CHILDREN) return this.#child(names)
    return this.#occupy(place)
  }

  /** The place of a file whose older version is replaced: it needs no room. */
  placeInstead(folder: readonly string[], number: number): Placement {
    const names = folder.map(remoteName)
    const place = this.#places.get(keyOf(names))?.find((one) => one.number === number)
    if (place === undefined) return this.#child(names)
    return { kind: 'placed', remote: place.remote, number }
  }

  /** Returns what has changed since the last call. */
  takeChanged(): PlaceRow[] {
    const changed = [...this.#touched].map((place) => ({ ...place }))
    this.#touched.clear()
    return changed
  }

  #child(folder: readonly string[]): Placement {
    const place = this.#withRoom(folder)
    return 'code' in place ? { kind: 'refused', ...place } : this.#occupy(place)
  }

  #occupy(place: Place): Placement {
    place.children += 1
    this.#touched.add(place)
    return { kind: 'placed', remote: place.remote, number: place.number }
  }

  #withRoom(
    folder: readonly string[],
  ): Place | { code: LocalErrorCode; folder: readonly string[] } {
    const last = this.#places.get(keyOf(folder))?.at(-1)
    if (last === undefined) return this.#make(folder, 1)
    const isDestination = last.remote.length === 0
    const kept = isDestination && this.#options.overflow ? KEPT_IN_DESTINATION : 0
    if (last.children < MOST_CHILDREN - kept) return last
    return this.#options.overflow
      ? this.#make(folder, last.number + 1)
      : { code: 'folder-full', folder: last.remote }
  }

  #make(
    folder: readonly string[],
    number: number,
  ): Place | { code: LocalErrorCode; folder: readonly string[] } {
    if (folder.length === 0 && number === 1)
      return this.#keep({ folder, number, remote: [], children: 0 })
    if (folder.length + 1 > MOST_LEVELS) return { code: 'folder-too-deep', folder }
    const parent = this.#parentFor(folder)
    if ('code' in parent) return parent
    const { place, remote, free } = this.#freeName(folder, number, parent)
    if (remote.length + 1 > MOST_LEVELS) return { code: 'folder-too-deep', folder: remote }
    this.#occupy(place)
    return this.#keep({ folder, number: free, remote, children: 0 })
  }

  /** Folders that stand for the destination lie in it, in the room that is kept for them. */
  #parentFor(folder: readonly string[]) {
    if (folder.length > 0) return this.#withRoom(folder.slice(0, -1))
    const destination = this.#places.get(keyOf([]))?.[0]
    if (destination === undefined || destination.children >= MOST_CHILDREN) {
      return { code: 'folder-full' as const, folder: [] }
    }
    return destination
  }

  /** A folder may really be called "name (2)". */
  #freeName(folder: readonly string[], first: number, place: Place) {
    const base = folder.at(-1) ?? remoteName(this.#options.rootName)
    for (let free = first; ; free++) {
      const remote = [...place.remote, free === 1 ? base : `${base} (${free})`]
      if (!this.#taken.has(keyOf(remote))) return { place, remote, free }
    }
  }

  #keep(place: Place): Place {
    const key = keyOf(place.folder)
    const others = this.#places.get(key)
    if (others === undefined) this.#places.set(key, [place])
    else others.push(place)
    this.#taken.add(keyOf(place.remote))
    this.#touched.add(place)
    return place
  }
}

function keyOf(folder: readonly string[]): string {
  return folder.join('/')
}

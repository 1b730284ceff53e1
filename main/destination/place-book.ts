/** Places that were looked up, so that they have their names offline too and a dry run knows what they are. */
import { z } from 'zod'
import type { MemoStore } from '#main/engine/ports.ts'
import { errorInfoSchema } from '#shared/model/error-info.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import { type PlaceName, spaceSchema } from '#shared/model/place-name.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { destinationSchema } from '#shared/model/transfer.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { tokenOf } from '#shared/transfer/token-of.ts'
import type { PlaceNames } from './place-names.ts'

const name = z.string().exactOptional()

const namesSchema = z.object({
  title: name,
  owner: name,
  url: name,
  table: name,
  field: name,
  sheet: name,
  space: spaceSchema.exactOptional(),
  above: z.array(z.string()).readonly().exactOptional(),
  unnamed: errorInfoSchema.shape.code.exactOptional(),
}) satisfies z.ZodType<PlaceNames>

const entrySchema = z.object({ destination: destinationSchema, names: namesSchema })

export type KnownPlace = z.output<typeof entrySchema>

/** As long as that, a name need not be read again. */
const NAME_FRESH_MS = 24 * 3_600_000

const TOKEN_END_CHARACTERS = 4

export class PlaceBook {
  readonly #memos: MemoStore
  readonly #names = new Map<string, PlaceNames>()

  constructor(memos: MemoStore) {
    this.#memos = memos
  }

  /** Returns the last result for this identity and input; undefined when it was never looked up. */
  recall(identity: string, given: GivenDestination): KnownPlace | undefined {
    return entrySchema.safeParse(this.#memos.recall(keyOf(identity, given))).data
  }

  keep(identity: string, given: GivenDestination, place: KnownPlace): void {
    const names = this.learn(place)
    this.#memos.remember(keyOf(identity, given), { ...place, names })
  }

  /**
   * Remembers what a place is called. The rest stays as it was: a name that can not be read any more, and
   * the way to a folder of that name.
   */
  learn({ destination, names }: KnownPlace): PlaceNames {
    const text = formatDestination(destination)
    const merged = merge(recallNames(this.#memos, destination), names)
    this.#memos.remember(nameKey(text), merged)
    this.#names.set(text, merged)
    return merged
  }

  /** Notes a place that another component has just stored. */
  note({ destination }: Pick<KnownPlace, 'destination'>): void {
    this.#names.delete(formatDestination(destination))
  }

  /** It is not there any more, or not for us. */
  forget(identity: string, given: GivenDestination): void {
    this.#memos.remember(keyOf(identity, given), undefined)
  }

  /** Returns the names of a destination; empty when it was never looked up. */
  namesOf(destination: Destination): PlaceNames {
    const text = formatDestination(destination)
    const known = this.#names.get(text)
    if (known !== undefined) return known
    const names = recallNames(this.#memos, destination)
    this.#names.set(text, names)
    return names
  }

  /** Returns what a destination is called. */
  nameOf(destination: Destination): PlaceName {
    return nameFrom(destination, this.namesOf(destination))
  }

  /** Tells whether the name has been asked for within a day. */
  isFresh(destination: Destination, nowMs: number): boolean {
    const atMs = this.#memos.recall(askedKey(destination))
    return typeof atMs === 'number' && Math.abs(nowMs - atMs) < NAME_FRESH_MS
  }

  /** The name is being asked for. */
  asked(destination: Destination, nowMs: number): void {
    this.#memos.remember(askedKey(destination), nowMs)
  }
}

/** Returns what a destination is called, according to the memos of a home that is only looked at. */
export function placeNameIn(memos: Pick<MemoStore, 'recall'>, destination: Destination): PlaceName {
  return nameFrom(destination, recallNames(memos, destination))
}

function nameFrom(destination: Destination, names: PlaceNames): PlaceName {
  const { title = '', table, sheet, space, above = [], unnamed } = names
  const { kind } = destination
  const part = kind === 'base' ? table : kind === 'sheet' ? sheet : undefined
  const hasTitle = title !== ''
  return {
    kind,
    space: space ?? null,
    path: hasTitle ? [...above, title] : [],
    part: (hasTitle ? part : undefined) ?? null,
    tokenEnd: tokenOf(destination).slice(-TOKEN_END_CHARACTERS),
    unnamed: unnamed ?? null,
  }
}

/**
 * Joins what is told now with what was known. The way to a folder of another name is not known any more: it may have
 * been moved as well.
 */
function merge({ unnamed: _, ...known }: PlaceNames, told: PlaceNames): PlaceNames {
  const { unnamed, ...named } = told
  if (named.title === undefined || named.title === '') {
    const hasName = known.title !== undefined || known.space !== undefined
    return { ...known, ...named, ...(unnamed !== undefined && !hasName && { unnamed }) }
  }
  if (named.title !== known.title) return named
  const { space, above } = known
  return { ...(space && { space }), ...(above && { above }), ...named }
}

function recallNames(memos: Pick<MemoStore, 'recall'>, destination: Destination): PlaceNames {
  return namesSchema.safeParse(memos.recall(nameKey(formatDestination(destination)))).data ?? {}
}

function keyOf(identity: string, given: GivenDestination): string {
  return `place ${identity} ${formatDestination(given)}`
}

function nameKey(text: string): string {
  return `place-names ${text}`
}

function askedKey(destination: Destination): string {
  return `place-asked ${formatDestination(destination)}`
}

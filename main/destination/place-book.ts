/** Places that were looked up, so that they have their names offline too and a dry run knows what they are. */
import { z } from 'zod'
import type { MemoStore } from '#main/engine/ports.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { destinationSchema } from '#shared/model/transfer.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import type { PlaceNames } from './look-up-place.ts'

const name = z.string().exactOptional()

const namesSchema = z.object({
  title: name,
  owner: name,
  url: name,
  table: name,
  field: name,
  sheet: name,
}) satisfies z.ZodType<PlaceNames>

const entrySchema = z.object({ destination: destinationSchema, names: namesSchema })

export type KnownPlace = z.output<typeof entrySchema>

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
    this.#memos.remember(keyOf(identity, given), place)
    const text = formatDestination(place.destination)
    this.#memos.remember(nameKey(text), place.names)
    this.#names.set(text, place.names)
  }

  /** Notes a place that another component has just stored. */
  note({ destination, names }: KnownPlace): void {
    this.#names.set(formatDestination(destination), names)
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
    const names = namesSchema.safeParse(this.#memos.recall(nameKey(text))).data ?? {}
    this.#names.set(text, names)
    return names
  }
}

function keyOf(identity: string, given: GivenDestination): string {
  return `place ${identity} ${formatDestination(given)}`
}

function nameKey(text: string): string {
  return `place-names ${text}`
}

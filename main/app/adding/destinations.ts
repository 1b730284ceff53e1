import { z } from 'zod'
import { attachmentFields, takenBy } from '#main/destination/base-fields.ts'
import { type CheckedPlace, knownPlace } from '#main/destination/check-place.ts'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { PlaceBook } from '#main/destination/place-book.ts'
import type { PlaceNames } from '#main/destination/place-names.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import { errorInfo, infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import type { Brand } from '#shared/model/account.ts'
import { type GivenDestination, isDestination } from '#shared/model/given-destination.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { destinationSchema } from '#shared/model/transfer.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import type { Worker } from '../accounts/worker.ts'
import { destinationLink } from '../api/links.ts'

type Check = RequestOutput<'destination.check'>

const MEMO = 'recent-destinations'
const PINNED_MEMO = 'pinned-destinations'
const MOST_REMEMBERED = 20

const pinnedSchema = z.array(destinationSchema)

/** Places as they were seen on lists. */
export interface SeenPlaces {
  namesOf(given: GivenDestination, account: string | undefined): PlaceNames | undefined
  wasListed(given: GivenDestination, account: string | undefined): boolean
}

const recentSchema = z.array(z.object({ destination: destinationSchema, usedAtMs: z.number() }))

/** Places files went to, and what a text means as one. */
export class Destinations {
  readonly #memos: Stores['memos']
  readonly #book: PlaceBook
  readonly #worker: Worker
  readonly #clock: Clock
  readonly #brandFor: (account: string | undefined) => Brand
  readonly #onRenamed: () => void

  constructor(
    memos: Stores['memos'],
    worker: Worker,
    clock: Clock,
    brandFor: (account: string | undefined) => Brand,
    onRenamed: () => void,
  ) {
    this.#memos = memos
    this.#book = new PlaceBook(memos)
    this.#worker = worker
    this.#clock = clock
    this.#brandFor = brandFor
    this.#onRenamed = onRenamed
  }

  /** Returns what a destination is called. */
  nameOf = (destination: Destination): PlaceName => this.#book.nameOf(destination)

  /**
   * Has the names read of places that were never looked up here.
   * @param account the account that asks; undefined: the one in use
   */
  async learn(destinations: readonly Destination[], account?: string): Promise<void> {
    const connection = this.#worker.connectionOf(account)
    if (connection === undefined) return
    const { signal } = new AbortController()
    if (!(await connection.learnNames(destinations, signal))) return
    for (const destination of destinations) this.#book.note({ destination })
    this.#onRenamed()
  }

  used(destination: Destination): void {
    const text = formatDestination(destination)
    const others = this.#recent().filter((recent) => formatDestination(recent.destination) !== text)
    const recent = [{ destination, usedAtMs: this.#clock.nowMs() }, ...others]
    this.#memos.remember(MEMO, recent.slice(0, MOST_REMEMBERED))
  }

  recent(): RequestOutput<'destination.recent'>['recent'] {
    return this.#recent().map(({ destination, usedAtMs }) => ({
      ...this.#view(destination, this.#book.namesOf(destination)),
      usedAtMs,
    }))
  }

  /**
   * Returns the destination a text means, as it was found when it was checked.
   * @param account the account that is to upload; absent: the one in use
   * @throws TransferError when it is none, or when it has not been looked up yet
   */
  meantBy(text: string, account?: string): Destination {
    const { destination } = parseDestination(text)
    const identity = account ?? this.#worker.connection?.identity ?? ''
    return knownPlace(this.#book, identity, destination).destination
  }

  /** The places that a person has pinned, in their order. */
  pinned(): { readonly destination: Destination }[] {
    return this.#pinned().map((destination) => ({ destination }))
  }

  isPinned(text: string): boolean {
    return this.#pinned().some((each) => formatDestination(each) === text)
  }

  /** Pins a place in front of the others, or takes it away. */
  pin(destination: Destination, isPinned: boolean): void {
    const text = formatDestination(destination)
    const others = this.#pinned().filter((each) => formatDestination(each) !== text)
    const pinned = isPinned ? [destination, ...others] : others
    this.#memos.remember(PINNED_MEMO, pinned.slice(0, MOST_REMEMBERED))
  }

  /** Remembers what a place is called, as it was seen. */
  isCalled(destination: Destination, names: PlaceNames): void {
    this.#book.learn({ destination, names })
  }

  /** @param seen the lists a person chooses from: what is on one of them need not be asked about again */
  async check(
    { text, columns, account }: RequestInput<'destination.check'>,
    seen?: SeenPlaces,
  ): Promise<Check> {
    try {
      const parsed = parseDestination(text).destination
      const given = 'appToken' in parsed && columns !== undefined ? { ...parsed, columns } : parsed
      const names = seen?.namesOf(given, account)
      if (isDestination(given) && names !== undefined && seen?.wasListed(given, account)) {
        this.#worker.connectionOf(account)?.demandDestination(given)
        this.#book.learn({ destination: given, names })
        return this.#answer({ destination: given, names }, account)
      }
      const place = await this.#checked(given, account)
      if (names !== undefined && isDestination(place.destination)) {
        const { destination } = place
        this.#book.learn({ destination, names: { ...names, ...place.names } })
      }
      return this.#answer(place, account)
    } catch (error) {
      return { kind: 'refused', error: infoOfThrown(error, this.#clock.nowMs()) }
    }
  }

  #checked(
    given: GivenDestination,
    account: string | undefined,
  ): Promise<CheckedPlace> | CheckedPlace {
    const connection = this.#worker.connectionOf(account)
    if (connection === undefined) {
      const unverified =
        account === undefined
          ? new TransferError('credentials-missing')
          : new TransferError('signed-out', { detail: account })
      return { ...knownPlace(this.#book, account ?? '', given), unverified }
    }
    return connection.checkPlace(given, new AbortController().signal)
  }

  #answer(
    { destination, names, page, tables, fields = [], unsettled, unverified }: CheckedPlace,
    account: string | undefined,
  ): Check {
    const attachments = attachmentFields(fields)
    if (unsettled !== undefined || !isDestination(destination)) {
      const error = unsettled ?? new TransferError('destination-not-looked-up')
      return {
        kind: 'choose',
        what: tables === undefined ? 'field' : 'table',
        title: names.title ?? null,
        choices: tables
          ? tables.map(({ tableId, name }) =>
              choice(tableId, name, withTable(destination, tableId)),
            )
          : attachments.map(({ fieldId, name }) =>
              choice(fieldId, name, withField(destination, fieldId)),
            ),
        error: this.#infoOf(error),
      }
    }
    this.#book.note({ destination })
    return {
      kind: 'ok',
      ...this.#view(destination, names, account),
      verified: unverified === undefined && destination.kind !== 'media',
      // Without an account the page says so in its own words.
      error:
        unverified === undefined || unverified.code === 'credentials-missing'
          ? null
          : this.#infoOf(unverified),
      wikiPage: page?.takesFiles === true ? choiceAt(page.nodeToken, destination) : null,
      fields: fields.map((field) => ({
        id: field.fieldId,
        name: field.name,
        takes: takenBy(field),
      })),
      attachmentFields: attachments.map(({ fieldId, name }) =>
        choice(fieldId, name, withField(destination, fieldId)),
      ),
    }
  }

  #view(destination: Destination, { title, table, field, sheet }: PlaceNames, account?: string) {
    const text = formatDestination(destination)
    const link = destinationLink(destination, this.#brandFor(account))
    const names = {
      title: title ?? null,
      table: table ?? null,
      field: field ?? null,
      sheet: sheet ?? null,
    }
    return { destination, names, text, name: this.nameOf(destination), link }
  }

  #infoOf(error: TransferError) {
    return errorInfo(error, this.#clock.nowMs())
  }

  #pinned(): z.output<typeof pinnedSchema> {
    return pinnedSchema.safeParse(this.#memos.recall(PINNED_MEMO)).data ?? []
  }

  #recent(): z.output<typeof recentSchema> {
    return recentSchema.safeParse(this.#memos.recall(MEMO)).data ?? []
  }
}

/** The two places that files can go to at a wiki page which takes files itself. */
function choiceAt(nodeToken: string, { kind }: Destination) {
  return {
    isInto: kind !== 'page',
    into: formatDestination({ kind: 'wiki', nodeToken }),
    below: formatDestination({ kind: 'page', nodeToken }),
  }
}

function choice(id: string, name: string, destination: GivenDestination) {
  return { id, name, text: formatDestination(destination) }
}

function withTable(given: GivenDestination, tableId: string): GivenDestination {
  return given.kind === 'whole-base' ? { ...given, kind: 'base', tableId } : given
}

function withField(given: GivenDestination, field: string): GivenDestination {
  return given.kind === 'base' ? { ...given, field } : given
}

import type { Page } from '#main/destination/document-api.ts'
import type { ListedPlace, PlaceLists, RemotePlace } from '#main/destination/place-lists.ts'
import type { PlaceNames } from '#main/destination/place-names.ts'
import type { Clock } from '#main/lib/clock.ts'
import { isRecent } from '#main/lib/pause.ts'
import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import { means } from '#shared/errors/meaning.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { PlaceRef } from '#shared/model/place-ref.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import type { Worker } from '../accounts/worker.ts'
import type { Connection } from '../open-engine.ts'
import type { Destinations, SeenPlaces } from './destinations.ts'

type Listed = RequestOutput<'places.list'>
type Entry = Listed['entries'][number]

/** A list that was read so long ago is shown again without a call. */
const LIST_FRESH_MS = 60_000

const MOST_LISTS = 300
const MOST_SEEN = 20_000

interface DatedList {
  readonly atMs: number
  readonly page: Page<ListedPlace>
}

/** A page of a list at Feishu's. */
interface AskedList {
  readonly at: RemotePlace
  readonly query: string
  readonly pageToken?: string
  readonly again?: boolean
}

/** A place as it was seen on a list. */
interface Seen {
  readonly name: string
  /** The list it was on. */
  readonly on: PlaceRef
}

/** Lists of places for pages, kept for a moment, and the ways that were walked through them. */
export class PlaceBrowser implements SeenPlaces {
  readonly #worker: Worker
  readonly #destinations: Destinations
  readonly #clock: Clock
  readonly #lists = new Map<string, DatedList>()
  readonly #seen = new Map<string, Seen>()
  readonly #never = new AbortController().signal

  constructor(worker: Worker, destinations: Destinations, clock: Clock) {
    this.#worker = worker
    this.#destinations = destinations
    this.#clock = clock
  }

  /** @throws TransferError when a list can not be read */
  async list(asked: RequestInput<'places.list'>): Promise<Listed> {
    const { at, query = '' } = asked
    if (at.kind === 'recent' || at.kind === 'pinned') {
      const kept = at.kind === 'recent' ? this.#destinations.recent() : this.#destinations.pinned()
      const entries = kept.map(({ destination }) => this.#remembered(destination))
      return { entries, nextPageToken: null, here: null, unsearched: null }
    }
    const connection = this.#connectionOf(asked.account)
    const here = await this.#here(at, connection.lists, asked.account)
    const read = (search: string) => this.#page({ ...asked, at, query: search }, connection)
    try {
      return { ...this.#answer(await read(query), at, query), here, unsearched: null }
    } catch (error) {
      if (query === '' || !isSearchRefused(error)) throw error
      const unsearched = errorInfo(error, this.#clock.nowMs())
      return { ...this.#answer(await read(''), at, ''), here, unsearched }
    }
  }

  /** @throws TransferError when it can not be made */
  async makeFolder({
    parentToken,
    name,
    account,
  }: RequestInput<'places.make-folder'>): Promise<RequestOutput<'places.make-folder'>> {
    const { lists } = this.#connectionOf(account)
    const made = await lists.makeFolder(parentToken, name, this.#never)
    const isRoot = parentToken === (await lists.root(this.#never))
    const on: PlaceRef = isRoot ? { kind: 'mine' } : { kind: 'folder', folderToken: parentToken }
    for (const key of this.#lists.keys()) {
      if (key.includes(JSON.stringify(on))) this.#lists.delete(key)
    }
    const to = { kind: 'folder', folderToken: made.token } as const
    const listed = { kind: 'folder', token: made.token, name: made.name, opens: to, to } as const
    this.#note(listed, on)
    return { entry: this.#entry(listed), wasThere: made.wasThere }
  }

  pin({ text, isPinned, account }: RequestInput<'places.pin'>): void {
    const destination = this.#destinations.meantBy(text, account)
    this.#destinations.pin(destination, isPinned)
  }

  /** Returns what is known of a place from the lists it was reached by; undefined: it is on none of them. */
  namesOf(given: GivenDestination, account: string | undefined): PlaceNames | undefined {
    if (given.kind !== 'folder' && given.kind !== 'wiki' && given.kind !== 'page') return undefined
    const token = given.kind === 'folder' ? given.folderToken : given.nodeToken
    const names: string[] = []
    for (let seen = this.#seen.get(token); seen !== undefined; ) {
      names.unshift(seen.name)
      const { on } = seen
      if (on.kind === 'mine') {
        const space = this.#connectionOf(account).lists.who.kind === 'app' ? 'app' : 'mine'
        return namesFrom(names, { space })
      }
      const parent = tokenOfRef(on)
      if (parent === undefined) return namesFrom(names, {})
      seen = this.#seen.get(parent)
      if (names.length > MOST_LEVELS) break
    }
    return names.length > 0 ? namesFrom(names, {}) : undefined
  }

  /** Tells whether what is in a folder was read a moment ago: it is there, and ours to see. */
  wasListed(given: GivenDestination, account: string | undefined): boolean {
    const connection = this.#worker.connectionOf(account)
    if (given.kind !== 'folder' || connection === undefined) return false
    const { folderToken } = given
    const key = keyOf(connection, { at: { kind: 'folder', folderToken }, query: '' })
    return this.#isFresh(this.#lists.get(key))
  }

  #connectionOf(account: string | undefined): Connection {
    const connection = this.#worker.connectionOf(account)
    if (connection !== undefined) return connection
    throw account === undefined
      ? new TransferError('credentials-missing')
      : new TransferError('signed-out', { detail: account })
  }

  async #page(asked: AskedList, connection: Connection): Promise<Page<ListedPlace>> {
    const { at, query, pageToken, again = false } = asked
    const key = keyOf(connection, asked)
    const known = this.#lists.get(key)
    if (!again && known !== undefined && this.#isFresh(known)) return known.page
    const { lists } = connection
    const page =
      query === ''
        ? await lists.list(at, pageToken, this.#never)
        : await lists.search(at, query, pageToken, this.#never)
    keep(this.#lists, key, { atMs: this.#clock.nowMs(), page }, MOST_LISTS)
    return page
  }

  #isFresh(list: DatedList | undefined): boolean {
    return list !== undefined && isRecent(list.atMs, this.#clock.nowMs(), LIST_FRESH_MS)
  }

  #answer(page: Page<ListedPlace>, at: RemotePlace, query: string) {
    for (const each of page.items) {
      // A search does not tell where a folder is.
      if (query === '' || !this.#seen.has(each.token)) {
        this.#note(each, query === '' ? at : { kind: 'shared' })
      }
    }
    return {
      entries: page.items.map((each) => this.#entry(each)),
      nextPageToken: page.nextPageToken ?? null,
    }
  }

  #note({ token, name }: ListedPlace, on: PlaceRef): void {
    keep(this.#seen, token, { name, on }, MOST_SEEN)
  }

  async #here(
    at: RemotePlace,
    lists: PlaceLists,
    account: string | undefined,
  ): Promise<Entry | null> {
    switch (at.kind) {
      case 'mine': {
        const folderToken = await lists.root(this.#never)
        const space = lists.who.kind === 'app' ? 'app' : 'mine'
        const destination = { kind: 'folder', folderToken } as const
        this.#destinations.isCalled(destination, { space })
        return this.#remembered(destination)
      }
      case 'folder': {
        const to = { kind: 'folder', folderToken: at.folderToken } as const
        const names = this.namesOf(to, account)
        if (names !== undefined) this.#destinations.isCalled(to, names)
        return this.#remembered(to)
      }
      case 'page': {
        const to = { kind: 'wiki', nodeToken: at.nodeToken } as const
        const name = this.#seen.get(at.nodeToken)?.name ?? ''
        return this.#entry({ kind: 'page', token: at.nodeToken, name, opens: at, to })
      }
      default:
        return null
    }
  }

  #entry({ kind, token, name, opens, to }: ListedPlace): Entry {
    const text = to === undefined ? null : formatDestination(to)
    const isPinned = text !== null && this.#destinations.isPinned(text)
    return { id: token, kind, name, place: null, opens: opens ?? null, text, isPinned }
  }

  #remembered(destination: Destination): Entry {
    const text = formatDestination(destination)
    const opens =
      destination.kind === 'folder'
        ? ({ kind: 'folder', folderToken: destination.folderToken } as const)
        : null
    return {
      ...{ id: text, kind: destination.kind, name: '', opens, text },
      place: this.#destinations.nameOf(destination),
      isPinned: this.#destinations.isPinned(text),
    }
  }
}

/** 云空间概述: 15 levels; a wiki may have more. */
const MOST_LEVELS = 50

function namesFrom(names: readonly string[], where: Pick<PlaceNames, 'space'>): PlaceNames {
  return { ...where, title: names.at(-1) ?? '', above: names.slice(0, -1) }
}

function keyOf({ identity }: Connection, { at, query, pageToken = '' }: AskedList): string {
  return [identity, JSON.stringify(at), query, pageToken].join(' ')
}

function tokenOfRef(at: PlaceRef): string | undefined {
  switch (at.kind) {
    case 'folder':
      return at.folderToken
    case 'wiki':
      return at.spaceId
    case 'page':
      return at.nodeToken
    default:
      return undefined
  }
}

/** The search itself was refused: what is listed can be looked through all the same. */
function isSearchRefused(error: unknown): error is TransferError {
  if (!(error instanceof TransferError)) return false
  return error.code === 'search-needs-person' || means(error, 'scope-missing')
}

function keep<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key)
  map.set(key, value)
  const oldest = map.keys().next().value
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}

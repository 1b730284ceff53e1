/** The places a person may choose from: folders, wikis and their pages, listed and searched. */
import type { FolderCalls, FolderStore } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { IdentityParts } from '#shared/model/account.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { PlaceRef } from '#shared/model/place-ref.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import type { FoundPlace, Page } from './document-api.ts'
import type { DocumentCalls } from './document-calls.ts'
import type { FolderMirror } from './folder-mirror.ts'
import { parseLink } from './parse-link.ts'
import { askForPerson, FIRST } from './side-calls.ts'

/** A place on a list. */
export interface ListedPlace {
  readonly kind: 'folder' | 'wiki' | 'page'
  readonly token: string
  readonly name: string
  /** The list of what is in it; undefined: nothing is. */
  readonly opens: PlaceRef | undefined
  /** Undefined: files can not go there. */
  readonly to: GivenDestination | undefined
}

/** Lists that Feishu has; the others are Feidi's own. */
export type RemotePlace = Exclude<PlaceRef, { kind: 'recent' | 'pinned' }>

export interface PlaceListOptions {
  readonly documents: DocumentCalls
  readonly folders: FolderCalls
  readonly mirror: Pick<FolderMirror, 'resolve'>
  readonly known: FolderStore
  readonly identity: string
  readonly who: IdentityParts
}

const LIMIT_MS = 15_000

/** Folders are not told apart from files before they are listed: so many pages are read for one that has some. */
const MOST_PAGES_AT_ONCE = 5

/** 新建文件夹 · name. */
const LONGEST_FOLDER_NAME_BYTES = 256

export class PlaceLists {
  readonly #options: PlaceListOptions
  #root: string | undefined

  constructor(options: PlaceListOptions) {
    this.#options = options
  }

  /** The account that asks. */
  get who(): IdentityParts {
    return this.#options.who
  }

  /** Returns the token of the account's own space. */
  async root(signal: AbortSignal): Promise<string> {
    this.#root ??= await askForPerson(signal, { limitMs: LIMIT_MS }, async (context) => {
      const { token } = await this.#options.documents.rootFolder({}, context)
      return token
    })
    return this.#root
  }

  /**
   * Returns a page of a list, in Feishu's order. Behind all uploads at the gate.
   * @throws TransferError when it can not be read
   */
  list(
    at: RemotePlace,
    pageToken: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<ListedPlace>> {
    const { documents } = this.#options
    const page = pageToken === undefined ? {} : { pageToken }
    return askForPerson(signal, { limitMs: LIMIT_MS }, async (context) => {
      switch (at.kind) {
        case 'mine':
          return foldersOn(await documents.folderPage({ folderToken: '', ...page }, context))
        case 'folder':
          return this.#folders(at.folderToken, pageToken, (given) =>
            documents.folderPage(given, context),
          )
        case 'shared':
          this.#demandPerson()
          return this.#shared(await documents.searchPlaces({ query: '', ...page }, context))
        case 'wikis':
          return mapped(await documents.wikiSpaces(page, context), ({ token, name }) => ({
            kind: 'wiki',
            token,
            name,
            opens: { kind: 'wiki', spaceId: token },
            to: undefined,
          }))
        case 'wiki':
        case 'page': {
          const { spaceId } = at
          const nodeToken = at.kind === 'page' ? at.nodeToken : ''
          const found = await documents.wikiPages({ spaceId, nodeToken, ...page }, context)
          return mapped(found, (each) => pageOf(each.token, each.name, spaceId))
        }
      }
    })
  }

  /**
   * Searches by name: all folders that the person sees, or the pages of a wiki.
   * @throws TransferError `search-needs-person` for an app
   */
  search(
    at: RemotePlace,
    query: string,
    pageToken: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<ListedPlace>> {
    this.#demandPerson()
    const spaceId = 'spaceId' in at ? at.spaceId : undefined
    const page = pageToken === undefined ? {} : { pageToken }
    return askForPerson(signal, { limitMs: LIMIT_MS }, async (context) => {
      const asked = { query, ...page, ...(spaceId !== undefined && { spaceIds: [spaceId] }) }
      const found = await this.#options.documents.searchPlaces(asked, context)
      if (spaceId === undefined) return mapped(found, folderFound)
      return mapped(found, (each) => pageFound(each, spaceId))
    })
  }

  /**
   * Makes a folder, unless one of that name is there. It is not made twice when an answer is lost.
   * @throws TransferError `folder-name-too-long`, or the refusal
   */
  makeFolder(
    parentToken: string,
    given: string,
    signal: AbortSignal,
  ): Promise<{ token: string; name: string; wasThere: boolean }> {
    const name = remoteName(given.trim())
    if (Buffer.byteLength(name) > LONGEST_FOLDER_NAME_BYTES) {
      throw new TransferError('folder-name-too-long')
    }
    const { folders, mirror, known, identity } = this.#options
    return askForPerson(signal, { rank: FIRST, limitMs: LIMIT_MS }, async (context) => {
      const rows = await folders.listFolder(parentToken, context)
      const there = rows.find((row) => row.type === 'folder' && remoteName(row.name) === name)
      if (there !== undefined) return { token: there.token, name, wasThere: true }
      const remembered = known.folderToken(identity, parentToken, name)
      if (remembered !== undefined) known.forgetFolder(identity, remembered)
      const parent = { kind: 'folder', folderToken: parentToken } as const
      const { parentNode } = await mirror.resolve(parent, [name], context)
      return { token: parentNode, name, wasThere: false }
    })
  }

  /** Reads on while there are only files. */
  async #folders(
    folderToken: string,
    from: string | undefined,
    read: (at: {
      folderToken: string
      pageToken?: string
    }) => ReturnType<DocumentCalls['folderPage']>,
  ): Promise<Page<ListedPlace>> {
    let pageToken = from
    for (let pages = 1; ; pages++) {
      const found = foldersOn(
        await read({ folderToken, ...(pageToken !== undefined && { pageToken }) }),
      )
      pageToken = found.nextPageToken
      const isEnough = found.items.length > 0 || pages >= MOST_PAGES_AT_ONCE
      if (pageToken === undefined || isEnough) return found
    }
  }

  /** Folders of other people: a search for no word finds all that a person sees. */
  #shared(found: Page<FoundPlace>): Page<ListedPlace> {
    const { openId } = this.#options.who
    const others = found.items.filter(({ owner }) => owner === undefined || owner !== openId)
    return mapped({ ...found, items: others }, folderFound)
  }

  #demandPerson(): void {
    if (this.#options.who.kind === 'app') throw new TransferError('search-needs-person')
  }
}

function foldersOn(page: Awaited<ReturnType<DocumentCalls['folderPage']>>): Page<ListedPlace> {
  const folders = page.items.filter(({ type }) => type === 'folder')
  return mapped({ ...page, items: folders }, ({ token, name }) => folderOf(token, name))
}

function mapped<T>(
  { items, nextPageToken }: Page<T>,
  tell: (item: T) => ListedPlace | undefined,
): Page<ListedPlace> {
  return {
    items: items.flatMap((item) => tell(item) ?? []),
    ...(nextPageToken !== undefined && { nextPageToken }),
  }
}

function folderOf(token: string, name: string): ListedPlace {
  const to = { kind: 'folder', folderToken: token } as const
  return { kind: 'folder', token, name, opens: to, to }
}

function pageOf(token: string, name: string, spaceId: string): ListedPlace {
  const opens = { kind: 'page', nodeToken: token, spaceId } as const
  return { kind: 'page', token, name, opens, to: { kind: 'wiki', nodeToken: token } }
}

function folderFound({ token, name, url }: FoundPlace): ListedPlace | undefined {
  const given = meantBy(url)
  const folderToken = given?.kind === 'folder' ? given.folderToken : token
  return folderToken === '' ? undefined : folderOf(folderToken, name)
}

/** The token of a page that was found may be that of its document: its link tells. */
function pageFound({ name, url }: FoundPlace, spaceId: string): ListedPlace | undefined {
  const given = meantBy(url)
  return given?.kind === 'wiki' ? pageOf(given.nodeToken, name, spaceId) : undefined
}

function meantBy(url: string | undefined): GivenDestination | undefined {
  if (url === undefined) return undefined
  try {
    return parseLink(url).destination
  } catch {
    return undefined
  }
}

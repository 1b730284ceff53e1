/** Files below a page of a wiki: each is a page itself, and listed there by the token of the file. */
import type { CallContext, RemoteFile } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { KeyedLock } from '#main/lib/keyed-lock.ts'
import type { UploadPoint } from '#shared/model/transfer.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import { allItems, type DocumentCalls } from './document-calls.ts'
import { FolderListings } from './folder-listings.ts'

/** `parent_type` of files that go there, in the official SDK and client. */
const PARENT_TYPE = 'wiki'

interface WikiPagesOptions {
  readonly calls: DocumentCalls
  readonly clock: Clock
}

export class WikiPages {
  readonly #options: WikiPagesOptions
  readonly #lock = new KeyedLock()
  readonly #listings: FolderListings
  /** The wiki that each page is in. */
  readonly #spaces = new Map<string, string>()

  constructor(options: WikiPagesOptions) {
    this.#options = options
    const listFolder = (nodeToken: string, context: CallContext) => this.#below(nodeToken, context)
    // That a file is listed by the token it was answered with is not certain, so none counts as vanished.
    this.#listings = new FolderListings({ listFolder }, options.clock, () => undefined)
  }

  static has({ parentType }: UploadPoint): boolean {
    return parentType === PARENT_TYPE
  }

  pointOf(nodeToken: string): UploadPoint {
    return { family: 'files', parentType: PARENT_TYPE, parentNode: nodeToken }
  }

  async filesNamed(
    { parentNode }: UploadPoint,
    fileName: string,
    context: CallContext,
  ): Promise<RemoteFile[]> {
    const files = await this.#fresh(parentNode, context)
    return files.filter((file) => file.type === 'file' && remoteName(file.name) === fileName)
  }

  /** Documents of that title and type that are pages below a page. */
  async documentsTitled(
    nodeToken: string,
    { title, type }: { readonly title: string; readonly type: string },
    context: CallContext,
  ): Promise<RemoteFile[]> {
    const pages = await this.#fresh(nodeToken, context)
    return pages.filter((page) => page.type === type && remoteName(page.name) === remoteName(title))
  }

  list({ parentNode }: UploadPoint, context: CallContext): Promise<readonly RemoteFile[]> {
    return this.#listings.look(parentNode, context)
  }

  listSince(
    { parentNode }: UploadPoint,
    sinceMs: number,
    context: CallContext,
  ): Promise<readonly RemoteFile[]> {
    return this.#listings.since(parentNode, sinceMs, context, (look) =>
      this.#lock.hold(parentNode, look, context.stopping),
    )
  }

  landed({ parentNode }: UploadPoint, file: { fileName: string; fileToken: string }): void {
    const { fileName: name, fileToken: token } = file
    this.#listings.brought(parentNode, { token, name, type: 'file' })
  }

  #fresh(nodeToken: string, context: CallContext): Promise<readonly RemoteFile[]> {
    return this.#lock.hold(
      nodeToken,
      () => this.#listings.fresh(nodeToken, context),
      context.stopping,
    )
  }

  async #below(nodeToken: string, context: CallContext): Promise<RemoteFile[]> {
    const spaceId = await this.spaceOf(nodeToken, context)
    const { calls } = this.#options
    return allItems((page) => calls.pagesBelow({ spaceId, nodeToken, ...page }, context))
  }

  /** Returns the wiki that a page is in. */
  spaceOf = async (nodeToken: string, context: CallContext): Promise<string> => {
    const known = this.#spaces.get(nodeToken)
    if (known !== undefined) return known
    const { spaceId } = await this.#options.calls.wikiNode({ nodeToken }, context)
    this.#spaces.set(nodeToken, spaceId)
    return spaceId
  }
}

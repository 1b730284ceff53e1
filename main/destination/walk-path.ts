/** A path of names, walked from the account's own space or from its wikis. */
import type { CallContext, FolderCalls } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { PathPlace } from '#shared/model/given-destination.ts'
import type { Space } from '#shared/model/place-name.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import { allItems, type DocumentCalls } from './document-calls.ts'
import type { PlaceNames } from './place-names.ts'

export interface WalkOptions {
  readonly documents: DocumentCalls
  readonly folders: Pick<FolderCalls, 'listFolder'>
  /** The space that the account's own folders are in. */
  readonly space: Space
}

/** The end of a path. */
type PathEnd =
  | {
      readonly kind: 'folder'
      readonly destination: Extract<Destination, { kind: 'folder' }>
      readonly names: PlaceNames
    }
  | { readonly kind: 'page'; readonly nodeToken: string; readonly above: readonly string[] }

interface Found {
  readonly token: string
  readonly name: string
}

/**
 * Finds what a path of names leads to.
 * @throws TransferError `path-missing`, `path-ambiguous` with the tokens of all that have the name, `link-wiki-space`
 *   for a wiki without a page
 */
export function walkPath(
  options: WalkOptions,
  path: PathPlace,
  context: CallContext,
): Promise<PathEnd> {
  return path.root === 'my-space'
    ? walkFolders(options, path, context)
    : walkWiki(options, path, context)
}

async function walkFolders(
  { documents, folders, space }: WalkOptions,
  path: PathPlace,
  context: CallContext,
): Promise<PathEnd> {
  let token = (await documents.rootFolder({}, context)).token
  const walked: string[] = []
  for (const [depth, name] of path.names.entries()) {
    const parent = depth === 0 ? '' : token
    const rows = await folders.listFolder(parent, context)
    const named = rows.filter(({ type }) => type === 'folder')
    const found = onlyOne(named, path, depth, (each) => `folder:${each.token}`)
    token = found.token
    walked.push(found.name || name)
  }
  const title = walked.at(-1)
  return {
    kind: 'folder',
    destination: { kind: 'folder', folderToken: token },
    names: { space, ...(title !== undefined && { title, above: walked.slice(0, -1) }) },
  }
}

async function walkWiki(
  { documents }: WalkOptions,
  path: PathPlace,
  context: CallContext,
): Promise<PathEnd> {
  if (path.names.length < 2) throw new TransferError('link-wiki-space')
  const spaces = await allItems((page) => documents.wikiSpaces(page, context))
  const { token: spaceId } = onlyOne(spaces, path, 0, ({ token }) => `wiki ${token}`)
  let nodeToken = ''
  for (const depth of path.names.slice(1).keys()) {
    const pages = await allItems((page) =>
      documents.wikiPages({ spaceId, nodeToken, ...page }, context),
    )
    nodeToken = onlyOne(pages, path, depth + 1, ({ token }) => `wiki:${token}`).token
  }
  return { kind: 'page', nodeToken, above: path.names.slice(0, -1) }
}

/** Returns the one of this name. Names are compared as Feishu keeps them. */
export function onlyOne<T extends Found>(
  all: readonly T[],
  path: PathPlace,
  depth: number,
  tell: (one: T) => string,
): T {
  const name = remoteName(path.names[depth] ?? '')
  const [found, ...others] = all.filter((each) => remoteName(each.name) === name)
  const detail = formatDestination({ ...path, names: path.names.slice(0, depth + 1) })
  if (found === undefined) throw new TransferError('path-missing', { detail })
  if (others.length === 0) return found
  const tokens = [found, ...others].map(tell).join(', ')
  throw new TransferError('path-ambiguous', { detail: `${detail} (${tokens})` })
}

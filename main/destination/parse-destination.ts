import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Brand } from '#shared/model/account.ts'
import {
  type BasePart,
  type GivenDestination,
  PATH_ROOTS,
} from '#shared/model/given-destination.ts'
import type { FileColumns } from '#shared/model/transfer.ts'
import { IMPORT_POINT, isMediaPoint, needsRoute } from './media-points.ts'
import { parseLink } from './parse-link.ts'
import { isFieldReference, isToken } from './tokens.ts'

export interface ParsedDestination {
  readonly destination: GivenDestination
  /** Told by the link's host; undefined when the destination was not given as a link. */
  readonly brand?: Brand
}

/**
 * Understands what a person gives as a destination: a link, or one of the short forms `folder:TOKEN`,
 * `docx:ID`, `sheet:TOKEN[/SHEET]`, `base:APP[/TABLE[/FIELD]][?record=…]`, `file:TOKEN`, `wiki:NODE`,
 * `page:NODE`, `media:PARENT_TYPE:PARENT_NODE[?route=DOCUMENT]`, or a path of names, `my-space:/NAME/NAME` and
 * `wiki-space:/WIKI/PAGE`. `formatDestination` writes what this reads.
 * @throws TransferError `link-…`, `media-…` or `destination-unsupported` for what can not take files,
 *   `destination-invalid` for what is no destination at all
 */
export function parseDestination(text: string): ParsedDestination {
  const trimmed = text.trim()
  const byNames = pathOf(trimmed)
  if (byNames !== undefined) return { destination: byNames }
  if (/^https?:\/\//i.test(trimmed)) return parseLink(trimmed)
  const [, kind, path = '', query = ''] = /^([a-z]+):([^?]*)(?:\?(.*))?$/s.exec(trimmed) ?? []
  const destination = shortForm(kind, path, new URLSearchParams(query))
  if (destination === undefined) throw new TransferError('destination-invalid', { detail: text })
  return { destination }
}

/** Returns a path of names; a slash within a name is written `%2F`. */
function pathOf(text: string): GivenDestination | undefined {
  const root = PATH_ROOTS.find((each) => text.startsWith(`${each}:`))
  if (root === undefined) return undefined
  const names = text.slice(root.length + 1).split('/')
  return { kind: 'path', root, names: names.filter((name) => name !== '').map(decoded) }
}

function shortForm(
  kind: string | undefined,
  path: string,
  query: URLSearchParams,
): GivenDestination | undefined {
  if (kind === 'media') return media(path, query)
  if (kind === 'base') return base(path, query)
  const [token = '', sheetId, ...rest] = path.split('/')
  const hasSheet = kind === 'sheet' && sheetId !== undefined && isToken(sheetId)
  if (!isToken(token) || rest.length > 0 || (sheetId !== undefined && !hasSheet)) return undefined
  const fromWiki = optional('wikiNode', query.get('wiki'))
  switch (kind) {
    case 'folder':
      return { kind: 'folder', folderToken: token }
    case 'docx':
      return { kind: 'docx', documentId: token, ...fromWiki }
    case 'sheet':
      return { kind, spreadsheetToken: token, ...optional('sheetId', sheetId ?? null), ...fromWiki }
    case 'file':
      return { kind, fileToken: token, ...optional('parentToken', query.get('in')), ...fromWiki }
    case 'page':
      return { kind, nodeToken: token }
    case 'wiki':
      return {
        kind,
        nodeToken: token,
        ...optional('tableId', query.get('table')),
        ...optional('sheetId', query.get('sheet')),
        ...partOf(query),
      }
    default:
      return undefined
  }
}

function media(path: string, query: URLSearchParams): GivenDestination | undefined {
  const [parentType = '', parentNode = '', ...rest] = path.split(':')
  if (parentType === IMPORT_POINT) throw new TransferError('media-for-import')
  const route = optional('route', query.get('route'))
  const isRouted = route.route !== undefined
  if (!isMediaPoint(parentType)) throw new TransferError('media-unknown', { detail: parentType })
  if (!isToken(parentNode) || rest.length > 0 || (isRouted && !needsRoute(parentType))) {
    return undefined
  }
  return { kind: 'media', parentType, parentNode, ...route }
}

function base(path: string, query: URLSearchParams): GivenDestination | undefined {
  const [appToken = '', tableId, ...names] = path.split('/')
  const field = names.length > 0 ? decoded(names.join('/')) : undefined
  if (!isToken(appToken) || (field !== undefined && !isFieldReference(field))) return undefined
  const part = { ...(field !== undefined && { field }), ...partOf(query) }
  if (tableId === undefined) return { kind: 'whole-base', appToken, ...part }
  if (!isToken(tableId)) return undefined
  return { kind: 'base', appToken, tableId, ...part, ...optional('wikiNode', query.get('wiki')) }
}

/** Returns what the query says about a Base. An invalid value counts as absent. */
function partOf(query: URLSearchParams): Omit<BasePart, 'tableId'> {
  const field = query.get('field')
  const columns = columnsOf(query)
  return {
    ...(field !== null && isFieldReference(field) && { field }),
    ...optional('recordId', query.get('record')),
    ...(columns !== undefined && { columns }),
  }
}

const COLUMN_KEYS = {
  name: 'name',
  path: 'path',
  size: 'sizeBytes',
  time: 'modifiedAt',
} as const satisfies Record<string, keyof FileColumns>

function columnsOf(query: URLSearchParams): FileColumns | undefined {
  const entries = Object.entries(COLUMN_KEYS).flatMap(([key, column]) => {
    const value = query.get(key)
    return value !== null && isFieldReference(value) ? [[column, value] as const] : []
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

function optional<K extends string>(key: K, value: string | null): { [P in K]?: string } {
  return value !== null && isToken(value) ? ({ [key]: value } as { [P in K]?: string }) : {}
}

/** A name may be written as it is, or percent-encoded as `formatDestination` does. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

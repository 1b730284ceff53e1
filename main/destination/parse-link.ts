/** The meaning of the links that people copy from Feishu's address bar. */
import type { LocalErrorCode } from '#shared/errors/error-code.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Brand } from '#shared/model/account.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import { isToken } from './tokens.ts'

type Understood = (token: string, query: URLSearchParams) => GivenDestination

/** Paths that lead to a place for files, the token following. Older shapes of the same links included. */
const PLACES: ReadonlyMap<string, Understood> = new Map<string, Understood>([
  ['drive/folder', folder],
  ['drive/shr', folder],
  ['chat/drive', folder],
  ['file', file],
  ['drive/file', file],
  ['docx', (documentId) => ({ kind: 'docx', documentId })],
  ['sheets', sheet],
  ['spreadsheets', sheet],
  ['base', base],
  ['bitable', base],
  ['wiki', wiki],
])

/** The path of the page with what a person owns. */
const MY_SPACE = 'drive/me'

/** Paths of what can not take files, and the error that says why. */
const NO_PLACES: ReadonlyMap<string, LocalErrorCode> = new Map<string, LocalErrorCode>([
  ['doc', 'link-old-doc'],
  ['docs', 'link-old-doc'],
  ['slides', 'link-slides'],
  ['mindnote', 'link-mindnote'],
  ['mindnotes', 'link-mindnote'],
  ['record', 'link-base-record'],
  ['share/base', 'link-base-part'],
  ['base/workspace', 'link-base-part'],
  ['base/add', 'link-base-part'],
  ['base/automation', 'link-base-part'],
  ['app', 'link-app'],
  ['wiki/settings', 'link-wiki-space'],
  ['wiki/space', 'link-wiki-space'],
])

/**
 * Understands a link by its path; the host only tells the brand, because companies may have their own.
 * A fragment, further path segments and what else is in the query (`from=…`) mean nothing.
 * @throws TransferError `link-…` with the reason for what is no place for files,
 *   `destination-unsupported` for other pages of Feishu, `destination-invalid` for what is no link
 */
export function parseLink(text: string): { destination: GivenDestination; brand?: Brand } {
  const url = URL.parse(text)
  if (url === null) throw new TransferError('destination-invalid', { detail: text })
  const segments = url.pathname.split('/').filter((segment) => segment !== '')
  const brand = brandOf(url.hostname)
  if (segments.join('/') === MY_SPACE) {
    return { destination: { kind: 'path', root: 'my-space', names: [] }, ...(brand && { brand }) }
  }
  for (const length of [2, 1]) {
    const path = segments.slice(0, length).join('/')
    const reason = NO_PLACES.get(path)
    if (reason !== undefined) throw new TransferError(reason)
    const understand = PLACES.get(path)
    const token = segments[length]
    if (understand === undefined || token === undefined) continue
    if (!isToken(token)) throw new TransferError('destination-invalid', { detail: text })
    return { destination: understand(token, url.searchParams), ...(brand && { brand }) }
  }
  const code = brand === undefined ? 'link-elsewhere' : 'destination-unsupported'
  throw new TransferError(code, { detail: text })
}

function folder(folderToken: string): GivenDestination {
  return { kind: 'folder', folderToken }
}

function file(fileToken: string): GivenDestination {
  return { kind: 'file', fileToken }
}

function sheet(spreadsheetToken: string, query: URLSearchParams): GivenDestination {
  return { kind: 'sheet', spreadsheetToken, ...idIn(query, 'sheet', 'sheetId') }
}

function base(appToken: string, query: URLSearchParams): GivenDestination {
  const table = idIn(query, 'table', 'tableId')
  const record = idIn(query, 'record', 'recordId')
  return table.tableId === undefined
    ? { kind: 'whole-base', appToken, ...record }
    : { kind: 'base', appToken, tableId: table.tableId, ...record }
}

function wiki(nodeToken: string, query: URLSearchParams): GivenDestination {
  return {
    kind: 'wiki',
    nodeToken,
    ...idIn(query, 'table', 'tableId'),
    ...idIn(query, 'record', 'recordId'),
    ...idIn(query, 'sheet', 'sheetId'),
  }
}

/** Returns the id in a query parameter. A value that is not an id counts as absent. */
function idIn<K extends string>(query: URLSearchParams, key: string, as: K): { [P in K]?: string } {
  const value = query.get(key)
  return value !== null && isToken(value) ? ({ [as]: value } as { [P in K]?: string }) : {}
}

/** Tenants have their own subdomains; a company's own domain says nothing. */
function brandOf(host: string): Brand | undefined {
  if (/(^|\.)larksuite\.com$/.test(host)) return 'lark'
  if (/(^|\.)(feishu\.cn|larkoffice\.com)$/.test(host)) return 'feishu'
  return undefined
}

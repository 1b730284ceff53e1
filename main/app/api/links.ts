import type { Brand } from '#shared/model/account.ts'
import type { Destination, Transfer } from '#shared/model/transfer.ts'

/** Sends a person on to their own tenant. */
const WEB: Readonly<Record<Brand, string>> = {
  feishu: 'https://www.feishu.cn',
  lark: 'https://www.larksuite.com',
}

const DOCUMENT_PATHS = { docx: 'docx', sheet: 'sheets', bitable: 'base' } as const

/** Returns the link to an uploaded file: its own page, or the document or record that shows it. */
export function fileLink({ state, destination, pageUrl }: Transfer, brand: Brand): string | null {
  if (state.kind !== 'done') return null
  if (pageUrl !== undefined) return pageUrl
  switch (destination.kind) {
    case 'folder':
    case 'file':
      if (state.document !== undefined) {
        return `${WEB[brand]}/${DOCUMENT_PATHS[state.document]}/${encodeURIComponent(state.fileToken)}`
      }
      return `${WEB[brand]}/file/${encodeURIComponent(state.fileToken)}`
    case 'base':
      return destinationLink(
        { ...destination, ...(state.recordId && { recordId: state.recordId }) },
        brand,
      )
    case 'docx':
    case 'page':
    case 'sheet':
      return destinationLink(destination, brand)
    case 'media':
      return null
  }
}

/** The page of a destination; bare media have none. */
export function destinationLink(destination: Destination, brand: Brand): string | null {
  const page = pageOf(destination)
  if (page === undefined) return null
  const [path, query] = page
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  )
  return `${WEB[brand]}/${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
}

type Page = readonly [path: string, query: Readonly<Record<string, string | undefined>>]

function pageOf(destination: Destination): Page | undefined {
  switch (destination.kind) {
    case 'folder':
      return [`drive/folder/${encodeURIComponent(destination.folderToken)}`, {}]
    case 'file':
      return [`file/${encodeURIComponent(destination.fileToken)}`, {}]
    case 'docx':
      return [inWiki(destination, 'docx', destination.documentId), {}]
    case 'page':
      return [`wiki/${encodeURIComponent(destination.nodeToken)}`, {}]
    case 'sheet':
      return [
        inWiki(destination, 'sheets', destination.spreadsheetToken),
        { sheet: destination.sheetId },
      ]
    case 'base':
      return [
        inWiki(destination, 'base', destination.appToken),
        { table: destination.tableId, record: destination.recordId },
      ]
    case 'media':
      return undefined
  }
}

/** People find a page of a wiki where the wiki has it. */
function inWiki({ wikiNode }: { wikiNode?: string }, path: string, token: string): string {
  return wikiNode === undefined
    ? `${path}/${encodeURIComponent(token)}`
    : `wiki/${encodeURIComponent(wikiNode)}`
}

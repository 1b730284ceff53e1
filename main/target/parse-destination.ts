import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination } from '#shared/model/transfer.ts'

/** Whose servers a link belongs to. */
export type Brand = 'feishu' | 'lark'

export interface ParsedDestination {
  readonly destination: Destination
  /** Told by the link's host; undefined when the destination was not given as a link. */
  readonly brand: Brand | undefined
}

/** Tokens are opaque; old ones have prefixes, new ones have 27 characters. */
const TOKEN = /^[A-Za-z0-9_-]+$/

/**
 * Upload points of media (素材概述, 上传素材: parent_type). `ccm_import_open` is left out: it only means
 * something as the first half of an import, and needs to be told of what kind.
 */
const MEDIA_PARENT_TYPES = new Set([
  'bitable_file',
  'bitable_image',
  'calendar',
  'doc_file',
  'doc_image',
  'docx_file',
  'docx_image',
  'sheet_file',
  'sheet_image',
  'slide_file',
  'whiteboard',
])

/** `/drive/folder/T`, and the two older shapes of the same link. */
const FOLDER_PATH = /^\/(?:drive\/folder|drive\/shr|chat\/drive)\/([^/]+)/

/**
 * Understands what a person gives as a destination: a Drive folder link, `folder:TOKEN`, or
 * `media:PARENT_TYPE:PARENT_NODE`.
 * @throws TransferError `destination-unsupported` for what Feidi can not upload to,
 *   `destination-invalid` for what is no destination at all
 */
export function parseDestination(text: string): ParsedDestination {
  const trimmed = text.trim()
  if (/^https?:\/\//i.test(trimmed)) return fromLink(trimmed)
  const [kind, ...rest] = trimmed.split(':')
  if (kind === 'folder' && rest.length === 1) return folder(rest[0] ?? '', text, undefined)
  if (kind === 'media' && rest.length === 2) return media(rest[0] ?? '', rest[1] ?? '', text)
  if (['docx', 'sheet', 'base', 'wiki'].includes(kind ?? '')) throw unsupported(text)
  throw invalid(text)
}

function fromLink(text: string): ParsedDestination {
  const url = URL.parse(text)
  if (url === null) throw invalid(text)
  const token = FOLDER_PATH.exec(url.pathname)?.[1]
  if (token === undefined) throw unsupported(text)
  return folder(token, text, brandOf(url.hostname))
}

function folder(token: string, text: string, brand: Brand | undefined): ParsedDestination {
  if (!TOKEN.test(token)) throw invalid(text)
  return { destination: { kind: 'folder', folderToken: token }, brand }
}

function media(parentType: string, parentNode: string, text: string): ParsedDestination {
  if (!MEDIA_PARENT_TYPES.has(parentType) || !TOKEN.test(parentNode)) throw invalid(text)
  return { destination: { kind: 'media', parentType, parentNode }, brand: undefined }
}

/** Tenants have their own subdomains; a company's own domain says nothing. */
function brandOf(host: string): Brand | undefined {
  if (/(^|\.)larksuite\.com$/.test(host)) return 'lark'
  if (/(^|\.)(feishu\.cn|larkoffice\.com)$/.test(host)) return 'feishu'
  return undefined
}

function invalid(text: string): TransferError {
  return new TransferError('destination-invalid', { detail: text })
}

function unsupported(text: string): TransferError {
  return new TransferError('destination-unsupported', { detail: text })
}

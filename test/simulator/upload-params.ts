/** The parameters of the upload calls, checked one by one. */
import type { Identity } from './accounts.ts'
import type { UploadFamily, UploadPlace } from './library.ts'
import { FILE_NAME_LIMIT } from './limits.ts'
import { checkMediaPlace } from './media-places.ts'
import { Refusal } from './refusal.ts'
import type { Server } from './server.ts'

/** 上传素材 · parent_type, and those that other pages and official clients use with the media calls. */
const MEDIA_PARENT_TYPES = [
  'doc_image',
  'docx_image',
  'sheet_image',
  'doc_file',
  'docx_file',
  'sheet_file',
  'bitable_image',
  'bitable_file',
  'ccm_import_open',
  'calendar',
  'whiteboard',
  'slide_file',
  'slide_img',
  'mindnote_image',
  'comment_image',
  'base_global',
  'bitable_tmp_point',
  'office_sheet_file',
  'office_slide_file',
  'email',
  'moments',
  'vc_virtual_background',
  'lark_ai_media_analysis',
]

/** 上传文件 · parent_type: `explorer`; the official SDK and client also know pages of a wiki. */
const FILE_PARENT_TYPES = ['explorer', 'wiki']

interface PlaceFields {
  readonly fileName: string
  readonly parentType: string
  readonly parentNode: string
  readonly identity: Identity
  readonly extra: unknown
  /** `file_token`: the file whose content is to be replaced. */
  readonly replaces: unknown
}

/**
 * Judges name and place. 1061008 bad name, 1061002 unknown parent_type or extra, 1061041 / 1061044 no such
 * place, 1061004 no right to it.
 */
export function checkPlace(server: Server, family: UploadFamily, fields: PlaceFields): UploadPlace {
  const { fileName, parentType, parentNode, identity, extra } = fields
  if (fileName === '' || [...fileName].length > FILE_NAME_LIMIT) throw new Refusal(1061008)
  const allowed = family === 'files' ? FILE_PARENT_TYPES : MEDIA_PARENT_TYPES
  if (!allowed.includes(parentType)) {
    throw new Refusal(1061002, `parent_type ${parentType}`)
  }
  const place = { family, parentType, parentNode, fileName, identity: identity.id }
  if (family === 'medias') {
    checkMediaPlace(server, identity, parentType, parentNode, extra, fileName)
    return place
  }
  if (parentType === 'wiki') {
    checkWikiPage(server, identity, parentNode)
    return { ...place, replaces: fileToReplace(server, identity, fields.replaces) }
  }
  const folder = server.drive.requireParent(parentNode)
  if (!server.access.allows(identity, folder.token, 'edit')) throw new Refusal(1061004)
  const replaces = fileToReplace(server, identity, fields.replaces)
  if (replaces === undefined) server.drive.requireRoom(folder)
  return { ...place, replaces }
}

/** 分片上传文件 says that a wiki takes no files (1061001); the official client brings them there all the same. */
function checkWikiPage(server: Server, identity: Identity, nodeToken: string): void {
  if (!server.wiki.rules.takesFiles) throw new Refusal(1061001)
  if (server.wiki.isRemoved(nodeToken)) throw new Refusal(1061041)
  const node = server.wiki.find(nodeToken)
  if (node === undefined) throw new Refusal(1061044)
  if (!server.access.allows(identity, nodeToken, 'edit')) throw new Refusal(1061004)
}

/** Undocumented, and said to be there for some tenants only: 1061002 elsewhere, or the field is not looked at. */
function fileToReplace(server: Server, identity: Identity, given: unknown): string | undefined {
  if (given === undefined || given === '') return undefined
  const token = text(given, 'file_token')
  switch (server.settings.overwrite) {
    case 'refused':
      throw new Refusal(1061002, 'unknown field file_token')
    case 'second-file':
      return undefined
    case 'supported':
      break
  }
  if (server.drive.isRemoved(token)) throw new Refusal(1061007)
  if (server.drive.get(token)?.type !== 'file') throw new Refusal(1061003)
  if (!server.access.allows(identity, token, 'edit')) throw new Refusal(1061004)
  return token
}

/** A whole number in text form, digits only: `size` with a space in it is 1061002 on 上传文件. */
export function digits(text: string | undefined, name: string): number {
  if (text === undefined || !/^\d{1,15}$/.test(text))
    throw new Refusal(1061002, `${name} must be digits`)
  return Number(text)
}

/** A whole number in a JSON body. */
export function wholeNumber(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new Refusal(1061002, `${name} must be a whole number`)
  }
  return value
}

/** A string in a JSON body. */
export function text(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Refusal(1061002, `${name} must be a string`)
  return value
}

/** 上传分片 · checksum: Adler-32 of the sent bytes as an unsigned decimal, optional; wrong ones are 1062008. */
export function checkChecksum(checksum: string | undefined, adler32: number | undefined): void {
  if (checksum === undefined || adler32 === undefined) return
  if (checksum !== String(adler32)) throw new Refusal(1062008)
}

/** The parameters of the upload calls, checked one by one. */
import type { UploadFamily, UploadPlace } from './library.ts'
import { FILE_NAME_LIMIT } from './limits.ts'
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
]

/** 上传文件 · parent_type: the only value. */
const FILE_PARENT_TYPES = ['explorer']

/** Official clients send slides in one call; the calls for parts refuse them. */
const SINGLE_CALL_ONLY = ['slide_file']

interface PlaceFields {
  readonly fileName: string
  readonly parentType: string
  readonly parentNode: string
  readonly identity: string
}

/** Judges name and place. 1061008 bad name, 1061002 unknown parent_type, 1061041 / 1061044 no such place. */
export function checkPlace(
  server: Server,
  family: UploadFamily,
  fields: PlaceFields,
  call: 'upload_all' | 'upload_prepare',
): UploadPlace {
  const { fileName, parentType, parentNode, identity } = fields
  if (fileName === '' || [...fileName].length > FILE_NAME_LIMIT) throw new Refusal(1061008)
  const allowed = family === 'files' ? FILE_PARENT_TYPES : MEDIA_PARENT_TYPES
  const inParts = call === 'upload_prepare'
  if (!allowed.includes(parentType) || (inParts && SINGLE_CALL_ONLY.includes(parentType))) {
    throw new Refusal(1061002, `parent_type ${parentType}`)
  }
  if (family === 'files') server.drive.requireRoom(server.drive.requireParent(parentNode))
  else checkMediaNode(server, parentType, parentNode)
  return { family, parentType, parentNode, fileName, identity }
}

/** Documents are not modelled: any node is taken to exist unless a test says that it does not. */
function checkMediaNode(server: Server, parentType: string, parentNode: string): void {
  // 导入文件概述: an import has no parent yet.
  if (parentType === 'ccm_import_open' && parentNode === '') return
  if (parentNode === '' || server.access.isMissing(parentNode)) throw new Refusal(1061044)
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

/** `extra` is JSON in text form. */
export function checkExtra(extra: unknown): void {
  if (extra === undefined) return
  try {
    JSON.parse(text(extra, 'extra'))
  } catch {
    throw new Refusal(1061002, 'extra must be JSON text')
  }
}

/** 上传分片 · checksum: Adler-32 of the sent bytes as an unsigned decimal, optional; wrong ones are 1062008. */
export function checkChecksum(checksum: string | undefined, adler32: number | undefined): void {
  if (checksum === undefined || adler32 === undefined) return
  if (checksum !== String(adler32)) throw new Refusal(1062008)
}

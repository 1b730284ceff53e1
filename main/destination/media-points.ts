/**
 * Upload points of media: those on 上传素材 and 素材概述, and those that the official SDK and client know
 * besides. `extra` has to name the document that the media is for at points in documents: `itself`: that is the
 * upload point; `given`: it has to be told, because the upload point is a block; `none`: elsewhere.
 */
const MEDIA_POINTS = {
  doc_image: 'itself',
  doc_file: 'itself',
  docx_image: 'given',
  docx_file: 'given',
  sheet_image: 'itself',
  sheet_file: 'itself',
  bitable_image: 'itself',
  bitable_file: 'itself',
  bitable_tmp_point: 'none',
  base_global: 'none',
  calendar: 'none',
  comment_image: 'none',
  email: 'none',
  lark_ai_media_analysis: 'none',
  mindnote_image: 'none',
  moments: 'none',
  office_sheet_file: 'none',
  office_slide_file: 'none',
  slide_file: 'none',
  slide_img: 'none',
  vc_virtual_background: 'none',
  whiteboard: 'none',
} as const satisfies Record<string, 'itself' | 'given' | 'none'>

export type MediaPoint = keyof typeof MEDIA_POINTS

/** 导入文件概述: the first half of an import, whose `extra` says what the file is to become. */
export const IMPORT_POINT = 'ccm_import_open'

export function isMediaPoint(parentType: string): parentType is MediaPoint {
  return Object.hasOwn(MEDIA_POINTS, parentType)
}

/** Checks whether the document must be named besides the upload point. */
export function needsRoute(parentType: MediaPoint): boolean {
  return MEDIA_POINTS[parentType] === 'given'
}

/** Returns the token that `extra` names; undefined where it names none. */
export function routeOf(parentType: string, parentNode: string): string | undefined {
  return isMediaPoint(parentType) && MEDIA_POINTS[parentType] === 'itself' ? parentNode : undefined
}

/** The types of files, told by the endings of their names: for icons, and for filters of the queue. */

/** The endings of names by the kind of file, with spaces between. */
export const ENDINGS = {
  video: 'mp4 mov mkv avi webm m4v wmv mts flv',
  image: 'jpg jpeg png gif webp heic svg bmp tif tiff psd raw dng avif',
  audio: 'mp3 wav m4a flac aac ogg opus',
  document: 'doc docx txt md rtf pages odt wps',
  sheet: 'xls xlsx csv numbers ods et',
  slides: 'ppt pptx key odp dps',
  pdf: 'pdf',
  archive: 'zip rar 7z tar gz tgz bz2 xz iso dmg',
  code: 'js ts tsx jsx py go rs java c h cpp cs rb php sh sql json xml yml yaml html css log',
} as const

export type FileKind = keyof typeof ENDINGS | 'other'

/** The types that a person looks for. The database keeps their places in this list: it only grows. */
export const FILE_TYPES = ['other', 'picture', 'video', 'document', 'archive'] as const

export type FileType = (typeof FILE_TYPES)[number]

const TYPE_OF_KIND: Readonly<Record<FileKind, FileType>> = {
  video: 'video',
  image: 'picture',
  audio: 'other',
  document: 'document',
  sheet: 'document',
  slides: 'document',
  pdf: 'document',
  archive: 'archive',
  code: 'other',
  other: 'other',
}

const KIND_OF_ENDING = new Map(
  (Object.entries(ENDINGS) as [FileKind, string][]).flatMap(([kind, endings]) =>
    endings.split(' ').map((ending) => [ending, kind] as const),
  ),
)

export function fileKind(name: string): FileKind {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return KIND_OF_ENDING.get(ending) ?? 'other'
}

export function fileType(name: string): FileType {
  return TYPE_OF_KIND[fileKind(name)]
}

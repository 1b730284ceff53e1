/** The endings of pictures that a page can decode. No SVG: it is a document, with scripts and links. */
const PICTURE = /\.(png|jpe?g|gif|webp|avif|bmp)$/i

/** A larger picture is shown by its icon. */
export const MOST_PICTURE_BYTES = 32 * 1024 * 1024

/** The part of a text file that is shown. */
export const MOST_TEXT_BYTES = 64 * 1024

/** A picture beside its name in a list, or in full. */
export type PictureUse = 'row' | 'full'

/** The paths that hosts serve pictures at, by the id of a transfer. */
export const PICTURE_PATHS: Readonly<Record<PictureUse, string>> = {
  row: '/thumbnail/',
  full: '/picture/',
}

/** Checks by its name whether a file may be a picture. */
export function isPictureName(fileName: string): boolean {
  return PICTURE.test(fileName)
}

/** Returns the picture that a path of a host means; undefined when it means none. */
export function pictureAt(path: string): { id: string; use: PictureUse } | undefined {
  for (const use of ['row', 'full'] as const) {
    const id = path.startsWith(PICTURE_PATHS[use]) ? path.slice(PICTURE_PATHS[use].length) : ''
    if (/^[\w-]{1,64}$/.test(id)) return { id, use }
  }
  return undefined
}

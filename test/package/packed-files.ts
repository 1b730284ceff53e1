import { extractAll, getRawHeader } from '@electron/asar'

export interface PackedFile {
  /** Inside the archive, with `/`. */
  readonly path: string
  readonly sizeBytes: number
}

/** An entry of an archive's directory, as the format has it. */
interface Entry {
  readonly files?: Readonly<Record<string, Entry>>
  readonly size?: number
}

/** Opens an archive: what is in it. */
export function packedFiles(archive: string): PackedFile[] {
  return list(getRawHeader(archive).header as Entry, '')
}

/** Puts the archive's content into a folder, where modules can be looked for as in any other. */
export function unpack(archive: string, folder: string): void {
  extractAll(archive, folder)
}

function list(entry: Entry, path: string): PackedFile[] {
  if (entry.files === undefined) return [{ path, sizeBytes: entry.size ?? 0 }]
  return Object.entries(entry.files).flatMap(([name, inner]) =>
    list(inner, path === '' ? name : `${path}/${name}`),
  )
}

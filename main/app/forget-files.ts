import type { Stores } from '#main/store/open-stores.ts'
import type { Destination } from '#shared/model/transfer.ts'

/**
 * Forgets, on a person's word, that a file, or what lies in a folder, is uploaded, at one
 * destination or all. The copies in Feishu stay; when asked for again, the files are uploaded
 * beside them. Returns how many copies were forgotten.
 */
export function forgetFiles(
  { files, copies }: Pick<Stores, 'files' | 'copies'>,
  path: string,
  destination?: Destination,
): number {
  // In this order: a file that only the index has forgotten is found in the table of copies again.
  files.forget(path, destination)
  return copies.forget(path, destination)
}

import type { Stores } from '#main/store/open-stores.ts'
import type { Destination } from '#shared/model/transfer.ts'

/**
 * A person's word: Feidi no longer knows that a file, or what lies in a folder, is up, at one destination
 * or all. What is in Feishu stays there; asked for again, the files go up beside it. Returns how many
 * copies were forgotten.
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

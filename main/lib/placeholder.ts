import type { BigIntStats } from './file-system.ts'

/**
 * Up to so many bytes NTFS keeps a file inside its own record, where it has no blocks although it is
 * all there.
 */
const RESIDENT_BYTES = 4_096n

/**
 * True when a file's content is with a cloud drive (iCloud, OneDrive, Dropbox) and would have to be
 * downloaded before it can be read. Node tells neither macOS's `SF_DATALESS` nor Windows'
 * `FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS`. It does tell that such a file has a size but no blocks:
 * measured for OneDrive in https://github.com/TheColliery/CoalWash/issues/8, described for iCloud in
 * https://eclecticlight.co/2023/10/29/last-week-on-my-mac-dataless-files-arrive/. A file of zeros only
 * can look the same; it goes up when it is new, but is not compared later.
 *
 * On Linux no blocks mean nothing: many network and FUSE drives tell none of any file, and no cloud
 * drive leaves placeholders there that could be told by them.
 */
export function isPlaceholder(
  { size, blocks }: Pick<BigIntStats, 'size' | 'blocks'>,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (blocks !== 0n) return false
  if (platform === 'darwin') return size > 0n
  return platform === 'win32' && size > RESIDENT_BYTES
}

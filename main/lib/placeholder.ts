import type { BigIntStats } from './file-system.ts'

/**
 * Up to so many bytes NTFS keeps a file inside its own record, where it has no blocks although it is
 * all there.
 */
const RESIDENT_BYTES = 4_096n

/**
 * True when a file's content is with a cloud drive (iCloud, OneDrive, Dropbox) and would have to be
 * downloaded before it can be read. Node tells neither macOS's `SF_DATALESS` nor Windows' attributes
 * (`FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS`); what it tells of both is that such a file has a size but
 * no blocks.
 *
 * On Linux that means nothing: files of zeros only, and those of many network and FUSE drives, have no
 * blocks either, and no cloud drive leaves placeholders there that a program could tell by them.
 */
export function isPlaceholder(
  { size, blocks }: Pick<BigIntStats, 'size' | 'blocks'>,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (blocks !== 0n) return false
  if (platform === 'darwin') return size > 0n
  return platform === 'win32' && size > RESIDENT_BYTES
}

import { describe, expect, it } from 'vitest'
import { isPlaceholder } from '#main/lib/placeholder.ts'

const stats = (size: number, blocks: number) => ({ size: BigInt(size), blocks: BigInt(blocks) })

describe('a file whose content is with a cloud drive', () => {
  it.each([
    ['darwin', 'of iCloud, not downloaded', stats(5_000_000, 0), true],
    ['darwin', 'downloaded', stats(5_000_000, 9_768), false],
    ['darwin', 'empty', stats(0, 0), false],
    ['win32', 'of OneDrive, not downloaded', stats(5_000_000, 0), true],
    ['win32', 'so small that NTFS keeps it in its own record', stats(700, 0), false],
    ['win32', 'downloaded', stats(5_000_000, 9_768), false],
    ['linux', 'of zeros only, or on a drive that tells no blocks', stats(5_000_000, 0), false],
  ] as const)('on %s: %s', (platform, _what, file, is) => {
    expect(isPlaceholder(file, platform)).toBe(is)
  })
})

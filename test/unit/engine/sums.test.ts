import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumsOf } from '#main/engine/sums.ts'

/** RFC 1950, letter by letter. */
function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 65_521
    b = (b + a) % 65_521
  }
  return b * 65_536 + a
}

const text = (content: string) => new TextEncoder().encode(content)

const checksumOf = async (bytes: Uint8Array) => (await sumsOf(bytes, 1024)).checksum

describe('the checksum', () => {
  it.each([
    ['nothing', new Uint8Array(0), 1],
    ['one zero', new Uint8Array(1), 0x00010001],
    ['"a"', text('a'), 0x00620062],
    ['"abc"', text('abc'), 0x024d0127],
    ['"Wikipedia"', text('Wikipedia'), 0x11e60398],
    ['"message digest"', text('message digest'), 0x29750586],
    // Beyond 2^31, where a signed number would have a minus sign.
    ['ten megabytes of 0xff', new Uint8Array(10_000_000).fill(0xff), undefined],
    ['"abcdefghijklmnopqrstuvwxyz"', text('abcdefghijklmnopqrstuvwxyz'), 0x90860b20],
  ])('%s', async (_, bytes, expected) => {
    expect(await checksumOf(bytes)).toBe(expected ?? adler32(bytes))
  })

  it('is beyond 2^31 without a minus sign', async () => {
    const sum = await checksumOf(text('abcdefghijklmnopqrstuvwxyz'))
    expect(sum).toBeGreaterThan(2 ** 31)
    expect(String(sum)).toBe('2424703776')
  })

  it('is that of RFC 1950 for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
        expect(await checksumOf(bytes)).toBe(adler32(bytes))
      }),
    )
  })

  it.each([-1, 0, 1])('is the same around the edge of a slice (%i bytes off)', async (off) => {
    const bytes = Uint8Array.from({ length: 512 * 1024 + off }, (_, index) => index % 251)
    expect(await checksumOf(bytes)).toBe(adler32(bytes))
  })

  it('lets others have their turn within a block of 4 MiB', async () => {
    let turns = 0
    let over = false
    const count = async () => {
      while (!over) {
        await nextTurn()
        turns += 1
      }
    }
    const counting = count()
    await checksumOf(new Uint8Array(4 * 1024 * 1024))
    over = true
    await counting
    expect(turns).toBeGreaterThanOrEqual(15)
  })
})

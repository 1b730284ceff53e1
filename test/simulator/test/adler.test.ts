import ADLER32 from 'adler-32'
import { describe, expect, it } from 'vitest'
import { Adler32, combineAdler32 } from '../adler.ts'
import { patternBytes } from './raw-client.ts'

function adlerOf(bytes: Uint8Array): number {
  const adler = new Adler32()
  adler.update(bytes)
  return adler.value
}

describe('Adler32', () => {
  it.each([
    ['', 1],
    ['a', 0x00620062],
    ['abc', 0x024d0127],
    ['Wikipedia', 0x11e60398],
  ])('knows the published value of %j', (text, expected) => {
    expect(adlerOf(Buffer.from(text))).toBe(expected)
  })

  it.each([1, 3_799, 3_800, 3_801, 65_536, 1_000_003])(
    'agrees with the npm package on %i bytes of 0xff, the fastest growing sums',
    (sizeBytes) => {
      const bytes = Buffer.alloc(sizeBytes, 0xff)
      expect(adlerOf(bytes)).toBe(ADLER32.buf(bytes) >>> 0)
    },
  )

  it('does not care how the bytes are cut', () => {
    const bytes = patternBytes(50_000)
    const adler = new Adler32()
    for (let at = 0; at < bytes.length; at += 777) adler.update(bytes.subarray(at, at + 777))
    expect(adler.value).toBe(adlerOf(bytes))
  })

  it.each([0, 1, 100, 65_521, 99_999])('joins checksums at byte %i without the bytes', (at) => {
    const bytes = patternBytes(100_000)
    const [first, second] = [bytes.subarray(0, at), bytes.subarray(at)]
    const joined = combineAdler32(adlerOf(first), adlerOf(second), second.length)
    expect(joined).toBe(adlerOf(bytes))
  })
})

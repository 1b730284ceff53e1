import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BlockHasher, contentHashOfFile, LEAF_BYTES, type ReadAt } from '#main/lib/content-hash.ts'

/** A file in memory that hands out at most `mostBytes` a time. */
function fileOf(bytes: Uint8Array, mostBytes = Infinity): ReadAt {
  return async (into, position) => {
    const some = bytes.subarray(position, position + Math.min(into.length, mostBytes))
    into.set(some)
    return some.length
  }
}

function pattern(sizeBytes: number): Uint8Array {
  return Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 31 + 7) % 251)
}

const signal = new AbortController().signal

/**
 * Made with another program:
 * `hashlib.sha256(b''.join(hashlib.sha256(b[i:i+L]).digest() for i in range(0, len(b), L))).hexdigest()`
 * in Python, L = 4 MiB, b = bytes((i * 31 + 7) % 251 for i in range(n)).
 */
const VECTORS: [sizeBytes: number, hash: string][] = [
  [LEAF_BYTES - 1, '0abe7164e9fbdd2f7cc9ed458d805f33c07211339443dd4cf75a94cbd0183080'],
  [LEAF_BYTES, 'c3e676634f2ffa44c48012c2fd13cd98765cb5b9ccc35f3ff7363f3352d74c9f'],
  [LEAF_BYTES + 1, 'b72986f16bd52c8d15f1eb0bb8433433ded7680313e86e903d8ea86b576a084f'],
  [2 * LEAF_BYTES, '4b2beebef596b778b5529222f004106aed4dac08d7d347faf05130202fdf9217'],
  [2 * LEAF_BYTES + 5, '8e7a5be18bc9714de0083135f4b82eae2b38139b60260920684c721c81ad0d66'],
]

describe('contentHashOfFile', () => {
  it.each(VECTORS)('of %i bytes is what another program makes of them', async (size, hash) => {
    expect(await contentHashOfFile(fileOf(pattern(size)), size, { signal })).toBe(hash)
  })

  it('of an empty file is the SHA-256 of nothing', async () => {
    expect(await contentHashOfFile(fileOf(new Uint8Array()), 0, { signal })).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
  })

  it('of a small file is the SHA-256 of its SHA-256, in whatever pieces it is read', async () => {
    expect(await contentHashOfFile(fileOf(Buffer.from('abc'), 1), 3, { signal })).toBe(
      '4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358',
    )
  })

  it('is not made up for a file that ends early', async () => {
    expect(await contentHashOfFile(fileOf(pattern(9)), 10, { signal })).toBeUndefined()
  })

  it('asks before each read, and stops when it is told to', async () => {
    const stop = new AbortController()
    const asked: number[] = []
    const throttle = async (bytes: number) => {
      if (asked.push(bytes) === 2) stop.abort(new Error('enough'))
    }
    const bytes = pattern(2 * 1024 * 1024)
    const hashing = contentHashOfFile(fileOf(bytes), bytes.length, {
      signal: stop.signal,
      throttle,
    })
    await expect(hashing).rejects.toThrow('enough')
    expect(asked).toEqual([512 * 1024, 512 * 1024])
  })
})

describe('BlockHasher', () => {
  it('makes the same blocks of the same bytes, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
        (bytes, blockBytes, cuts) => {
          const whole = new BlockHasher(blockBytes)
          whole.update(bytes)
          const cut = new BlockHasher(blockBytes)
          for (let start = 0, at = 0; start < bytes.length; at++) {
            const length = cuts[at % cuts.length] ?? 1
            cut.update(bytes.subarray(start, start + length))
            start += length
          }
          expect(cut.end()).toEqual(whole.end())
          expect(cut.hashes).toHaveLength(Math.ceil(bytes.length / blockBytes))
        },
      ),
    )
  })
})

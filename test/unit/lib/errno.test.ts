import { constants } from 'node:os'
import { describe, expect, it } from 'vitest'
import { diskMeaning, errnoOf, isVanished, sourceError } from '#main/lib/errno.ts'

const failed = (code: string) => Object.assign(new Error(code), { code })

describe('what an error of the file system means', () => {
  it.each([
    ['ENOENT', 'vanished', 'source-missing'],
    ['ENOTDIR', 'vanished', 'source-missing'],
    ['EACCES', 'forbidden', 'source-unreadable'],
    ['EBUSY', 'busy', 'source-busy'],
    ['ETXTBSY', 'busy', 'source-busy'],
    ['EMFILE', 'exhausted', 'source-exhausted'],
    ['ENFILE', 'exhausted', 'source-exhausted'],
    ['ENOMEM', 'exhausted', 'source-exhausted'],
    ['ENAMETOOLONG', 'too-long', 'source-path-too-long'],
    ['ENOTCONN', 'away', 'source-away'],
    ['ESTALE', 'away', 'source-away'],
    ['EHOSTDOWN', 'away', 'source-away'],
    ['EHOSTUNREACH', 'away', 'source-away'],
    ['ETIMEDOUT', 'away', 'source-away'],
    ['EREMOTEIO', 'away', 'source-away'],
    ['ENODEV', 'away', 'source-away'],
    ['ENXIO', 'away', 'source-away'],
    ['UNKNOWN', 'away', 'source-away'],
    ['ELOOP', 'link', 'source-not-a-file'],
    ['EISDIR', 'folder', 'source-is-directory'],
    ['EIO', 'damaged', 'source-io-error'],
    ['EINVAL', 'damaged', 'source-io-error'],
    ['ERR_INVALID_ARG_VALUE', 'damaged', 'source-io-error'],
  ])('%s: %s', (errno, meaning, code) => {
    const error = failed(errno)
    expect(diskMeaning(error)).toBe(meaning)
    const told = sourceError(error, '/a/b')
    expect(told.code).toBe(code)
    expect(told.context.detail).toContain('/a/b')
  })

  it('is never that a file is gone, but for two', () => {
    const gone = Object.keys(constants.errno).filter((errno) => isVanished(failed(errno)))
    expect(gone).toEqual(['ENOENT', 'ENOTDIR'])
  })

  it.skipIf(process.platform !== 'linux')('is known where libuv has no name for it', () => {
    // As Node reports a file of a folder that fscrypt has locked.
    const error = Object.assign(failed('Unknown system error -126'), { errno: -126 })
    expect(errnoOf(error)).toBe('ENOKEY')
    expect(sourceError(error, '/a').code).toBe('source-locked')
    const other = Object.assign(failed('Unknown system error -132'), { errno: -132 })
    expect(diskMeaning(other)).toBe('damaged')
  })
})

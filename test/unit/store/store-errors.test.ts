import { describe, expect, it } from 'vitest'
import { DamagedRowError, errorFromSqlite, withMappedErrors } from '#main/store/store-errors.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { codeThrownBy, makeTempFolder } from './store-kit.ts'

const sqliteError = (errcode: number) =>
  Object.assign(new Error('as SQLite says'), { code: 'ERR_SQLITE_ERROR', errcode })
const systemError = (code: string) => Object.assign(new Error('as the system says'), { code })

describe('errorFromSqlite', () => {
  it.each([
    ['SQLITE_BUSY', sqliteError(5), 'store-failed'],
    ['SQLITE_READONLY', sqliteError(8), 'home-unwritable'],
    ['SQLITE_READONLY_DIRECTORY', sqliteError(1544), 'home-unwritable'],
    ['SQLITE_IOERR_FSYNC', sqliteError(1034), 'store-failed'],
    ['SQLITE_CORRUPT', sqliteError(11), 'store-corrupt'],
    ['SQLITE_CORRUPT_INDEX', sqliteError(779), 'store-corrupt'],
    ['SQLITE_FULL', sqliteError(13), 'disk-full'],
    ['SQLITE_CANTOPEN', sqliteError(14), 'home-unwritable'],
    ['SQLITE_CONSTRAINT_UNIQUE', sqliteError(2067), 'internal'],
    ['SQLITE_NOTADB', sqliteError(26), 'store-corrupt'],
    ['a result nobody heard of', sqliteError(250), 'store-failed'],
    ['an integer too large', systemError('ERR_OUT_OF_RANGE'), 'store-corrupt'],
    ['a closed database', systemError('ERR_INVALID_STATE'), 'internal'],
    ['EACCES', systemError('EACCES'), 'home-unwritable'],
    ['EROFS', systemError('EROFS'), 'home-unwritable'],
    ['ENOSPC', systemError('ENOSPC'), 'disk-full'],
    ['EDQUOT', systemError('EDQUOT'), 'disk-full'],
    ['EIO', systemError('EIO'), 'store-failed'],
    ['a damaged row', new DamagedRowError('x'), 'store-corrupt'],
    ['a bug', new TypeError('x is not a function'), 'internal'],
    ['not even an error', 'text', 'internal'],
  ])('%s', (_, error, code) => {
    const file = `${makeTempFolder()}/feidi.db`
    const mapped = errorFromSqlite(error, file)
    expect(mapped.code).toBe(code)
    expect(mapped.context.detail).toContain(file)
    expect(mapped.context.cause).toBe(error)
  })

  it('leaves our own errors as they are', () => {
    const error = new TransferError('disk-full')
    expect(errorFromSqlite(error, 'file')).toBe(error)
  })
})

describe('withMappedErrors', () => {
  it('passes values through and errors mapped', () => {
    const methods = withMappedErrors('file', {
      add: (a: number, b: number) => a + b,
      fail: () => {
        throw sqliteError(13)
      },
    })
    expect(methods.add(1, 2)).toBe(3)
    expect(codeThrownBy(() => methods.fail())).toBe('disk-full')
  })
})

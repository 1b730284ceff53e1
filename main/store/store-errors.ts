import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { LocalErrorCode } from '#shared/errors/error-code.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

/** SQLite's primary result codes that mean something to a person. https://sqlite.org/rescode.html */
const CODE_OF_RESULT: Readonly<Record<number, LocalErrorCode>> = {
  3: 'home-unwritable', // SQLITE_PERM
  8: 'home-unwritable', // SQLITE_READONLY
  11: 'store-corrupt', // SQLITE_CORRUPT
  13: 'disk-full', // SQLITE_FULL
  14: 'home-unwritable', // SQLITE_CANTOPEN
  19: 'internal', // SQLITE_CONSTRAINT: we wrote what our own schema forbids
  23: 'home-unwritable', // SQLITE_AUTH
  26: 'store-corrupt', // SQLITE_NOTADB
}

const CODE_OF_ERRNO: Readonly<Record<string, LocalErrorCode>> = {
  EACCES: 'home-unwritable',
  EPERM: 'home-unwritable',
  EROFS: 'home-unwritable',
  ENOENT: 'home-unwritable',
  ENOTDIR: 'home-unwritable',
  EEXIST: 'home-unwritable',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
}

const SQLITE_IOERR = 10
/** Less free space than this, and a failed write is a full disk whatever SQLite called it. */
const FULL_BELOW_BYTES = 64 * 1024

/** A row that cannot have been written by us: a damaged page, or another program's edit. */
export class DamagedRowError extends Error {
  override readonly name = 'DamagedRowError'
}

/**
 * The one place where a failure of the database or its folder becomes one of ours.
 * @param file the file that was being used; named in the error's detail
 */
export function errorFromSqlite(error: unknown, file: string): TransferError {
  if (error instanceof TransferError) return error
  const text = error instanceof Error ? error.message : String(error)
  return new TransferError(codeOf(error, file), { detail: `${file}: ${text}`, cause: error })
}

/** Calls `work` and turns what it throws into a `TransferError`. */
export function mappingErrors<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw errorFromSqlite(error, file)
  }
}

/** The same methods, each throwing nothing but `TransferError`. */
export function withMappedErrors<T extends object>(file: string, methods: T): T {
  const wrapped = Object.entries(methods).map(([name, method]) => [
    name,
    (...values: unknown[]) => mappingErrors(file, () => method(...values)),
  ])
  return Object.fromEntries(wrapped) as T
}

function codeOf(error: unknown, file: string): LocalErrorCode {
  if (error instanceof DamagedRowError) return 'store-corrupt'
  if (!(error instanceof Error)) return 'internal'
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (typeof errcode === 'number') return codeOfResult(errcode, file)
  // An integer beyond 2^53, where we only ever store smaller ones.
  if (code === 'ERR_OUT_OF_RANGE') return 'store-corrupt'
  if (typeof code !== 'string' || code.startsWith('ERR_')) return 'internal'
  return CODE_OF_ERRNO[code] ?? 'store-failed'
}

function codeOfResult(errcode: number, file: string): LocalErrorCode {
  const primary = errcode & 0xff
  if (primary === SQLITE_IOERR && isDiskFull(file)) return 'disk-full'
  return CODE_OF_RESULT[primary] ?? 'store-failed'
}

/** SQLite reports a full disk as a plain I/O error where it grows the WAL's index. */
function isDiskFull(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(file))
    return bavail * bsize < FULL_BELOW_BYTES
  } catch {
    return false
  }
}

import type { SourceErrorCode } from '#shared/errors/error-code.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

/** The meaning of a failed look at a file or folder. */
export type DiskMeaning =
  /** There is nothing of that name. No other meaning says so. */
  | 'vanished'
  | 'forbidden'
  /** Another program holds it. */
  | 'busy'
  /** It is not the file's fault: this process, or the machine, has too much open. */
  | 'exhausted'
  /** The drive, the server or the cloud behind it does not answer. */
  | 'away'
  | 'too-long'
  /** Encrypted, and its key is not there. */
  | 'locked'
  /** A link where none may be, or one that leads in circles. */
  | 'link'
  | 'folder'
  /** It is there and can not be read, for whatever other reason. */
  | 'damaged'

/**
 * Windows says EBUSY of a file that another program has opened for itself, and EPERM of one that is being deleted
 * or that a virus scanner holds; Node cannot tell the latter from a missing right.
 */
const ON_WINDOWS: Readonly<Record<string, DiskMeaning>> = { EPERM: 'busy' }

/**
 * Names of errno(3), and of libuv where Windows has reasons of its own. UNKNOWN is all that is left of its many errors of files in a cloud.
 */
const MEANINGS: Readonly<Record<string, DiskMeaning>> = {
  ENOENT: 'vanished',
  ENOTDIR: 'vanished',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EBUSY: 'busy',
  ETXTBSY: 'busy',
  EDEADLK: 'busy',
  EMFILE: 'exhausted',
  ENFILE: 'exhausted',
  ENOMEM: 'exhausted',
  ENOBUFS: 'exhausted',
  EAGAIN: 'exhausted',
  EINTR: 'exhausted',
  ENAMETOOLONG: 'too-long',
  ENOKEY: 'locked',
  EKEYEXPIRED: 'locked',
  EKEYREVOKED: 'locked',
  EKEYREJECTED: 'locked',
  ELOOP: 'link',
  EISDIR: 'folder',
  ECOMM: 'away',
  ECONNABORTED: 'away',
  ECONNREFUSED: 'away',
  ECONNRESET: 'away',
  EHOSTDOWN: 'away',
  EHOSTUNREACH: 'away',
  EMEDIUMTYPE: 'away',
  ENETDOWN: 'away',
  ENETRESET: 'away',
  ENETUNREACH: 'away',
  ENODEV: 'away',
  ENOLINK: 'away',
  ENOMEDIUM: 'away',
  ENONET: 'away',
  ENOTCONN: 'away',
  ENXIO: 'away',
  EPIPE: 'away',
  EREMOTEIO: 'away',
  ESHUTDOWN: 'away',
  ESTALE: 'away',
  ETIME: 'away',
  ETIMEDOUT: 'away',
  UNKNOWN: 'away',
}

/** Linux numbers that libuv has no name for (include/uapi/asm-generic/errno.h). */
const UNNAMED: ReadonlyMap<number, string> = new Map([
  [64, 'ENONET'],
  [67, 'ENOLINK'],
  [70, 'ECOMM'],
  [117, 'EUCLEAN'],
  [123, 'ENOMEDIUM'],
  [124, 'EMEDIUMTYPE'],
  [126, 'ENOKEY'],
  [127, 'EKEYEXPIRED'],
  [128, 'EKEYREVOKED'],
  [129, 'EKEYREJECTED'],
])

const CODES: Readonly<Record<DiskMeaning, SourceErrorCode>> = {
  vanished: 'source-missing',
  forbidden: 'source-unreadable',
  busy: 'source-busy',
  exhausted: 'source-exhausted',
  away: 'source-away',
  'too-long': 'source-path-too-long',
  locked: 'source-locked',
  link: 'source-not-a-file',
  folder: 'source-is-directory',
  damaged: 'source-io-error',
}

/** The name of the system's error; undefined when it is none of the system's. */
export function errnoOf(error: unknown): string | undefined {
  if (error instanceof TransferError) return undefined
  const { code, errno } = error as NodeJS.ErrnoException
  if (code?.startsWith('Unknown system error') && process.platform === 'linux') {
    return UNNAMED.get(Math.abs(errno ?? 0)) ?? code
  }
  return code
}

/** Returns the meaning of a file system error. Every error that is not listed is damage. */
export function diskMeaning(
  error: unknown,
  platform: NodeJS.Platform = process.platform,
): DiskMeaning {
  const errno = errnoOf(error) ?? ''
  return (platform === 'win32' ? ON_WINDOWS[errno] : undefined) ?? MEANINGS[errno] ?? 'damaged'
}

/** Checks whether an error says that there is nothing of that name. */
export function isVanished(error: unknown): boolean {
  return diskMeaning(error) === 'vanished'
}

/** A file system error about a file or folder, as a `TransferError` with the path in its detail. */
export function sourceError(error: unknown, path: string): TransferError {
  if (error instanceof TransferError) return error
  const errno = errnoOf(error)
  const detail = errno ? `${path} (${errno})` : path
  return new TransferError(CODES[diskMeaning(error)], { detail, cause: error })
}

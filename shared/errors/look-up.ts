import { CATALOGUE } from './catalogue.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import type { ErrorCode } from './error-code.ts'
import { means } from './meaning.ts'
import { entryForAccount, entryForStatus } from './unlisted.ts'

/**
 * The part of a failure that a decision needs: a `TransferError` and an `ErrorInfo` both have it.
 */
export interface Failure {
  readonly code: ErrorCode
  readonly httpStatus?: number
  readonly endpoint?: string
  readonly context?: { readonly httpStatus?: number; readonly endpoint?: string }
}

/** Calls that answer about the folder they are given, also with the codes of a file. */
const ABOUT_A_FOLDER = new Set(['drive/v1/files', 'drive/v1/files/create_folder'])

/** Calls that ask for a token, or for its owner. No answer of theirs is about a file. */
const ABOUT_THE_ACCOUNT = /^(auth|authen|oauth)\//

/**
 * The catalogue's entry for a failure. A code that is not listed is judged by the call that met it, and
 * by its HTTP status.
 */
export function lookUp(error: Failure): CatalogueEntry {
  const httpStatus = error.httpStatus ?? error.context?.httpStatus
  const endpoint = error.endpoint ?? error.context?.endpoint
  const listed = CATALOGUE.get(error.code)
  if (endpoint !== undefined && ABOUT_THE_ACCOUNT.test(endpoint)) {
    return entryForAccount(error.code, listed, httpStatus)
  }
  if (listed === undefined) return entryForStatus(error.code, httpStatus)
  if (error.code === 'http-error' && isRefusal(httpStatus)) {
    return entryForStatus(error.code, httpStatus)
  }
  const isFolderGone = means(error, 'point-gone') && ABOUT_A_FOLDER.has(endpoint ?? '')
  // All work for the folder would fail alike.
  return isFolderGone ? { ...listed, policy: 'block-target' } : listed
}

/** A bare 4xx is a verdict on the request; every other bare status is a gateway in trouble. */
function isRefusal(httpStatus: number | undefined): boolean {
  return httpStatus !== undefined && httpStatus >= 400 && httpStatus < 500
}

/** Tells if signing in or being granted a right would help. */
export function isAboutRights(error: Failure): boolean {
  const { domain } = lookUp(error)
  return domain === 'auth' || domain === 'permission'
}

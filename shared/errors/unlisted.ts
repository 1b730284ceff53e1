import type { CatalogueEntry, EntryBody } from './catalogue-entry.ts'
import type { ErrorCode } from './error-code.ts'

const SIGN_IN: EntryBody = {
  text: 'unlisted-sign-in',
  policy: 'refresh-token',
  maxAttempts: 1,
  afterwards: 'block-account',
  domain: 'auth',
  actor: 'you',
}

const FORBIDDEN: EntryBody = {
  text: 'unlisted-forbidden',
  policy: 'block-target',
  domain: 'permission',
  actor: 'you',
}

const NOT_FOUND: EntryBody = {
  text: 'unlisted-not-found',
  policy: 'fail-file',
  domain: 'target',
  actor: 'you',
}

const TOO_FAST: EntryBody = {
  text: 'unlisted-too-fast',
  policy: 'wait-rate-limit',
  domain: 'server',
  actor: 'wait',
}

const SERVER_TROUBLE: EntryBody = {
  text: 'unlisted-server-trouble',
  policy: 'backoff',
  mayHaveLanded: true,
  domain: 'server',
  actor: 'wait',
}

const REFUSED: EntryBody = {
  text: 'unlisted-refused',
  policy: 'fail-file',
  domain: 'server',
  actor: 'you',
}

const ACCOUNT_REFUSED: EntryBody = {
  text: 'unlisted-account-refused',
  policy: 'block-account',
  mayPass: true,
  domain: 'auth',
  actor: 'you',
}

/**
 * The rule for a failure of a call that asks for a token or whose it is: what passes is waited for, and
 * everything else stops the account. No file is to blame.
 * @param listed what the catalogue says about the code
 */
export function entryForAccount(
  code: ErrorCode,
  listed: CatalogueEntry | undefined,
  httpStatus: number | undefined,
): CatalogueEntry {
  if (listed !== undefined && isOfAccounts(listed)) return listed
  // A server in trouble answers with whatever code: it says nothing about the account.
  const byStatus = entryForStatus(code, httpStatus)
  return isPassing(byStatus) ? byStatus : { code, ...ACCOUNT_REFUSED }
}

function isOfAccounts(entry: CatalogueEntry): boolean {
  const { policy, afterwards = 'block-account' } = entry
  if (isPassing(entry)) return afterwards === 'block-account'
  return policy === 'block-account' || policy === 'refresh-token' || policy === 'stop'
}

function isPassing({ policy }: Pick<CatalogueEntry, 'policy'>): boolean {
  return policy === 'backoff' || policy === 'wait-rate-limit'
}

/** The rule for a code that the catalogue does not list: the HTTP status decides. */
export function entryForStatus(code: ErrorCode, httpStatus: number | undefined): CatalogueEntry {
  return { code, ...bodyForStatus(httpStatus ?? 0) }
}

function bodyForStatus(httpStatus: number): EntryBody {
  if (httpStatus >= 500 || httpStatus === 408) return SERVER_TROUBLE
  switch (httpStatus) {
    case 401:
      return SIGN_IN
    case 403:
      return FORBIDDEN
    case 404:
      return NOT_FOUND
    case 429:
      return TOO_FAST
    default:
      return REFUSED
  }
}

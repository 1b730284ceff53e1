import type { CatalogueEntry } from './catalogue-entry.ts'
import { lookUp } from './look-up.ts'
import { type Meaning, means } from './meaning.ts'
import type { ErrorInfo } from './transfer-error.ts'

/**
 * The act that ends a failure, for a face to offer. Every failure can be retried besides.
 *
 * - `add-scopes`: the app's owner adds a scope in the developer console.
 * - `grant`: the person signs in once more and grants what is missing.
 * - `sign-in`: the account signs in again.
 * - `check-account`: the account's settings show what is wrong.
 * - `network-settings`: the network settings hold what is wrong.
 * - `other-destination`: the file goes elsewhere.
 * - `find-file`: the file is added again from its new place.
 * - `as-file`: the file is uploaded as it is, because it can not become a document.
 * - `show-file`: the file itself has to change.
 * - `adopt-home`: the person says that this home is the one to continue with.
 * - `retry`: the cause is put right elsewhere, and the upload is retried.
 */
export type Remedy =
  | 'add-scopes'
  | 'grant'
  | 'sign-in'
  | 'check-account'
  | 'network-settings'
  | 'other-destination'
  | 'find-file'
  | 'as-file'
  | 'show-file'
  | 'adopt-home'
  | 'retry'

/** The first meaning that a failure has decides. */
const BY_MEANING: readonly (readonly [Meaning, Remedy])[] = [
  ['scope-not-granted', 'grant'],
  ['app-lacks-scope', 'add-scopes'],
  ['network-settings', 'network-settings'],
  ['source-gone', 'find-file'],
  ['no-document', 'as-file'],
  ['home-doubtful', 'adopt-home'],
]

/** For everything else its domain decides. */
const BY_DOMAIN: Readonly<Record<CatalogueEntry['domain'], Remedy>> = {
  auth: 'sign-in',
  permission: 'other-destination',
  network: 'retry',
  source: 'show-file',
  target: 'other-destination',
  quota: 'retry',
  server: 'retry',
  local: 'retry',
}

/** Returns the act that ends a failure. */
export function remedyFor(failure: Pick<ErrorInfo, 'code' | 'httpStatus' | 'endpoint'>): Remedy {
  const [, meant] = BY_MEANING.find(([meaning]) => means(failure, meaning)) ?? []
  if (meant !== undefined) return meant
  const { domain, policy } = lookUp(failure)
  // A right that the whole account lacks is lacking at every destination.
  if (domain === 'permission' && policy === 'block-account') return 'check-account'
  return BY_DOMAIN[domain]
}

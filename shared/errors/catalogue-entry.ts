import type { ErrorCode } from './error-code.ts'

/**
 * The engine's reaction to a code.
 *
 * - `backoff`: try again after a growing pause.
 * - `wait-rate-limit`: Feishu says how long; hold that endpoint exactly so long.
 * - `refresh-token`: get a new access token and repeat the call once.
 * - `restart-upload`: forget the upload transaction and begin a new one.
 * - `reread-part`: read the part from disk again and send it once more.
 * - `fail-file`: this file cannot be uploaded as it is; the others continue.
 * - `skip-file`: nothing to do for this file, and nothing is wrong.
 * - `block-target`: all work for this destination would fail alike.
 * - `block-kind`: all work for this kind of destination would fail alike.
 * - `block-account`: all work of this account would fail alike.
 * - `wait-source`: the file is not ready; look again shortly.
 * - `success`: the answer counts as success when it carries what we need.
 * - `stop`: the program cannot continue at all.
 */
export type ErrorPolicy =
  | 'backoff'
  | 'wait-rate-limit'
  | 'refresh-token'
  | 'restart-upload'
  | 'reread-part'
  | 'fail-file'
  | 'skip-file'
  | 'block-target'
  | 'block-kind'
  | 'block-account'
  | 'wait-source'
  | 'success'
  | 'stop'

/**
 * The party that has to act: the person, their Feishu administrator, or no one (it resolves
 * itself).
 */
export type WhoActs = 'you' | 'admin' | 'wait'

/** The kind of failure, as far as a command's exit code is concerned. */
type ErrorDomain =
  | 'auth'
  | 'permission'
  | 'network'
  | 'source'
  | 'target'
  | 'quota'
  | 'server'
  | 'local'

/** The texts of failures that no entry names: by what the answer's HTTP status says. */
export type UnlistedText =
  | 'unlisted-sign-in'
  | 'unlisted-forbidden'
  | 'unlisted-not-found'
  | 'unlisted-too-fast'
  | 'unlisted-server-trouble'
  | 'unlisted-refused'
  | 'unlisted-account-refused'

export interface CatalogueEntry {
  readonly code: ErrorCode
  readonly policy: ErrorPolicy
  /** The number of times the policy is applied in a row before `afterwards` takes its place. */
  readonly maxAttempts?: number
  readonly afterwards?: ErrorPolicy
  /** The call may have taken effect although it answered so: an unsafe call must be resolved, not repeated. */
  readonly mayHaveLanded?: true
  /**
   * True when an account that is blocked for it is retried now and then, as it is unknown what
   * would help.
   */
  readonly mayPass?: true
  readonly domain: ErrorDomain
  readonly actor: WhoActs
  /** The text that is told, where it is not that of the code itself. */
  readonly text?: number | UnlistedText
}

/** An entry before it is filed under its code. */
export type EntryBody = Omit<CatalogueEntry, 'code'>

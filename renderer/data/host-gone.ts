import type { ErrorInfo } from '#shared/model/error-info.ts'

/** Returns the failure that Feidi itself does not answer. */
export function hostGone(): ErrorInfo {
  return { code: 'app-gone', atMs: Date.now() }
}

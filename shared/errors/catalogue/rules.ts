import type { EntryBody } from '../catalogue-entry.ts'

/** A new token may cure it; when the very next call is refused again, it is the account. */
export const REFRESH_ONCE = {
  policy: 'refresh-token',
  maxAttempts: 1,
  afterwards: 'block-account',
  domain: 'auth',
  actor: 'you',
} as const

/** Feishu's replicas may take some seconds to know what was just made. */
export const MAY_APPEAR = {
  policy: 'backoff',
  maxAttempts: 3,
  domain: 'target',
  actor: 'wait',
} as const

/** Files one rule and one text, that of the first code, under several codes that mean the same to a person. */
export function sameFor<
  const Codes extends readonly [number, ...number[]],
  const Body extends EntryBody,
>(codes: Codes, body: Body): ({ readonly code: Codes[number]; readonly text: Codes[0] } & Body)[] {
  return codes.map((code) => ({ code, text: codes[0], ...body }))
}

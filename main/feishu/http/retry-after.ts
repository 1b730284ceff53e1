/** A header's value as undici gives it; repeated headers come as a list. */
export type HeaderValue = string | string[] | undefined

/** No answer makes us wait longer than this before we ask again; a typo on the way must not stop the day. */
const MAX_WAIT_MS = 60 * 60 * 1000

/** Feishu sends `x-ogw-ratelimit-reset`, gateways in front of it `Retry-After`; the longer one counts. */
export interface WaitHeaders {
  readonly 'x-ogw-ratelimit-reset'?: HeaderValue
  readonly 'retry-after'?: HeaderValue
  readonly date?: HeaderValue
}

/**
 * Returns how long an answer asks us to wait, in ms; undefined when it does not say so in a way we
 * understand.
 * @param nowMs local wall clock, for a `Retry-After` date in an answer without a `Date` of its own
 */
export function waitAskedForMs(headers: WaitHeaders, nowMs: number): number | undefined {
  const serverNowMs = dateMs(first(headers.date)) ?? nowMs
  const waits = [
    ...list(headers['x-ogw-ratelimit-reset']).map(secondsToMs),
    ...list(headers['retry-after']).map((text) => secondsToMs(text) ?? untilMs(text, serverNowMs)),
  ].filter((wait) => wait !== undefined)
  return waits.length === 0 ? undefined : Math.min(Math.max(...waits), MAX_WAIT_MS)
}

/** The time an HTTP date names, in ms since 1970. */
export function dateMs(text: string | undefined): number | undefined {
  // Date.parse also takes numbers and words of its own; an HTTP date names a weekday and GMT.
  if (text === undefined || !/^\s*[A-Za-z]{3,9},? .+ GMT\s*$/.test(text)) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}

/** The first value of a header. */
export function first(value: HeaderValue): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

function list(value: HeaderValue): readonly string[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

// Whole or fractional seconds, nothing else: no sign, exponent or hexadecimal.
function secondsToMs(text: string): number | undefined {
  return /^\s*\d+(\.\d+)?\s*$/.test(text) ? Math.ceil(Number(text) * 1000) : undefined
}

function untilMs(text: string, serverNowMs: number): number | undefined {
  const at = dateMs(text)
  return at === undefined ? undefined : Math.max(0, at - serverNowMs)
}

import { safeJson, safeText } from '#shared/text/safe-text.ts'
import type { Redactor } from '../redact.ts'
import { describeError } from './describe-error.ts'
import type { LogDetails, LogLevel } from './log.ts'

export interface LogEntry {
  readonly at: Date
  readonly level: LogLevel
  readonly scope: string
  readonly message: string
  readonly details: LogDetails
}

const MOST_TEXT = 2_000
const MOST_ITEMS = 50
const MOST_DEPTH = 6

/** Whatever stands under such a name is never written, known to be a secret or not. */
const SECRET_NAME =
  /secret|passw|authorization|cookie|credential|ticket|verifier|^(.*[_-])?token$|(access|refresh|tenant|app|user|id)_?token/i

/** The shapes of Feishu's tokens: tenant, user and refresh tokens, and signed ones. */
const TOKEN_SHAPES = /\b(?:[tu]|ur)-[\w.-]{16,}|\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]+)?/g

/**
 * Formats an entry as one line: time, level, scope, message, details as JSON with `private` last.
 * It contains nothing that is or looks like a secret.
 */
export function entryLine({ at, level, scope, message, details }: LogEntry, redactor: Redactor) {
  const { error, private: words, ...facts } = details
  const described = error === undefined ? undefined : describeError(error)
  const secluded = { ...words, ...described?.words }
  const all = {
    ...facts,
    ...(described !== undefined && { error: described.facts }),
    ...(Object.keys(secluded).length > 0 && { private: secluded }),
  }
  const head = `${at.toISOString()} ${level.padEnd(5)} ${scope} ${oneLine(message, redactor)}`
  return Object.keys(all).length === 0 ? head : `${head} ${json(all, redactor)}`
}

/** Returns a line as another person may read it: without what is private. */
export function withoutPrivate(line: string): string {
  const start = line.indexOf(' {')
  if (start < 0) return line
  const head = line.slice(0, start)
  try {
    const { private: _, ...facts } = JSON.parse(line.slice(start)) as Record<string, unknown>
    return Object.keys(facts).length === 0 ? head : `${head} ${safeJson(facts)}`
  } catch {
    // Cut short by a crash or a full disk.
    return head
  }
}

function oneLine(message: string, redactor: Redactor): string {
  // A brace would begin the details.
  return safeText(masked(message, redactor)).replaceAll(' {', ' (')
}

function json(details: object, redactor: Redactor): string {
  try {
    return safeJson(reduced(details, redactor, 0))
  } catch {
    return '{"details":"unreadable"}'
  }
}

function reduced(value: unknown, redactor: Redactor, depth: number): unknown {
  if (typeof value === 'string') return masked(value, redactor)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MOST_DEPTH) return '…'
  const deeper = (inner: unknown) => reduced(inner, redactor, depth + 1)
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map(deeper)
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_ITEMS)
      .map(([name, inner]) => [name, SECRET_NAME.test(name) ? '***' : deeper(inner)]),
  )
}

function masked(text: string, redactor: Redactor): string {
  const safe = redactor.mask(text).replace(TOKEN_SHAPES, '***')
  return safe.length > MOST_TEXT ? `${safe.slice(0, MOST_TEXT)}…` : safe
}

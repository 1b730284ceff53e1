/** Reads an answer. Success is `code === 0` in the body; neither the status nor the content type counts. */
import type { ZodType } from 'zod'
import type { Redactor } from '#main/lib/redact.ts'
import type { LocalErrorCode } from '#shared/errors/error-code.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import type { ErrorContext, TransferError } from '#shared/errors/transfer-error.ts'
import { type CallFacts, transferError } from './error-mapper.ts'
import type { HttpAnswer } from './exchange.ts'
import { httpsUrl } from './https-url.ts'
import { first, waitAskedForMs } from './retry-after.ts'

export interface AnswerReader<T> {
  readonly endpoint: string
  readonly seq?: number | undefined
  /** The place of the result: nearly always below `data`, for tokens at the top. */
  readonly at: 'data' | 'top'
  readonly schema: ZodType<T>
  /** The error when a success does not fit the schema; `bad-response` unless said. */
  readonly otherwise?: LocalErrorCode
  /** Reads a part of a file that is answered as such (206), in place of an envelope. */
  readonly partial?: (body: Buffer) => T
}

export interface ReadContext {
  readonly redactor: Redactor
  readonly nowMs: number
}

/** The shape of every answer from Feishu. */
export interface Envelope {
  readonly code: number
  readonly [key: string]: unknown
}

/** Statuses that say enough without a body of Feishu's: a gateway in front of it has spoken. */
const GATEWAY_VERDICTS = new Set([401, 408, 413, 429])

/**
 * The result in an answer.
 * @param envelope the answer's body as `parseEnvelope` sees it
 * @throws TransferError for everything that is not a success
 */
export function readAnswer<T>(
  answer: HttpAnswer,
  envelope: Envelope | undefined,
  reader: AnswerReader<T>,
  context: ReadContext,
): T {
  const { endpoint, seq, at, schema, otherwise = 'bad-response' } = reader
  const facts: CallFacts = { endpoint, seq, neverArrived: !answer.wholeBodySent }
  const known = {
    httpStatus: answer.status,
    ...waitOf(answer, context),
    ...logIdOf(answer, envelope),
  }
  if (envelope === undefined) throw withoutEnvelope(answer, facts, known)
  const parsed = schema.safeParse(at === 'data' ? envelope['data'] : envelope)
  if (envelope.code === 0) {
    if (!answer.wholeBodySent) {
      // Bytes that were not sent yet cannot have been accepted.
      throw transferError('bad-response', facts, { ...known, detail: 'success before the end' })
    }
    if (parsed.success) return parsed.data
    const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')
    throw transferError(otherwise, facts, { ...known, detail: `unexpected answer: ${where}` })
  }
  const error = refusal(envelope, facts, known, context.redactor)
  // Some codes are remarks about a success (no thumbnail yet, say). But an answer with a code and a
  // file token is not one by itself: an overwrite that was refused names the file as it was before.
  if (parsed.success && answer.wholeBodySent && lookUp(error).policy === 'success') {
    return parsed.data
  }
  throw error
}

/** The answer's body, if it is Feishu's; undefined when something on the way has answered instead. */
export function parseEnvelope({ status, body }: HttpAnswer): Envelope | undefined {
  // Redirects are not followed: the token would go to wherever a portal on the way points.
  if (status >= 300 && status < 400) return undefined
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return isRecord(value) && Number.isSafeInteger(value['code']) ? (value as Envelope) : undefined
  } catch {
    return undefined
  }
}

function withoutEnvelope(answer: HttpAnswer, facts: CallFacts, known: ErrorContext): TransferError {
  const { status, headers } = answer
  const detail = `not an answer of the API: ${kindOf(answer)}`
  if (status === 407) return transferError('proxy-refused', facts, known)
  if (status >= 500 || GATEWAY_VERDICTS.has(status)) {
    return transferError('http-error', facts, { ...known, detail })
  }
  const target = first(headers['location'])
  const host = target === undefined ? undefined : URL.parse(target)?.host
  return transferError('bad-response', facts, {
    ...known,
    detail: status >= 300 && status < 400 ? `redirected to ${host ?? 'nowhere'}` : detail,
  })
}

function kindOf({ body }: HttpAnswer): string {
  if (body.byteLength === 0) return 'empty'
  const start = body.toString('utf8', 0, 64).trimStart()
  if (start.startsWith('<')) return 'HTML'
  return start.startsWith('{') ? 'broken or foreign JSON' : 'something else'
}

function refusal(
  envelope: Envelope,
  facts: CallFacts,
  known: ErrorContext,
  redactor: Redactor,
): TransferError {
  const { code, msg, data } = envelope as Envelope & { msg?: unknown; data?: unknown }
  const missingScopes = missingScopesOf(envelope['error'])
  const token = isRecord(data) && typeof data['file_token'] === 'string' ? data['file_token'] : ''
  // A file token in a refusal is kept for support: it names what is there now.
  const detail = [typeof msg === 'string' ? msg : '', token && `file_token ${token}`]
  return transferError(code, facts, {
    ...known,
    ...(missingScopes.length > 0 && { missingScopes }),
    ...linkOf(envelope),
    ...(detail.some((text) => text !== '') && {
      detail: redactor.clean(detail.filter((text) => text !== '').join('; ')),
    }),
  })
}

function waitOf({ headers }: HttpAnswer, { nowMs }: ReadContext): ErrorContext {
  const retryAfterMs = waitAskedForMs(headers, nowMs)
  return retryAfterMs === undefined ? {} : { retryAfterMs }
}

/** Feishu's name for this call, which its support asks for. */
export function logIdOf(
  { headers }: HttpAnswer,
  envelope: Envelope | undefined,
): Pick<ErrorContext, 'logId'> {
  const inBody = isRecord(envelope?.['error']) ? envelope['error']['log_id'] : undefined
  const logId = first(headers['x-tt-logid']) ?? inBody
  // An identifier, so anything longer or stranger is not one.
  return typeof logId === 'string' && /^[\w.:-]{1,128}$/.test(logId) ? { logId } : {}
}

function missingScopesOf(error: unknown): string[] {
  const violations = isRecord(error) ? error['permission_violations'] : undefined
  if (!Array.isArray(violations)) return []
  const subjects = violations.map((entry) => (isRecord(entry) ? entry['subject'] : undefined))
  return subjects.filter(
    (scope): scope is string => typeof scope === 'string' && /^[\w:.-]{1,128}$/.test(scope),
  )
}

/**
 * Returns the page where a person passes a security policy's check (the official client reads
 * `challenge_url`).
 */
function linkOf({ challenge_url, data }: Envelope): Pick<ErrorContext, 'link'> {
  const given = challenge_url ?? (isRecord(data) ? data['challenge_url'] : undefined)
  const link = typeof given === 'string' ? httpsUrl(given) : undefined
  return link === undefined ? {} : { link }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

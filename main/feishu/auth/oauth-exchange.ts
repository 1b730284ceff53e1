/**
 * One call of signing in. They answer flat, and errors may speak in words of RFC 6749 and RFC 8628
 * instead of codes, so they do not go the way of the other calls.
 */
import { z } from 'zod'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { parseEnvelope, readAnswer } from '../http/answer.ts'
import type { BaseUrl } from '../http/base-url.ts'
import type { Line } from '../http/call.ts'
import { transferError } from '../http/error-mapper.ts'
import { exchange, type HttpAnswer } from '../http/exchange.ts'

/** An answer in words of the standards, without a code of Feishu's. */
export class OAuthAnswer extends Error {
  override readonly name = 'OAuthAnswer'
  readonly word: string
  /** The answer that the word came in. */
  readonly answer: Readonly<Record<string, unknown>>

  constructor(word: string, answer: Readonly<Record<string, unknown>> = {}) {
    super(word)
    this.word = word
    this.answer = answer
  }
}

/** RFC 8628 section 3.5: what these say counts, whatever code comes with them. */
const OF_THE_DEVICE_FLOW = new Set([
  'authorization_pending',
  'slow_down',
  'access_denied',
  'expired_token',
])

export interface Post<T> {
  /** For errors and the log. */
  readonly endpoint: string
  /** With prefix. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
  readonly schema: z.ZodType<T>
  readonly signal: AbortSignal
}

/** @throws TransferError, OAuthAnswer for everything that is not a success */
export function postForm<T>(line: Line, base: BaseUrl, call: Post<T>): Promise<T> {
  const type = 'application/x-www-form-urlencoded'
  return post(line, base, call, type, new URLSearchParams(call.fields).toString())
}

/** As `postForm`. */
export function postJson<T>(line: Line, base: BaseUrl, call: Post<T>): Promise<T> {
  return post(line, base, call, 'application/json; charset=utf-8', JSON.stringify(call.fields))
}

async function post<T>(
  line: Line,
  base: BaseUrl,
  { endpoint, path, headers, schema, signal }: Post<T>,
  type: string,
  body: string,
): Promise<T> {
  const startedAtMs = performance.now()
  let failure: TransferError | 'aborted' | undefined
  try {
    const answer = await exchange(
      {
        method: 'POST',
        path,
        headers: {
          accept: 'application/json',
          'user-agent': 'feidi',
          'content-type': type,
          ...headers,
        },
        body: Buffer.from(body),
        endpoint,
      },
      {
        signal,
        dispatcher: line.connections.current,
        origin: base.origin,
        startDeadline: line.startDeadline,
        redactor: line.redactor,
      },
    )
    return read(line, endpoint, answer, schema)
  } catch (error) {
    if (error instanceof TransferError) failure = error
    else if (!(error instanceof OAuthAnswer)) failure = 'aborted'
    throw error
  } finally {
    const durationMs = Math.round(performance.now() - startedAtMs)
    line.log({ endpoint, durationMs, ...(failure !== undefined && { failure }) })
  }
}

function read<T>(line: Line, endpoint: string, answer: HttpAnswer, schema: z.ZodType<T>): T {
  const nowMs = line.nowMs()
  const envelope = parseEnvelope(answer) ?? envelopeOfStandards(answer)
  if (envelope !== undefined)
    line.clockOffset.observe(answer.headers['date'], { nowMs, steadyMs: line.steadyMs() })
  const word = envelope?.['error']
  if (typeof word === 'string' && OF_THE_DEVICE_FLOW.has(word))
    throw new OAuthAnswer(word, envelope)
  const reader = { endpoint, at: 'top' as const, schema }
  try {
    return readAnswer(answer, envelope, reader, { redactor: line.redactor, nowMs })
  } catch (error) {
    if (error instanceof TransferError || error instanceof OAuthAnswer) throw error
    throw transferError('bad-response', { endpoint, neverArrived: false }, {})
  }
}

/** @throws OAuthAnswer when the body holds an `error` of the standards and no code */
function envelopeOfStandards({ status, body }: HttpAnswer) {
  if (status >= 500) return undefined
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
  const parsed = z.looseObject({ error: z.string().nullish() }).safeParse(value)
  if (!parsed.success) return undefined
  const { error } = parsed.data
  if (error && /^[\w.-]{1,64}$/.test(error)) throw new OAuthAnswer(error, parsed.data)
  return status === 200 ? { ...parsed.data, code: 0 } : undefined
}

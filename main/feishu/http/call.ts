/** One call of the open API: a request with our token goes out, a checked result comes back. */
import type { SendOptions } from '#main/engine/ports.ts'
import type { Redactor } from '#main/lib/redact.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { type AnswerReader, logIdOf, parseEnvelope, readAnswer } from './answer.ts'
import type { BaseUrl } from './base-url.ts'
import type { ClockOffset } from './clock-offset.ts'
import type { Connections } from './dispatcher.ts'
import { exchange, type HttpRequest } from './exchange.ts'
import type { IdleDeadline } from './idle-deadline.ts'
import { frameMultipart, type MultipartForm } from './multipart.ts'

export interface ApiCall<T> extends AnswerReader<T> {
  readonly method: HttpRequest['method']
  /**
   * The values for the `:names` in the endpoint; logs and errors show the endpoint without them.
   */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly json?: Readonly<Record<string, unknown>>
  readonly form?: MultipartForm
  /** First and last byte wanted, both inclusive. */
  readonly range?: readonly [number, number]
}

/** A call with a token, however it is come by. */
export type MakeCall = <T>(call: ApiCall<T>, options: SendOptions) => Promise<T>

/** A finished call, for the log. Holds no secret. */
export interface CallRecord {
  readonly endpoint: string
  readonly seq?: number
  readonly durationMs: number
  /** HTTP status and Feishu's log id, when there was an answer. */
  readonly status?: number
  readonly logId?: string
  /** Absent when the call succeeded; `aborted` when the caller ended it. */
  readonly failure?: TransferError | 'aborted'
}

/** The parts that every call needs. */
export interface Line {
  readonly base: BaseUrl
  readonly connections: Connections
  /** Begins to measure the silence of a call. */
  readonly startDeadline: () => IdleDeadline
  readonly redactor: Redactor
  readonly clockOffset: ClockOffset
  readonly nowMs: () => number
  readonly steadyMs: () => number
  readonly log: (record: CallRecord) => void
}

export interface TokenSource {
  /** A token that should be accepted. Rejects with the signal's reason when it aborts first. */
  get(signal: AbortSignal): Promise<string>
  /** Feishu refused this token: forget it if it is still the current one. Throws if there is no other. */
  refused(token: string, error: TransferError): void
  /** Ends it. A renewal that is under way may have a moment to come back. */
  close(): void | Promise<void>
}

/**
 * Makes a call with a token that is valid as far as we know. When Feishu refuses the token, nothing
 * has happened yet, so even a call that creates something is repeated once with a new one.
 */
export async function callWithToken<T>(
  line: Line,
  tokens: TokenSource,
  call: ApiCall<T>,
  options: SendOptions,
): Promise<T> {
  const token = await tokens.get(options.signal)
  try {
    return await makeCall(line, call, options, token)
  } catch (error) {
    if (!isTokenRefused(error)) throw error
    tokens.refused(token, error)
    return makeCall(line, call, options, await tokens.get(options.signal))
  }
}

/** Makes a call once, with this token or with none. */
export async function makeCall<T>(
  line: Line,
  call: ApiCall<T>,
  options: SendOptions,
  token?: string,
): Promise<T> {
  const startedAtMs = performance.now()
  let failure: CallRecord['failure']
  let answered: Pick<CallRecord, 'status' | 'logId'> = {}
  try {
    const answer = await exchange(httpRequest(line.base, call, token), {
      ...options,
      dispatcher: line.connections.current,
      origin: line.base.origin,
      startDeadline: line.startDeadline,
      redactor: line.redactor,
    })
    const nowMs = line.nowMs()
    if (answer.status === 206 && call.partial !== undefined) {
      answered = { status: answer.status, ...logIdOf(answer, undefined) }
      return call.partial(answer.body)
    }
    const envelope = parseEnvelope(answer)
    answered = { status: answer.status, ...logIdOf(answer, envelope) }
    if (envelope !== undefined)
      line.clockOffset.observe(answer.headers['date'], { nowMs, steadyMs: line.steadyMs() })
    return readAnswer(answer, envelope, call, { redactor: line.redactor, nowMs })
  } catch (error) {
    failure = error instanceof TransferError ? error : 'aborted'
    throw error
  } finally {
    const durationMs = Math.round(performance.now() - startedAtMs)
    const { endpoint, seq } = call
    line.log({
      endpoint,
      durationMs,
      ...answered,
      ...(seq !== undefined && { seq }),
      ...(failure !== undefined && { failure }),
    })
  }
}

function isTokenRefused(error: unknown): error is TransferError {
  return error instanceof TransferError && lookUp(error).policy === 'refresh-token'
}

function httpRequest<T>(base: BaseUrl, call: ApiCall<T>, token: string | undefined): HttpRequest {
  const { headers, body } = bodyOf(call)
  return {
    method: call.method,
    path: `${base.prefix}/open-apis/${pathOf(call)}${queryOf(call.query)}`,
    headers: {
      accept: 'application/json',
      'user-agent': 'feidi',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(call.range !== undefined && { range: `bytes=${call.range.join('-')}` }),
      ...headers,
    },
    body,
    endpoint: call.endpoint,
    seq: call.seq,
  }
}

function bodyOf<T>({ form, json }: ApiCall<T>): Partial<Pick<HttpRequest, 'headers' | 'body'>> {
  if (form !== undefined) {
    const body = frameMultipart(form)
    // Said aloud, or undici would send a generator in chunks of unknown total.
    const length = String(body.contentLength)
    return { headers: { 'content-type': body.contentType, 'content-length': length }, body }
  }
  if (json === undefined) return {}
  const body = Buffer.from(JSON.stringify(json))
  return { headers: { 'content-type': 'application/json; charset=utf-8' }, body }
}

function pathOf({ endpoint, params = {} }: ApiCall<unknown>): string {
  return endpoint.replaceAll(/:([a-z_]+)/g, (_, name: string) => stepOf(params[name] ?? ''))
}

/** @throws TransferError for what would lead to another call: nothing, or a step up (RFC 3986 section 3.3) */
function stepOf(text: string): string {
  if (!/^\.{0,2}$/.test(text)) return encodeURIComponent(text)
  throw new TransferError('destination-invalid', { detail: text, neverArrived: true })
}

function queryOf(query: ApiCall<unknown>['query']): string {
  const known = Object.entries(query ?? {}).filter((pair) => pair[1] !== undefined)
  return known.length === 0 ? '' : `?${new URLSearchParams(known as [string, string][])}`
}

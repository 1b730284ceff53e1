/**
 * The calls of signing in. They answer flat, and errors may speak in words of RFC 6749 and RFC 8628
 * instead of codes, so they do not go the way of the other calls.
 */
import { z } from 'zod'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Person, UserTokens } from '#shared/model/account.ts'
import { parseEnvelope, readAnswer } from '../http/answer.ts'
import type { BaseUrl } from '../http/base-url.ts'
import { type Line, makeCall } from '../http/call.ts'
import { transferError } from '../http/error-mapper.ts'
import { exchange, type HttpAnswer, type HttpRequest } from '../http/exchange.ts'

export interface App {
  readonly appId: string
  readonly appSecret: string
}

/** What a person types in on another device to let this one in. */
export interface DeviceCode {
  readonly deviceCode: string
  readonly userCode: string
  /** Where it is typed in, and the same with the code filled in. */
  readonly page: string
  readonly pageWithCode: string
  readonly lifeMs: number
  readonly intervalMs: number
}

/** An answer in words of the standards, without a code of Feishu's. */
export class OAuthAnswer extends Error {
  override readonly name = 'OAuthAnswer'
  readonly word: string

  constructor(word: string) {
    super(word)
    this.word = word
  }
}

const TOKEN_ENDPOINT = 'authen/v2/oauth/token'
const DEVICE_ENDPOINT = 'oauth/v1/device_authorization'

/** RFC 8628 section 3.5: what these say counts, whatever code comes with them. */
const OF_THE_DEVICE_FLOW = new Set([
  'authorization_pending',
  'slow_down',
  'access_denied',
  'expired_token',
])

/** Feishu's tokens are 1 to 2 KB and may become 4. */
const token = z.string().regex(/^[\x21-\x7e]{1,8192}$/)

const seconds = z.number().positive().finite()

const tokensAnswer = z.object({
  access_token: token,
  expires_in: seconds,
  refresh_token: token.nullish(),
  scope: z.string().nullish(),
})

const page = z.url({ protocol: /^https?$/ })

const deviceAnswer = z.object({
  device_code: token,
  user_code: z.string().regex(/^[\x21-\x7e]{1,32}$/),
  verification_uri: page,
  verification_uri_complete: page.nullish(),
  // What the official command line client assumes.
  expires_in: seconds.default(240),
  interval: z.number().positive().max(60).default(5),
})

const personAnswer = z
  .object({ open_id: z.string().regex(/^[\x21-\x7e]{1,128}$/), name: z.string().nullish() })
  .transform(({ open_id, name }): Person => ({ openId: open_id, name: name || open_id }))

/**
 * 获取 / 刷新 user_access_token, and the device flow's polling.
 * @param grant the fields of the grant; the app's own are added
 * @throws TransferError with a code of Feishu's, or of ours when it did not answer
 * @throws OAuthAnswer
 */
export async function askForTokens(
  line: Line,
  { appId, appSecret }: App,
  grant: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<UserTokens> {
  // Before the call, so that the time on the way counts against the token.
  const askedAtMs = line.nowMs()
  const fields = { client_id: appId, client_secret: appSecret, ...grant }
  for (const name of ['code', 'refresh_token', 'device_code', 'code_verifier']) {
    line.redactor.hide(grant[name] ?? '')
  }
  const answer = await post(line, line.base, {
    endpoint: TOKEN_ENDPOINT,
    path: `${line.base.prefix}/open-apis/${TOKEN_ENDPOINT}`,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(fields),
    signal,
  })
  const found = read(line, TOKEN_ENDPOINT, answer, tokensAnswer)
  line.redactor.hide(found.access_token)
  line.redactor.hide(found.refresh_token ?? '')
  return {
    accessToken: found.access_token,
    ...(found.refresh_token && { refreshToken: found.refresh_token }),
    lifeMs: found.expires_in * 1000,
    askedAtMs,
    clockOffsetMs: line.clockOffset.ms,
    scopes: (found.scope ?? '').split(/[\s,]+/).filter((scope) => scope !== ''),
  }
}

/** RFC 8628 section 3.1, on the accounts host. */
export async function openDevice(
  line: Line,
  accounts: BaseUrl,
  { appId, appSecret }: App,
  scopes: readonly string[],
  signal: AbortSignal,
): Promise<DeviceCode> {
  const basic = Buffer.from(`${appId}:${appSecret}`).toString('base64')
  const answer = await post(line, accounts, {
    endpoint: DEVICE_ENDPOINT,
    path: `${accounts.prefix}/${DEVICE_ENDPOINT}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${basic}`,
    },
    body: new URLSearchParams({ client_id: appId, scope: scopes.join(' ') }).toString(),
    signal,
  })
  const found = read(line, DEVICE_ENDPOINT, answer, deviceAnswer)
  line.redactor.hide(found.device_code)
  return {
    deviceCode: found.device_code,
    userCode: found.user_code,
    page: found.verification_uri,
    pageWithCode: found.verification_uri_complete ?? found.verification_uri,
    lifeMs: found.expires_in * 1000,
    intervalMs: found.interval * 1000,
  }
}

/** 获取用户信息: whose token this is. */
export function askWhoItIs(line: Line, accessToken: string, signal: AbortSignal): Promise<Person> {
  const call = { method: 'GET', endpoint: 'authen/v1/user_info', at: 'data' } as const
  return makeCall(line, { ...call, schema: personAnswer }, { signal }, accessToken)
}

interface Post {
  readonly endpoint: string
  readonly path: string
  readonly headers: HttpRequest['headers']
  readonly body: string
  readonly signal: AbortSignal
}

async function post(line: Line, base: BaseUrl, request: Post): Promise<HttpAnswer> {
  const { endpoint, path, headers, body, signal } = request
  const startedAtMs = performance.now()
  let failure: TransferError | 'aborted' | undefined
  try {
    return await exchange(
      {
        method: 'POST',
        path,
        headers: { accept: 'application/json', 'user-agent': 'feidi', ...headers },
        body: Buffer.from(body),
        endpoint,
      },
      {
        signal,
        dispatcher: line.connections.current,
        origin: base.origin,
        idleMs: line.idleMs,
        redactor: line.redactor,
      },
    )
  } catch (error) {
    failure = error instanceof TransferError ? error : 'aborted'
    throw error
  } finally {
    const durationMs = Math.round(performance.now() - startedAtMs)
    line.log({ endpoint, durationMs, ...(failure !== undefined && { failure }) })
  }
}

function read<T>(line: Line, endpoint: string, answer: HttpAnswer, schema: z.ZodType<T>): T {
  const nowMs = line.nowMs()
  const envelope = parseEnvelope(answer) ?? envelopeOfStandards(answer)
  if (envelope !== undefined) line.clockOffset.observe(answer.headers['date'], nowMs)
  const word = envelope?.['error']
  if (typeof word === 'string' && OF_THE_DEVICE_FLOW.has(word)) throw new OAuthAnswer(word)
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
  if (error && /^[\w.-]{1,64}$/.test(error)) throw new OAuthAnswer(error)
  return status === 200 ? { ...parsed.data, code: 0 } : undefined
}

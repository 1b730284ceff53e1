/** The calls of signing in and out. */
import { z } from 'zod'
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Person, TokenIssuer, UserTokens } from '#shared/model/account.ts'
import type { BaseUrl } from '../http/base-url.ts'
import { type Line, makeCall } from '../http/call.ts'
import { accountsHost } from './accounts-host.ts'
import { OAuthAnswer, postForm, postJson } from './oauth-exchange.ts'

export interface App {
  readonly appId: string
  readonly appSecret: string
}

/** The code that a person types in on another device to let this one in. */
export interface DeviceCode {
  readonly deviceCode: string
  readonly userCode: string
  /** The page where it is typed in, and the same with the code filled in. */
  readonly page: string
  readonly pageWithCode: string
  readonly lifeMs: number
  readonly intervalMs: number
}

/** 获取 / 刷新 user_access_token; and what the official command line client asks in its place by now. */
const TOKEN_ENDPOINTS: Readonly<Record<TokenIssuer, string>> = {
  v2: 'authen/v2/oauth/token',
  v3: 'oauth/v3/token',
}
const DEVICE_ENDPOINT = 'oauth/v1/device_authorization'
const REVOKE_ENDPOINT = 'oauth/v1/revoke'

/** The official client sends this grant as a form only. */
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

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
  // The values that the official command line client assumes.
  expires_in: seconds.default(240),
  interval: z.number().positive().max(60).default(5),
})

const personAnswer = z
  .object({ open_id: z.string().regex(/^[\x21-\x7e]{1,128}$/), name: z.string().nullish() })
  .transform(({ open_id, name }): Person => ({ openId: open_id, name: name || open_id }))

/** Asks for tokens, and remembers which endpoint takes the grant. @throws as `askForTokens` */
export type TokenAsker = (
  grant: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<UserTokens>

/** @param issuer the endpoint that is asked first; the other one when that does not know the grant */
export function tokenAsker(line: Line, app: App, issuer: TokenIssuer = 'v2'): TokenAsker {
  let current = issuer
  return async (grant, signal) => {
    try {
      return await askForTokens(line, app, grant, signal, current)
    } catch (error) {
      if (!isGrantUnknown(error)) throw error
      current = current === 'v2' ? 'v3' : 'v2'
      return askForTokens(line, app, grant, signal, current)
    }
  }
}

/**
 * 获取 / 刷新 user_access_token, and the device flow's polling.
 * @param grant the fields of the grant; the app's own are added
 * @throws TransferError with a code of Feishu's, or of ours when it did not answer
 * @throws OAuthAnswer
 */
async function askForTokens(
  line: Line,
  { appId, appSecret }: App,
  grant: Readonly<Record<string, string>>,
  signal: AbortSignal,
  issuer: TokenIssuer,
): Promise<UserTokens> {
  // Before the call, so that the time on the way counts against the token.
  const askedAtMs = line.nowMs()
  for (const name of ['code', 'refresh_token', 'device_code', 'code_verifier']) {
    line.redactor.hide(grant[name] ?? '')
  }
  const endpoint = TOKEN_ENDPOINTS[issuer]
  const fields = { client_id: appId, client_secret: appSecret, ...grant }
  const call = { endpoint, fields, schema: tokensAnswer, signal }
  const isForm = issuer === 'v3' || grant['grant_type'] === DEVICE_GRANT
  const base = issuer === 'v3' ? accountsHost(line.base) : line.base
  const path = `${base.prefix}/${issuer === 'v2' ? 'open-apis/' : ''}${endpoint}`
  const found = await (isForm ? postForm : postJson)(line, base, { ...call, path })
  line.redactor.hide(found.access_token)
  line.redactor.hide(found.refresh_token ?? '')
  return {
    accessToken: found.access_token,
    ...(found.refresh_token && { refreshToken: found.refresh_token }),
    lifeMs: found.expires_in * 1000,
    askedAtMs,
    clockOffsetMs: line.clockOffset.ms,
    scopes: (found.scope ?? '').split(/[\s,]+/).filter((scope) => scope !== ''),
    ...(issuer === 'v3' && { issuer }),
  }
}

function isGrantUnknown(error: unknown): boolean {
  if (error instanceof OAuthAnswer) return error.word === 'unsupported_grant_type'
  return error instanceof TransferError && means(error, 'grant-unknown')
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
  const found = await postForm(line, accounts, {
    endpoint: DEVICE_ENDPOINT,
    path: `${accounts.prefix}/${DEVICE_ENDPOINT}`,
    headers: { authorization: `Basic ${basic}` },
    fields: { client_id: appId, scope: scopes.join(' ') },
    schema: deviceAnswer,
    signal,
  })
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

/**
 * Ends a sign-in at Feishu, as the official command line client does: its refresh token is no good any
 * more, or the access token where there is no other.
 * @throws TransferError, OAuthAnswer when Feishu has not done it
 */
export async function revokeTokens(
  line: Line,
  { appId, appSecret }: App,
  { accessToken, refreshToken }: UserTokens,
  signal: AbortSignal,
): Promise<void> {
  const accounts = accountsHost(line.base)
  for (const token of [accessToken, refreshToken ?? '']) line.redactor.hide(token)
  await postForm(line, accounts, {
    endpoint: REVOKE_ENDPOINT,
    path: `${accounts.prefix}/${REVOKE_ENDPOINT}`,
    fields: {
      client_id: appId,
      client_secret: appSecret,
      token: refreshToken ?? accessToken,
      token_type_hint: refreshToken === undefined ? 'access_token' : 'refresh_token',
    },
    schema: z.unknown(),
    signal,
  })
}

/**
 * Creates an app by a scan: the person opens a link, confirms on Feishu's page, and the app's credentials come back.
 * Official clients do this (command line client, Node SDK); no page of the documentation names the call.
 */
import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Brand } from '#shared/model/account.ts'
import type { BaseUrl } from '../http/base-url.ts'
import type { Line } from '../http/call.ts'
import { type LineOptions, openLine } from '../http/open-line.ts'
import { accountsHost } from './accounts-host.ts'
import type { App } from './oauth-calls.ts'
import { OAuthAnswer, postForm } from './oauth-exchange.ts'
import { LONGEST_INTERVAL_MS, SLOW_DOWN_BY_MS, wait } from './poll.ts'

export interface RegistrationOptions extends Omit<LineOptions, 'baseUrl'> {
  /** The open API of each brand; the accounts hosts follow from them. */
  readonly baseUrls: Readonly<Record<Brand, string>>
  /** The scopes that the app is to have for people who sign in to it. */
  readonly scopes: readonly string[]
  /** Proposed on Feishu's page. */
  readonly name: string
  /** Between two questions. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** The link to open, on any device. */
export interface RegistrationLink {
  readonly url: string
  readonly lifeMs: number
}

/** The app that was created or chosen; no one else has seen its secret. */
export interface RegisteredApp {
  readonly app: App
  readonly brand: Brand
}

const ENDPOINT = 'oauth/v1/app/registration'

const text = z.string().regex(/^[\x21-\x7e]{1,8192}$/)

// The values that official clients assume where the answer has none.
const DEFAULT_LIFE_S = 600
const DEFAULT_INTERVAL_S = 5

// The command line client reads `expire_in`, the SDK `expires_in`.
const beginAnswer = z.object({
  device_code: text,
  verification_uri_complete: z.url({ protocol: /^https?$/ }),
  interval: z.number().nonnegative().nullish(),
  expire_in: z.number().nonnegative().nullish(),
  expires_in: z.number().nonnegative().nullish(),
})

const pollAnswer = z.object({
  client_id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/)
    .nullish()
    .or(z.literal('')),
  client_secret: z
    .string()
    .regex(/^[\x21-\x7e]{8,256}$/)
    .nullish()
    .or(z.literal('')),
  user_info: z.looseObject({ tenant_brand: z.string().nullish() }).nullish(),
})

/**
 * Registers an app.
 * @param onLink called once Feishu has answered as expected
 * @throws TransferError `registration-unavailable` when it has not, `registration-denied`, `registration-expired`
 */
export async function registerApp(
  options: RegistrationOptions,
  onLink: (link: RegistrationLink) => void,
  signal: AbortSignal,
): Promise<RegisteredApp> {
  const { baseUrls, sleep = wait } = options
  const lines = {
    // Every registration begins here, whatever the tenant.
    feishu: openLine({ ...options, baseUrl: baseUrls.feishu }),
    lark: openLine({ ...options, baseUrl: baseUrls.lark }),
  }
  try {
    const begun = await begin(lines.feishu, options, signal)
    onLink({ url: begun.url, lifeMs: begun.lifeMs })
    return await poll(lines, begun, sleep, signal)
  } finally {
    await Promise.all(Object.values(lines).map(({ connections }) => connections.close()))
  }
}

interface Begun extends RegistrationLink {
  readonly deviceCode: string
  readonly intervalMs: number
}

async function begin(
  line: Line,
  options: RegistrationOptions,
  signal: AbortSignal,
): Promise<Begun> {
  const fields = {
    action: 'begin',
    archetype: 'PersonalAgent',
    auth_method: 'client_secret',
    request_user_info: 'open_id tenant_brand',
  }
  const found = await post(line, fields, beginAnswer, signal).catch((error: unknown) => {
    throw asUnavailable(error)
  })
  line.redactor.hide(found.device_code)
  return {
    deviceCode: found.device_code,
    url: linkFor(found.verification_uri_complete, accountsHost(line.base), options),
    lifeMs: (found.expire_in || found.expires_in || DEFAULT_LIFE_S) * 1000,
    intervalMs: Math.min((found.interval || DEFAULT_INTERVAL_S) * 1000, LONGEST_INTERVAL_MS),
  }
}

async function poll(
  lines: Readonly<Record<Brand, Line>>,
  { deviceCode, lifeMs, ...begun }: Begun,
  sleep: NonNullable<RegistrationOptions['sleep']>,
  signal: AbortSignal,
): Promise<RegisteredApp> {
  const fields = { action: 'poll', device_code: deviceCode }
  const expiresAtMs = performance.now() + lifeMs
  let { intervalMs } = begun
  let brand: Brand = 'feishu'
  let hasSwitched = false
  while (performance.now() < expiresAtMs) {
    await sleep(hasSwitched ? 0 : intervalMs, signal)
    hasSwitched = false
    const line = lines[brand]
    const answer = await post(line, fields, pollAnswer, signal).catch((error: unknown) => {
      intervalMs = Math.min(nextIntervalMs(error, intervalMs), LONGEST_INTERVAL_MS)
      return error instanceof OAuthAnswer ? error.answer : undefined
    })
    const found = pollAnswer.safeParse(answer).data
    // It may come with a word that asks to wait.
    if (brand === 'feishu' && found?.user_info?.tenant_brand === 'lark') {
      brand = 'lark'
      hasSwitched = true
      continue
    }
    if (!found?.client_id || !found.client_secret) continue
    line.redactor.hideForGood(found.client_secret)
    return { app: { appId: found.client_id, appSecret: found.client_secret }, brand }
  }
  throw new TransferError('registration-expired')
}

function post<T>(
  line: Line,
  fields: Readonly<Record<string, string>>,
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  const accounts = accountsHost(line.base)
  const path = `${accounts.prefix}/${ENDPOINT}`
  return postForm(line, accounts, { endpoint: ENDPOINT, path, fields, schema, signal })
}

/**
 * The page asks the person for what the link names: a new app, of this name, with these scopes on top of the smallest
 * template there is. As the official SDK builds it; the page passes over what it does not know.
 */
function linkFor(
  given: string,
  accounts: BaseUrl,
  { scopes, name }: Pick<RegistrationOptions, 'scopes' | 'name'>,
): string {
  const url = new URL(given)
  if (!isFeishus(url) && url.origin !== accounts.origin) {
    throw new TransferError('registration-unavailable', { detail: url.host })
  }
  const addons = { preset: false, scopes: { tenant: [], user: scopes } }
  const encoded = gzipSync(JSON.stringify(addons)).toString('base64url')
  const query = { from: 'sdk', source: 'feidi', tp: 'sdk', name, addons: encoded }
  for (const [key, value] of Object.entries({ ...query, createOnly: 'true' })) {
    url.searchParams.set(key, value)
  }
  return url.href
}

function isFeishus({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' && /(^|\.)(feishu\.cn|larksuite\.com)$/.test(hostname)
}

/** Anything but trouble on the way: this server does not create apps so. */
function asUnavailable(error: unknown): unknown {
  if (error instanceof OAuthAnswer) {
    return new TransferError('registration-unavailable', { detail: error.word })
  }
  if (!(error instanceof TransferError)) return error
  const isWay = lookUp(error).domain === 'network' && error.code !== 'bad-response'
  if (isWay) return error
  const detail = String(error.context.httpStatus ?? error.code)
  return new TransferError('registration-unavailable', { ...error.context, detail, cause: error })
}

/** Returns how long to wait before asking again. @throws when asking again makes no sense */
function nextIntervalMs(error: unknown, intervalMs: number): number {
  if (error instanceof OAuthAnswer) {
    switch (error.word) {
      case 'authorization_pending':
        return intervalMs
      case 'slow_down':
        return intervalMs + SLOW_DOWN_BY_MS
      case 'access_denied':
        throw new TransferError('registration-denied')
      case 'expired_token':
      case 'invalid_grant':
        throw new TransferError('registration-expired')
      default:
        throw new TransferError('registration-unavailable', { detail: error.word })
    }
  }
  if (error instanceof TransferError) {
    const { domain } = lookUp(error)
    if (domain === 'network' || domain === 'server') return intervalMs + 1_000
  }
  throw error
}

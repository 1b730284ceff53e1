/** A person signs in: in the browser of this machine, or with a code on any other device. */
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { type Person, REDIRECT_PORTS, type UserTokens } from '#shared/model/account.ts'
import { orAborted } from '#shared/or-aborted.ts'
import type { Language } from '#shared/text/language.ts'
import type { BaseUrl } from '../http/base-url.ts'
import type { Line } from '../http/call.ts'
import { type LineOptions, openLine } from '../http/open-line.ts'
import { accountsHost } from './accounts-host.ts'
import { listenForCode } from './loopback.ts'
import {
  type App,
  askWhoItIs,
  DEVICE_GRANT,
  type DeviceCode,
  openDevice,
  tokenAsker,
} from './oauth-calls.ts'
import { OAuthAnswer } from './oauth-exchange.ts'
import { createPkce, createState } from './pkce.ts'
import { LONGEST_INTERVAL_MS, SLOW_DOWN_BY_MS, wait } from './poll.ts'

export interface SignInOptions extends LineOptions {
  readonly app: App
  readonly scopes: readonly string[]
  /** Of the page the browser shows at the end. */
  readonly language: Language
  /** Ports the browser may come back to; the app has registered an address for each. */
  readonly ports?: readonly number[]
  /** Between two questions. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** The person who has signed in, and their tokens. */
export interface SignedIn {
  readonly person: Person
  readonly tokens: UserTokens
}

export interface SignIn {
  /**
   * RFC 8252: authorization code with PKCE and a loopback redirect.
   * @param onLink the link to open, once the answer can be received
   * @throws TransferError `sign-in-denied`, `sign-in-expired`, `sign-in-ports-taken`, or a code of Feishu's
   */
  inBrowser(onLink: (link: string) => void, signal: AbortSignal): Promise<SignedIn>
  /** RFC 8628. @throws TransferError as `inBrowser` */
  withDevice(onCode: (code: DeviceCode) => void, signal: AbortSignal): Promise<SignedIn>
  close(): Promise<void>
}

/** A person who looks for their password needs a while; after that the port is free again. */
const BROWSER_LIMIT_MS = 10 * 60_000

/** Looks at whose tokens these are. They can not be asked for again, so a broken line is no reason to lose them. */
const MOST_LOOKS = 5
const LOOK_AGAIN_MS = 1_000

/** Connects to nothing yet. @throws TransferError when a setting is unusable */
export function openSignIn(options: SignInOptions): SignIn {
  const line = openLine(options)
  line.redactor.hideForGood(options.app.appSecret)
  const accounts = accountsHost(line.base)
  return {
    inBrowser: (onLink, signal) => inBrowser(options, line, accounts, onLink, signal),
    withDevice: (onCode, signal) => withDevice(options, line, accounts, onCode, signal),
    close: () => line.connections.close(),
  }
}

async function inBrowser(
  { app, scopes, language, ports = REDIRECT_PORTS, sleep = wait }: SignInOptions,
  line: Line,
  accounts: BaseUrl,
  onLink: (link: string) => void,
  signal: AbortSignal,
): Promise<SignedIn> {
  const { verifier, challenge } = createPkce()
  const state = createState()
  const loopback = await listenForCode({ ports, state, language })
  try {
    const { redirectUri } = loopback
    const query = new URLSearchParams({
      client_id: app.appId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: scopes.join(' '),
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    onLink(`${accounts.origin}${accounts.prefix}/open-apis/authen/v1/authorize?${query}`)
    const code = await orAborted(loopback.code, limited(signal, BROWSER_LIMIT_MS))
    const grant = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }
    const tokens = await tokenAsker(line, app)(grant, signal).catch((error: unknown) => {
      throw asRefusal(error)
    })
    return await whoSignedIn(line, tokens, signal, sleep)
  } finally {
    loopback.close()
  }
}

async function withDevice(
  { app, scopes, sleep = wait }: SignInOptions,
  line: Line,
  accounts: BaseUrl,
  onCode: (code: DeviceCode) => void,
  signal: AbortSignal,
): Promise<SignedIn> {
  const device = await openDevice(line, accounts, app, scopes, signal).catch((error: unknown) => {
    throw asRefusal(error)
  })
  onCode(device)
  const grant = { grant_type: DEVICE_GRANT, device_code: device.deviceCode }
  const ask = tokenAsker(line, app)
  const expiresAtMs = performance.now() + device.lifeMs
  let { intervalMs } = device
  while (performance.now() < expiresAtMs) {
    await sleep(intervalMs, signal)
    const tokens = await ask(grant, signal).catch((error: unknown) => {
      intervalMs = Math.min(nextIntervalMs(error, intervalMs), LONGEST_INTERVAL_MS)
    })
    if (tokens !== undefined) return whoSignedIn(line, tokens, signal, sleep)
  }
  throw new TransferError('sign-in-expired')
}

/** Returns how long to wait before asking again. @throws when asking again makes no sense */
function nextIntervalMs(error: unknown, intervalMs: number): number {
  if (error instanceof OAuthAnswer) {
    if (error.word === 'authorization_pending') return intervalMs
    if (error.word === 'slow_down') return intervalMs + SLOW_DOWN_BY_MS
    throw asRefusal(error)
  }
  if (isPassing(error)) return intervalMs + 1_000
  throw error
}

async function whoSignedIn(
  line: Line,
  tokens: UserTokens,
  signal: AbortSignal,
  sleep: NonNullable<SignInOptions['sleep']>,
): Promise<SignedIn> {
  for (let looks = 1; ; looks++) {
    try {
      return { tokens, person: await askWhoItIs(line, tokens.accessToken, signal) }
    } catch (error) {
      if (looks === MOST_LOOKS || !isPassing(error)) throw error
      await sleep(LOOK_AGAIN_MS, signal)
    }
  }
}

/** Trouble of the line or at Feishu, which may be over the next time. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof TransferError)) return false
  const { domain } = lookUp(error)
  return domain === 'network' || domain === 'server'
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof OAuthAnswer)) return error
  switch (error.word) {
    case 'access_denied':
      return new TransferError('sign-in-denied')
    case 'expired_token':
    case 'invalid_grant':
      return new TransferError('sign-in-expired', { detail: error.word })
    default:
      return new TransferError('sign-in-refused', { detail: error.word })
  }
}

function limited(signal: AbortSignal, ms: number): AbortSignal {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new TransferError('sign-in-expired')), ms)
  timer.unref()
  return AbortSignal.any([signal, late.signal])
}

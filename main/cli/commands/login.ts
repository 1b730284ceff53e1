import { callLogger } from '#main/app/log-work.ts'
import { openSignIn, type SignedIn, type SignIn } from '#main/feishu/auth/sign-in.ts'
import { createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { NewApp } from '#main/store/account-store.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { OFFLINE_SCOPE, SIGN_IN_SCOPES } from '#shared/model/account.ts'
import { accountJson, accountLines } from '../account-words.ts'
import { accountsOf } from '../actor.ts'
import { ask } from '../ask.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { baseUrlFor } from '../settings.ts'
import { say } from '../texts.ts'
import { warn } from '../warn.ts'

export interface LoginOptions {
  readonly device?: boolean
  readonly lark?: boolean
  readonly asApp?: boolean
  readonly appId?: string
  readonly scope?: readonly string[]
}

/** `feidi login`: a person signs in to an app, or the app itself is made an account. */
export async function login(session: Session, options: LoginOptions): Promise<ExitCode> {
  const app = await readApp(session, options)
  const accounts = accountsOf(session)
  const nowMs = systemClock.nowMs()
  const signedIn = options.asApp ? undefined : await signIn(session, app, options)
  const account =
    signedIn === undefined
      ? await accounts.addApp(await checked(session, app), nowMs)
      : await accounts.addPerson(app, signedIn, nowMs)
  const { output, settings } = session
  const isInUse = accounts.inUse()?.identity === account.identity
  if (settings.json) output.json(accountJson(account, isInUse))
  else {
    output.say(
      say('signedIn', settings.language),
      ...accountLines(account, isInUse, settings.language),
    )
  }
  if (signedIn !== undefined && signedIn.tokens.refreshToken === undefined) {
    warn(session, new TransferError('sign-in-not-renewable'))
  }
  return EXIT.allDone
}

/** Whose app: said, from the environment, or the one there is; its secret never from the arguments. */
async function readApp(session: Session, options: LoginOptions): Promise<NewApp> {
  const { settings, env } = session
  const { language } = settings
  const accounts = accountsOf(session)
  const baseUrl = baseUrlFor(settings, options.lark ? 'lark' : 'feishu')
  const { host } = parseBaseUrl(baseUrl)
  const ofHost = accounts.list().filter((account) => parseBaseUrl(account.baseUrl).host === host)
  const known = ofHost.find(({ identity }) => identity === accounts.inUse()?.identity) ?? ofHost[0]
  const appId =
    options.appId ||
    env['FEIDI_APP_ID']?.trim() ||
    known?.appId ||
    (await ask(session, 'App ID', { instead: '--app-id' }))
  if (!/^[A-Za-z0-9_-]{4,64}$/.test(appId)) {
    throw new TransferError('usage', { detail: `--app-id ${appId}` })
  }
  const appSecret =
    env['FEIDI_APP_SECRET']?.trim() ||
    (await accounts.secretOf(appId, host).catch(() => undefined)) ||
    (await ask(session, say('appSecret', language), {
      isSecret: true,
      instead: 'FEIDI_APP_SECRET',
    }))
  if (appSecret === '') throw new TransferError('credentials-missing', { detail: 'App Secret' })
  return { appId, appSecret, baseUrl }
}

/** Feishu accepts the app; a line that is down is no reason not to keep it. */
async function checked(session: Session, app: NewApp): Promise<NewApp> {
  const { caFile } = session.settings
  const api = createFeishuApi({
    baseUrl: app.baseUrl,
    credentials: { kind: 'app', ...app },
    ...(caFile !== undefined && { caFile }),
    log: callLogger(session.log),
    redactor: session.log.redactor,
  })
  try {
    await api.checkToken(session.interrupted)
  } catch (error) {
    if (!(error instanceof TransferError) || lookUp(error).domain !== 'network') throw error
  } finally {
    await api.close()
  }
  return app
}

async function signIn(session: Session, app: NewApp, options: LoginOptions): Promise<SignedIn> {
  const { settings, interrupted, log } = session
  const { caFile, language } = settings
  const opened = openSignIn({
    app,
    baseUrl: app.baseUrl,
    scopes: options.scope ? [OFFLINE_SCOPE, ...options.scope] : SIGN_IN_SCOPES,
    language,
    ...(caFile !== undefined && { caFile }),
    log: callLogger(log),
    redactor: log.redactor,
  })
  try {
    return await (options.device ? withDevice : inBrowser)(session, opened, interrupted)
  } finally {
    await opened.close()
  }
}

function inBrowser(
  { settings: { json, language }, output }: Session,
  signIn: SignIn,
  signal: AbortSignal,
): Promise<SignedIn> {
  return signIn.inBrowser((url) => {
    if (json) output.json({ type: 'sign-in', kind: 'browser', url })
    else output.say(say('openInBrowser', language), url)
  }, signal)
}

function withDevice(
  { settings: { json, language }, output }: Session,
  signIn: SignIn,
  signal: AbortSignal,
): Promise<SignedIn> {
  return signIn.withDevice(({ userCode, pageWithCode: url, lifeMs }) => {
    if (json) {
      const expiresAtMs = systemClock.nowMs() + lifeMs
      output.json({ type: 'sign-in', kind: 'device', userCode, url, expiresAtMs })
      return
    }
    const minutes = Math.max(1, Math.floor(lifeMs / 60_000))
    output.say(say('typeCode', language, { code: userCode, minutes }), url)
  }, signal)
}

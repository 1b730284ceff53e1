import { openSignIn } from '#main/feishu/auth/sign-in.ts'
import { createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import type { LineOptions } from '#main/feishu/http/open-line.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { AccountRecord, NewApp } from '#main/store/account-store.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Brand } from '#shared/model/account.ts'
import { chooseScopes, missingFrom } from '#shared/permissions/choose-scopes.ts'
import { groupsOf, OFFLINE_SCOPE, type Purpose } from '#shared/permissions/scope-groups.ts'
import type { Language } from '#shared/text/language.ts'
import { allowedAccounts } from '../policy/allowed-accounts.ts'
import { readPolicy } from '../policy/read-policy.ts'
import type { AppSession } from '../session.ts'
import { accountsOf, baseUrlFor, findAccount, type HomeAccount } from './actor.ts'
import { grantable, rightsOf } from './app-rights.ts'
import { lineOf } from './connection-options.ts'
import { forgetSignIn, isSamePerson } from './other-person.ts'

/** An app that people sign in to, as far as a home knows it. */
export interface KnownApp {
  readonly baseUrl: string
  readonly appId: string | undefined
  /** Undefined: not known, or not to be read. */
  secretOf(appId: string): Promise<string | undefined>
}

/** Returns the app of this brand that the home signs in to, of several that of the account in use. */
export function appOfHome(session: Pick<AppSession, 'settings'>, brand: Brand): KnownApp {
  const accounts = accountsOf(session)
  const { account } = session.settings
  const named = account === undefined ? undefined : findAccount(accounts, account)
  const baseUrl = named?.baseUrl ?? baseUrlFor(session.settings, brand)
  const { host } = parseBaseUrl(baseUrl)
  const ofHost = accounts.list().filter((each) => parseBaseUrl(each.baseUrl).host === host)
  const inUse = ofHost.find(({ identity }) => identity === accounts.inUse()?.identity)
  // Created by a scan, and no one has signed in to it yet.
  const kept = accounts.apps().find((each) => parseBaseUrl(each.baseUrl).host === host)
  return {
    baseUrl,
    appId: (named ?? inUse ?? ofHost[0] ?? kept)?.appId,
    secretOf: (appId) => accounts.secretOf(appId, host).catch(() => undefined),
  }
}

/** Keeps the secret of an app that people of this home will sign in to. */
export function keepAppOfHome(session: Pick<AppSession, 'settings'>, app: NewApp): Promise<void> {
  return newAccountsOf(session).keepApp(app)
}

function newAccountsOf(session: Pick<AppSession, 'settings'>) {
  return allowedAccounts(accountsOf(session), readPolicy())
}

export interface LoggedIn {
  readonly account: HomeAccount
  readonly isInUse: boolean
  /** It ends by itself after some hours. */
  readonly endsByItself: boolean
}

/** Makes the app itself an account. @throws TransferError when Feishu does not accept it */
export async function logInAsApp(session: AppSession, app: NewApp): Promise<LoggedIn> {
  const { settings, log, interrupted } = session
  demandAllowed(app)
  await checkApp(app, lineOf(settings, log), interrupted)
  return loggedIn(session, await newAccountsOf(session).addApp(app, systemClock.nowMs()), false)
}

export interface PersonWishes {
  /** Exactly these; undefined: the usual ones, and those of the purposes. */
  readonly scopes: readonly string[] | undefined
  /** Asked for besides the usual, on top of what was granted before. */
  readonly purposes: readonly Purpose[]
  readonly language: Language
  /** Absent: the sign-in page opens in a browser of this machine. */
  readonly onCode?: ((code: { userCode: string; url: string; lifeMs: number }) => void) | undefined
  readonly onPage: (url: string) => void
}

/** Signs a person in to an app. */
export async function logInAsPerson(
  session: AppSession,
  app: NewApp,
  wishes: PersonWishes,
): Promise<LoggedIn> {
  const { settings, interrupted, log } = session
  const { language, onCode, onPage } = wishes
  // Before a person signs in for nothing.
  demandAllowed(app)
  const signIn = openSignIn({
    app,
    baseUrl: app.baseUrl,
    scopes: await scopesFor(session, app, wishes),
    language,
    ...lineOf(settings, log),
  })
  try {
    const signedIn = await (onCode === undefined
      ? signIn.inBrowser(onPage, interrupted)
      : signIn.withDevice(
          ({ userCode, pageWithCode: url, lifeMs }) => onCode({ userCode, url, lifeMs }),
          interrupted,
        ))
    const accounts = newAccountsOf(session)
    const expected = expectedPerson(session, app, wishes)
    if (expected !== undefined && !isSamePerson(expected, app, signedIn)) {
      await forgetSignIn(accounts, app, signedIn, lineOf(settings, log))
      const detail = `${signedIn.person.name} ≠ ${expected.name}`
      throw new TransferError('sign-in-other-person', { detail })
    }
    const account = await accounts.addPerson(app, signedIn, systemClock.nowMs())
    return loggedIn(session, account, signedIn.tokens.refreshToken === undefined)
  } finally {
    await signIn.close()
  }
}

/** Returns the account that is to sign in: the one named, or the one in use where it gets more permissions. */
function expectedPerson(
  session: AppSession,
  app: NewApp,
  { purposes }: PersonWishes,
): AccountRecord | undefined {
  const accounts = accountsOf(session)
  const { account: named } = session.settings
  const meant = named === undefined ? accounts.inUse() : findAccount(accounts, named)
  if (named === undefined && purposes.length === 0) return undefined
  const isOfApp = meant?.kind === 'user' && meant.appId === app.appId
  return isOfApp && meant.baseUrl === app.baseUrl ? meant : undefined
}

/** @throws TransferError `policy-app`, `policy-invalid` */
function demandAllowed({ appId, baseUrl }: NewApp): void {
  readPolicy().demandApp(appId, parseBaseUrl(baseUrl).host)
}

async function scopesFor(
  session: AppSession,
  app: NewApp,
  wishes: PersonWishes,
): Promise<readonly string[]> {
  const { scopes, purposes } = wishes
  if (scopes !== undefined) return [OFFLINE_SCOPE, ...scopes]
  const { settings, log, interrupted } = session
  const ofApp = grantable(await rightsOf(app, lineOf(settings, log), interrupted))
  // The way back when the app has lost a scope, and Feishu does not say which.
  if (purposes.length === 0 && ofApp === undefined) return chooseScopes({ ofApp })
  const { host } = parseBaseUrl(app.baseUrl)
  const expected = expectedPerson(session, app, wishes)?.identity
  const granted = await accountsOf(session).grantedScopes(app.appId, host, expected)
  const { scopes: further } = missingFrom(granted, purposes.flatMap(groupsOf), ofApp)
  return chooseScopes({ ofApp, granted, further })
}

function loggedIn(session: AppSession, account: HomeAccount, endsByItself: boolean): LoggedIn {
  const isInUse = accountsOf(session).inUse()?.identity === account.identity
  return { account, isInUse, endsByItself }
}

/**
 * Asks Feishu if it accepts an app; a line that is down is no reason not to keep it.
 * @throws TransferError
 */
export async function checkApp(
  { appId, appSecret, baseUrl }: NewApp,
  line: Omit<LineOptions, 'baseUrl'>,
  signal: AbortSignal,
): Promise<void> {
  const api = createFeishuApi({ ...line, baseUrl, credentials: { kind: 'app', appId, appSecret } })
  try {
    await api.checkToken(signal)
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError'
    const isLine = error instanceof TransferError && lookUp(error).domain === 'network'
    if (!isTimeout && !isLine) throw error
  } finally {
    await api.close()
  }
}

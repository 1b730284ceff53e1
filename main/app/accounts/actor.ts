/** The account that acts: credentials of the environment, else a signed-in account of the home. */

import { type Credentials, identityOf } from '#main/feishu/credentials.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import { type AccountRecord, type AccountStore, openAccounts } from '#main/store/account-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { API_URLS, type Brand, brandOfUrl } from '#shared/model/account.ts'
import type { AppSession, RunSettings } from '../session.ts'

export interface Actor {
  readonly identity: string
  readonly credentials: Credentials
  readonly baseUrl: string
  /** The account that new transfers are marked with; absent for one-off credentials. */
  readonly account?: string
}

/** An account of a home as anybody may know it. */
export type HomeAccount = ReturnType<AccountStore['list']>[number]

type Asking = Pick<AppSession, 'settings' | 'env'>

/** The accounts of the home this command works in. */
export function accountsOf({ settings: { home } }: Pick<Asking, 'settings'>): AccountStore {
  return openAccounts(home, keyFileBox(home))
}

/**
 * Chooses the account that acts for the present request.
 * @param brand the brand whose link was given, if one was
 * @throws TransferError `credentials-missing`, `account-unknown`, or the reason its secret is
 *   unavailable
 */
export async function chooseActor(asking: Asking, brand: Brand | undefined): Promise<Actor> {
  const { settings, env } = asking
  const accounts = accountsOf(asking)
  if (settings.account !== undefined) {
    return storedActor(accounts, findAccount(accounts, settings.account))
  }
  const credentials = findCredentials(env)
  if (credentials !== undefined) {
    const baseUrl = baseUrlFor(settings, brand)
    return { identity: identityOf(credentials, parseBaseUrl(baseUrl).host), credentials, baseUrl }
  }
  const account = accountFor(accounts, brand)
  if (account !== undefined) return storedActor(accounts, account)
  throw new TransferError('credentials-missing', {
    detail: 'FEIDI_APP_ID + FEIDI_APP_SECRET, FEIDI_ACCESS_TOKEN, feidi login',
  })
}

/** Returns the identity that would act, as far as that is known; reads no secret. */
export function identityFor(asking: Asking, brand: Brand | undefined): string | undefined {
  const { settings, env } = asking
  const accounts = accountsOf(asking)
  if (settings.account !== undefined) return findAccount(accounts, settings.account).identity
  const credentials = findCredentials(env)
  if (credentials === undefined) return accountFor(accounts, brand)?.identity
  return identityOf(credentials, parseBaseUrl(baseUrlFor(settings, brand)).host)
}

/** A stored account as an actor. @throws TransferError why its secret can not be had */
export async function storedActor(
  accounts: AccountStore,
  { identity, baseUrl }: AccountRecord,
): Promise<Actor> {
  const credentials = await accounts.credentials(identity)
  return { identity, credentials, baseUrl, account: identity }
}

/** The account of the home that files for this brand go up with: the one in use if it can. */
function accountFor(accounts: AccountStore, brand: Brand | undefined): AccountRecord | undefined {
  const inUse = accounts.inUse()
  if (brand === undefined || inUse === undefined || brandOfUrl(inUse.baseUrl) === brand)
    return inUse
  // A host that was given by hand may serve links of any kind.
  return accounts.list().find((account) => brandOfUrl(account.baseUrl) === brand) ?? inUse
}

/** By identity, or by any part of what names it as long as only one is meant. @throws `account-unknown` */
export function findAccount(accounts: AccountStore, text: string): AccountRecord {
  const exact = accounts.get(text)
  if (exact !== undefined) return exact
  const meant = accounts
    .list()
    .filter(({ identity, name }) => identity.includes(text) || name === text)
  const [account] = meant
  if (account !== undefined && meant.length === 1) return account
  const ids = meant.map(({ identity }) => identity).join(', ')
  throw new TransferError('account-unknown', { detail: ids === '' ? text : `${text} (${ids}?)` })
}

/** Credentials of the environment. A token given for the occasion goes before an app's own credentials. */
export function findCredentials(env: AppSession['env']): Credentials | undefined {
  const accessToken = env['FEIDI_ACCESS_TOKEN']?.trim()
  if (accessToken) return { kind: 'access-token', accessToken }
  const appId = env['FEIDI_APP_ID']?.trim()
  const appSecret = env['FEIDI_APP_SECRET']?.trim()
  return appId && appSecret ? { kind: 'app', appId, appSecret } : undefined
}

/** The server to call: what was asked for, else what the destination's link tells, else Feishu. */
export function baseUrlFor(
  { baseUrl }: Pick<RunSettings, 'baseUrl'>,
  brand: Brand | undefined,
): string {
  return baseUrl ?? API_URLS[brand ?? 'feishu']
}

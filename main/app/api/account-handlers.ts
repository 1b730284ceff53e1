import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import type { ACCOUNT_CHANNELS } from '#shared/contract/account-channels.ts'
import { infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import { groupsBehind, missingFrom } from '#shared/permissions/choose-scopes.ts'
import { lineOf } from '../accounts/connection-options.ts'
import { checkApp } from '../accounts/log-in.ts'
import { permissionsOf } from '../accounts/permissions.ts'
import { signOut } from '../accounts/sign-out.ts'
import type { Handlers } from './answer.ts'
import type { AppParts } from './parts.ts'

type AccountParts = Pick<
  AppParts,
  'account' | 'signIns' | 'registrations' | 'accountsChanged' | 'clock' | 'way' | 'log'
>

/** A person waits for the answer. */
const CHECK_LIMIT_MS = 15_000

export function accountHandlers(
  parts: AccountParts,
): Pick<Handlers, keyof typeof ACCOUNT_CHANNELS> {
  const { account, signIns, registrations, accountsChanged, clock } = parts
  const { store } = account
  const lineTo = async (baseUrl: string) => lineOf(await parts.way(baseUrl), parts.log)
  const changed = async (signedIn?: string) => {
    account.changed()
    await accountsChanged(signedIn)
    return account.list
  }
  return {
    'accounts.list': () => account.list,
    async 'accounts.add-app'({ appId, appSecret, brand }) {
      const app = { appId, appSecret, baseUrl: account.baseUrlFor(brand) }
      await checkApp(app, await lineTo(app.baseUrl), AbortSignal.timeout(CHECK_LIMIT_MS))
      const { identity } = await store.addApp(app, clock.nowMs())
      return changed(identity)
    },
    async 'accounts.sign-in'({ method, appId, appSecret: given, brand, furtherScopes, identity }) {
      const expected = identity === undefined ? undefined : store.get(account.known(identity))
      const baseUrl = expected?.baseUrl ?? account.baseUrlFor(brand)
      const appSecret = given ?? (await store.secretOf(appId, parseBaseUrl(baseUrl).host))
      if (appSecret === undefined) {
        throw new TransferError('credentials-missing', { detail: 'App Secret' })
      }
      const app = { appId, appSecret, baseUrl }
      return { signIn: await signIns.begin(method, app, furtherScopes, expected) }
    },
    async 'accounts.grant'({ identity, method, missing, purposes }) {
      const expected = store.get(account.known(identity))
      const { appId, baseUrl } = expected ?? {}
      const appSecret =
        appId && baseUrl && (await store.secretOf(appId, parseBaseUrl(baseUrl).host))
      if (!appSecret) throw new TransferError('signed-out', { detail: identity })
      const app = { appId, appSecret, baseUrl }
      const groups = groupsBehind(missing, purposes)
      const signIn = await signIns.begin(
        method,
        app,
        (ofApp, granted) => missingFrom(granted, groups, ofApp).scopes,
        expected,
      )
      return { signIn }
    },
    async 'accounts.permissions'({ identity }) {
      const member = account.members().find((each) => each.identity === identity)
      if (member === undefined) throw new TransferError('account-unknown', { detail: identity })
      const { baseUrl } = member
      const line = { ...(await lineTo(baseUrl)), baseUrl }
      const { granted, ofApp } = await permissionsOf(await member.credentials(), line)
      return { granted, ofApp }
    },
    async 'accounts.register'() {
      return { registration: await registrations.begin() }
    },
    async 'accounts.keep-registered'({ id }) {
      await store.keepApp(registrations.take(id))
      // Accounts of the same app act with its new secret from now on.
      return changed()
    },
    async 'accounts.cancel-registration'() {
      await registrations.cancel()
      return {}
    },
    async 'accounts.keep-signed-in'({ id }) {
      await signIns.keep(id)
      return account.list
    },
    async 'accounts.cancel-sign-in'() {
      await signIns.cancel()
      return {}
    },
    'accounts.use'({ identity }) {
      store.use(account.known(identity))
      return changed()
    },
    'accounts.rename'({ identity, name }) {
      store.rename(account.known(identity), name)
      return changed()
    },
    async 'accounts.remove'({ identity }) {
      const { baseUrl } = store.get(account.known(identity)) ?? {}
      const tellFeishu = await signOut(store, identity)
      const list = await changed()
      const warning = await tellFeishu(await lineTo(baseUrl ?? account.baseUrlFor('feishu')))
      return {
        ...list,
        warning: warning === undefined ? null : infoOfThrown(warning, clock.nowMs()),
      }
    },
  }
}

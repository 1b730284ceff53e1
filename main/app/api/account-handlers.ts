import { createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import type { NewApp } from '#main/store/account-store.ts'
import type { ACCOUNT_CHANNELS } from '#shared/contract/account-channels.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { SignIns } from '../accounts/sign-ins.ts'
import { signOut } from '../accounts/sign-out.ts'
import { wayTo } from '../accounts/way-to-feishu.ts'
import { callLogger } from '../log-work.ts'
import type { Handlers } from './answer.ts'
import { viewOfThrown } from './error-view.ts'
import type { HostParts } from './parts.ts'

interface AccountParts extends HostParts {
  readonly signIns: SignIns
  /** The accounts are others now. */
  readonly accountsChanged: (signedIn?: string) => Promise<void>
}

/** A person waits for the answer. */
const CHECK_LIMIT_MS = 15_000

export function accountHandlers(
  parts: AccountParts,
): Pick<Handlers, keyof typeof ACCOUNT_CHANNELS> {
  const { account, signIns, accountsChanged, clock } = parts
  const { store } = account
  const changed = async (signedIn?: string) => {
    account.changed()
    await accountsChanged(signedIn)
    return account.list
  }
  return {
    'accounts.list': () => account.list,
    async 'accounts.add-app'({ appId, appSecret, brand }) {
      const app = { appId, appSecret, baseUrl: account.baseUrlFor(brand) }
      await check(parts, app)
      const { identity } = await store.addApp(app, clock.nowMs())
      return changed(identity)
    },
    async 'accounts.sign-in'({ method, appId, appSecret: given, brand, furtherScopes }) {
      const baseUrl = account.baseUrlFor(brand)
      const appSecret = given ?? (await store.secretOf(appId, parseBaseUrl(baseUrl).host))
      if (appSecret === undefined) {
        throw new TransferError('credentials-missing', { detail: 'App Secret' })
      }
      return { signIn: await signIns.begin(method, { appId, appSecret, baseUrl }, furtherScopes) }
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
      const warning = await tellFeishu(await lineTo(parts, baseUrl ?? account.baseUrlFor('feishu')))
      return {
        ...list,
        warning: warning === undefined ? null : viewOfThrown(warning, clock.nowMs()),
      }
    },
  }
}

/** Feishu accepts the app; a line that is down is no reason not to keep it. */
async function check(parts: AccountParts, app: NewApp): Promise<void> {
  const api = createFeishuApi({
    ...(await lineTo(parts, app.baseUrl)),
    baseUrl: app.baseUrl,
    credentials: { kind: 'app', appId: app.appId, appSecret: app.appSecret },
  })
  try {
    await api.checkToken(AbortSignal.timeout(CHECK_LIMIT_MS))
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError'
    const isLine = error instanceof TransferError && lookUp(error).domain === 'network'
    if (!isTimeout && !isLine) throw error
  } finally {
    await api.close()
  }
}

/** The way to Feishu, outside of any engine. */
async function lineTo(parts: AccountParts, baseUrl: string) {
  const { caFile, proxyEnvironment } = await wayTo(baseUrl, parts, parts.settings)
  return {
    env: proxyEnvironment,
    ...(caFile !== undefined && { caFile }),
    redactor: parts.log.redactor,
    log: callLogger(parts.log),
  }
}

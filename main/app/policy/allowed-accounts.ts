import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import type { AccountStore, NewApp } from '#main/store/account-store.ts'
import type { Policy } from './policy.ts'

/** The accounts of a home; those of an app that the policy forbids are refused (`policy-app`) before a secret is kept. */
export function allowedAccounts(store: AccountStore, policy: Policy): AccountStore {
  const demand = ({ appId, baseUrl }: NewApp) => policy.demandApp(appId, parseBaseUrl(baseUrl).host)
  return {
    ...store,
    async keepApp(app) {
      demand(app)
      await store.keepApp(app)
    },
    async addApp(app, nowMs) {
      demand(app)
      return store.addApp(app, nowMs)
    },
    async addPerson(app, signedIn, nowMs) {
      demand(app)
      return store.addPerson(app, signedIn, nowMs)
    },
  }
}

import { appIdentity, userIdentity } from '#shared/model/account.ts'
import type { TokenVault } from './auth/user-token.ts'

/** The proof of who acts; apart from the API itself, which loads an HTTP client. */
export type Credentials =
  | { readonly kind: 'app'; readonly appId: string; readonly appSecret: string }
  | { readonly kind: 'access-token'; readonly accessToken: string }
  /** A person who has signed in to an app. */
  | {
      readonly kind: 'user'
      readonly appId: string
      readonly appSecret: string
      readonly openId: string
      readonly vault: TokenVault
    }

/** Returns the name of who acts. Feishu binds an upload transaction to that, so the name tells the same apart. */
export function identityOf(credentials: Credentials, host: string): string {
  switch (credentials.kind) {
    case 'app':
      return appIdentity(credentials.appId.trim(), host)
    case 'user':
      return userIdentity(credentials.openId, credentials.appId.trim(), host)
    case 'access-token':
      return `access-token@${host}`
  }
}

/** Returns the name the limits go by: Feishu counts calls by app, for all accounts it acts for. */
export function appKeyOf(credentials: Credentials, host: string): string {
  if (credentials.kind !== 'user') return identityOf(credentials, host)
  return appIdentity(credentials.appId.trim(), host)
}

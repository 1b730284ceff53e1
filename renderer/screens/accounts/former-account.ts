import type { AccountView } from '#shared/contract/account-channels.ts'
import { brandOfHost, partsOfIdentity } from '#shared/model/account.ts'
import { useApp } from '../../data/app.ts'

/**
 * Returns an account that is no longer signed in, as far as the identity tells: enough to sign in
 * again. The name is forgotten, so it shows the id that Feishu knows the account by.
 */
function formerAccount(identity: string): AccountView {
  const { kind, appId, openId, host } = partsOfIdentity(identity)
  return {
    identity,
    kind,
    name: openId ?? appId ?? identity,
    appId: appId ?? null,
    brand: brandOfHost(host),
    host,
    source: 'stored',
    isInUse: false,
  }
}

/** Returns the owner of a transfer, signed in or not; without one, the account in use. */
export function ownerOf(
  identity: string | undefined,
  [inUse, ...others]: readonly AccountView[],
): AccountView | undefined {
  if (identity === undefined || identity === inUse?.identity) return inUse
  return others.find((other) => other.identity === identity) ?? formerAccount(identity)
}

export type Whose =
  /** Worth a word only where there are others. */
  | { readonly kind: 'the-only-one' }
  | { readonly kind: 'one-of-several'; readonly account: AccountView }
  /** Signed out: nothing goes up for it. */
  | { readonly kind: 'former'; readonly account: AccountView }

/** @param identity null or undefined: the account in use */
export function useWhose(identity: string | null | undefined): Whose {
  const { accounts } = useApp().accounts
  const account = identity ? accounts.find((each) => each.identity === identity) : accounts[0]
  // Credentials from the environment take over what belongs to no account here.
  const isTakenOver = accounts[0]?.source === 'environment'
  if (account === undefined && identity && !isTakenOver) {
    return { kind: 'former', account: formerAccount(identity) }
  }
  if (account === undefined || accounts.length < 2) return { kind: 'the-only-one' }
  return { kind: 'one-of-several', account }
}

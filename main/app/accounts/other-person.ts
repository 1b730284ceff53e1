/** Someone else than expected has signed in at Feishu's page. */
import type { SignedIn } from '#main/feishu/auth/sign-in.ts'
import { tellSignOut } from '#main/feishu/auth/sign-out.ts'
import type { LineOptions } from '#main/feishu/http/open-line.ts'
import type { AccountRecord, AccountStore, NewApp } from '#main/store/account-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { userIdentity } from '#shared/model/account.ts'

/** Closing the program may wait for it. */
const TELL_LIMIT_MS = 3_000

/** Tells whether those who have signed in are the account that was to. */
export function isSamePerson(expected: AccountRecord, app: NewApp, came: SignedIn): boolean {
  return identityOf(app, came) === expected.identity
}

/** Returns the account of this home that they are already. Signing in has asked for nothing of what it was granted. */
export function knownAs(
  store: AccountStore,
  app: NewApp,
  came: SignedIn,
): AccountRecord | undefined {
  return store.get(identityOf(app, came))
}

/**
 * Ends a sign-in that is not kept. Feishu is told, except where the person is an account of this home, whose own
 * sign-in must not end with it. A line that is down leaves tokens that no one has.
 */
export async function forgetSignIn(
  store: AccountStore,
  app: NewApp,
  came: SignedIn,
  line: Omit<LineOptions, 'baseUrl'>,
): Promise<void> {
  if (knownAs(store, app, came) !== undefined) return
  const options = { ...line, baseUrl: app.baseUrl }
  const signal = AbortSignal.timeout(TELL_LIMIT_MS)
  await tellSignOut(options, app, came.tokens, signal).catch((error: unknown) => {
    if (!(error instanceof TransferError)) throw error
  })
}

function identityOf({ appId, baseUrl }: NewApp, { person }: SignedIn): string {
  return userIdentity(person.openId, appId, new URL(baseUrl).host)
}

import { type AppScopes, askAppScopes } from '#main/feishu/auth/app-scopes.ts'
import type { LineOptions } from '#main/feishu/http/open-line.ts'
import type { NewApp } from '#main/store/account-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

/** A sign-in is not held up longer for what only makes it smoother. */
const ASK_LIMIT_MS = 5_000

/** Returns the scopes of an app; undefined when Feishu does not say, whatever the reason. */
export async function rightsOf(
  { appId, appSecret, baseUrl }: NewApp,
  line: Omit<LineOptions, 'baseUrl'>,
  signal?: AbortSignal,
): Promise<AppScopes | undefined> {
  const limit = AbortSignal.timeout(ASK_LIMIT_MS)
  const ended = signal === undefined ? limit : AbortSignal.any([signal, limit])
  try {
    return await askAppScopes({ ...line, baseUrl }, { appId, appSecret }, ended)
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof TransferError) && !limit.aborted) throw error
    return undefined
  }
}

/** Returns the scopes a person can grant; undefined when they are not known, or none is told apart from the app's. */
export function grantable(rights: AppScopes | undefined): readonly string[] | undefined {
  return rights === undefined || rights.asPerson.length === 0 ? undefined : rights.asPerson
}

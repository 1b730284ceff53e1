import { tellSignOut } from '#main/feishu/auth/sign-out.ts'
import type { LineOptions } from '#main/feishu/http/open-line.ts'
import type { AccountStore } from '#main/store/account-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

/** Tells Feishu. @returns why it could not be told, or undefined */
export type TellFeishu = (line: Omit<LineOptions, 'baseUrl'>) => Promise<TransferError | undefined>

/** A person waits for the answer. */
const TELL_LIMIT_MS = 10_000

/**
 * Signs an account out on this machine: its secrets are off the disk when this resolves, whatever Feishu
 * says afterwards. An app has nothing that could be revoked.
 */
export async function signOut(store: AccountStore, identity: string): Promise<TellFeishu> {
  const baseUrl = store.get(identity)?.baseUrl
  const held = await heldBy(store, identity)
  store.remove(identity)
  return async (line) => {
    if (held instanceof TransferError) return held
    if (held === undefined || baseUrl === undefined) return undefined
    const { app, tokens } = held
    const signal = AbortSignal.timeout(TELL_LIMIT_MS)
    return tellSignOut({ ...line, baseUrl }, app, tokens, signal).then(() => undefined, ownError)
  }
}

/** Returns what could be revoked, or the reason it cannot be read any more. */
async function heldBy(store: AccountStore, identity: string) {
  try {
    const credentials = await store.credentials(identity)
    if (credentials.kind === 'app') return undefined
    const tokens = await credentials.vault.read()
    const { appId, appSecret } = credentials
    return tokens && { app: { appId, appSecret }, tokens }
  } catch (error) {
    return new TransferError('sign-out-not-told', { detail: String(ownError(error).code) })
  }
}

function ownError(error: unknown): TransferError {
  if (error instanceof TransferError) return error
  throw error
}

import type { Credentials } from '#main/feishu/credentials.ts'
import type { LineOptions } from '#main/feishu/http/open-line.ts'
import type { Permissions } from '#shared/permissions/checklist.ts'
import { grantable, rightsOf } from './app-rights.ts'

/**
 * Returns what is known of an account's permissions: what the person granted is kept with the sign-in, and Feishu is
 * asked for what the app has.
 * @throws TransferError when the sign-in cannot be read
 */
export async function permissionsOf(
  credentials: Credentials,
  line: LineOptions & { readonly baseUrl: string },
  signal?: AbortSignal,
): Promise<Permissions> {
  const { kind } = credentials
  if (kind === 'access-token') return { kind, granted: null, ofApp: null }
  const { appId, appSecret } = credentials
  const rights = await rightsOf({ appId, appSecret, baseUrl: line.baseUrl }, line, signal)
  if (kind === 'app') return { kind, granted: null, ofApp: rights?.asApp ?? null }
  const granted = (await credentials.vault.read())?.scopes ?? []
  return {
    kind,
    granted: granted.length === 0 ? null : granted,
    ofApp: grantable(rights) ?? null,
  }
}

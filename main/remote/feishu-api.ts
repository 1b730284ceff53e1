/** Feishu's open API as the engine knows it. */
import type { FeishuApi } from '#main/engine/ports.ts'
import type { DocumentApi } from '#main/target/document-api.ts'
import { baseCalls } from './base-calls.ts'
import { callWithToken, type Line, type MakeCall, type TokenSource } from './call.ts'
import { docxCalls } from './docx-calls.ts'
import { folderCalls } from './folder-calls.ts'
import { type LineOptions, openLine } from './open-line.ts'
import { placeCalls } from './place-calls.ts'
import { sheetCalls } from './sheet-calls.ts'
import { fixedToken, tenantToken } from './tenant-token.ts'
import { uploadCalls } from './upload-calls.ts'

export type Credentials =
  | { readonly kind: 'app'; readonly appId: string; readonly appSecret: string }
  | { readonly kind: 'access-token'; readonly accessToken: string }

export interface FeishuApiOptions extends LineOptions {
  readonly credentials: Credentials
}

/**
 * Connects to nothing yet; the first call does.
 * @throws TransferError `base-url-insecure`, `ca-file-unreadable`, `proxy-invalid`, `token-refused`
 */
export function createFeishuApi(options: FeishuApiOptions): FeishuApi & DocumentApi {
  const { credentials } = options
  const line = openLine(options)
  const secret = credentials.kind === 'app' ? credentials.appSecret : credentials.accessToken
  line.redactor.hideForGood(secret.trim())
  const tokens = tokenSource(line, credentials)
  const call: MakeCall = (request, given) => callWithToken(line, tokens, request, given)
  return {
    identity: identityOf(credentials, line.base.host),
    get clockOffsetMs() {
      return line.clockOffset.ms
    },
    ...uploadCalls(call),
    ...folderCalls(call),
    ...baseCalls(call),
    ...docxCalls(call),
    ...sheetCalls(call),
    ...placeCalls(call),
    resetConnections: () => line.connections.reset(),
    async close() {
      tokens.close()
      await line.connections.close()
    },
  }
}

function tokenSource(line: Line, credentials: Credentials): TokenSource {
  return credentials.kind === 'app'
    ? tenantToken(line, {
        appId: credentials.appId.trim(),
        appSecret: credentials.appSecret.trim(),
      })
    : fixedToken(credentials.accessToken)
}

/** An upload transaction is bound to who prepared it, so the name tells apart what the server does. */
export function identityOf(credentials: Credentials, host: string): string {
  return credentials.kind === 'app'
    ? `app:${credentials.appId.trim()}@${host}`
    : `access-token@${host}`
}

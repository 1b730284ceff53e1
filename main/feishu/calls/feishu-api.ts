/** Feishu's open API as the engine knows it. */

import type { DocumentApi } from '#main/destination/document-api.ts'
import type { FeishuApi } from '#main/engine/ports.ts'
import { fixedToken, tenantToken } from '../auth/tenant-token.ts'
import { userToken } from '../auth/user-token.ts'
import { type Credentials, identityOf } from '../credentials.ts'
import { callWithToken, type Line, type MakeCall, type TokenSource } from '../http/call.ts'
import { type LineOptions, openLine } from '../http/open-line.ts'
import { baseCalls } from './base-calls.ts'
import { browseCalls } from './browse-calls.ts'
import { docxCalls } from './docx-calls.ts'
import { fileCalls } from './file-calls.ts'
import { folderCalls } from './folder-calls.ts'
import { importCalls } from './import-calls.ts'
import { placeCalls } from './place-calls.ts'
import { sheetCalls } from './sheet-calls.ts'
import { uploadCalls } from './upload-calls.ts'

/** The open API as one account. */
export interface AccountApi extends FeishuApi, DocumentApi {
  /** Proves that Feishu accepts who we are. */
  checkToken(signal: AbortSignal): Promise<void>
}

export interface FeishuApiOptions extends LineOptions {
  readonly credentials: Credentials
}

/**
 * Connects to nothing yet; the first call does.
 * @throws TransferError `base-url-insecure`, `ca-file-unreadable`, `proxy-invalid`, `proxy-unescaped`, `token-refused`
 */
export function createFeishuApi(options: FeishuApiOptions): AccountApi {
  const { credentials } = options
  const line = openLine(options)
  line.redactor.hideForGood(secretOf(credentials))
  const tokens = tokenSource(line, credentials)
  const call: MakeCall = (request, given) => callWithToken(line, tokens, request, given)
  return {
    identity: identityOf(credentials, line.base.host),
    get clockOffsetMs() {
      return line.clockOffset.isKnown ? line.clockOffset.ms : undefined
    },
    checkToken: async (signal) => void (await tokens.get(signal)),
    ...uploadCalls(call),
    ...folderCalls(call),
    ...baseCalls(call),
    ...docxCalls(call),
    ...sheetCalls(call),
    ...placeCalls(call),
    ...browseCalls(call),
    ...importCalls(call),
    ...fileCalls(call),
    resetConnections: () => line.connections.reset(),
    async close() {
      await tokens.close()
      await line.connections.close()
    },
  }
}

function tokenSource(line: Line, credentials: Credentials): TokenSource {
  if (credentials.kind === 'access-token') return fixedToken(credentials.accessToken)
  const app = { appId: credentials.appId.trim(), appSecret: credentials.appSecret.trim() }
  return credentials.kind === 'app'
    ? tenantToken(line, app)
    : userToken(line, app, credentials.vault)
}

function secretOf(credentials: Credentials): string {
  const { kind } = credentials
  return (kind === 'access-token' ? credentials.accessToken : credentials.appSecret).trim()
}

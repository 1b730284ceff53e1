/** Feishu's open API as the engine knows it. */
import type { Clock, FeishuApi } from '#main/engine/ports.ts'
import type { DocumentApi } from '#main/target/document-api.ts'
import { baseCalls } from './base-calls.ts'
import { parseBaseUrl } from './base-url.ts'
import {
  type CallRecord,
  callWithToken,
  type Line,
  type MakeCall,
  type TokenSource,
} from './call.ts'
import { createClockOffset } from './clock-offset.ts'
import { openConnections } from './dispatcher.ts'
import { docxCalls } from './docx-calls.ts'
import { folderCalls } from './folder-calls.ts'
import { placeCalls } from './place-calls.ts'
import type { ProxyEnvironment } from './proxy.ts'
import { createRedactor, type Redactor } from './redact.ts'
import { sheetCalls } from './sheet-calls.ts'
import { fixedToken, tenantToken } from './tenant-token.ts'
import { uploadCalls } from './upload-calls.ts'

export type Credentials =
  | { readonly kind: 'app'; readonly appId: string; readonly appSecret: string }
  | { readonly kind: 'access-token'; readonly accessToken: string }

export interface FeishuApiOptions {
  /** Default https://open.feishu.cn; https only, or http to this machine. */
  readonly baseUrl?: string
  readonly credentials: Credentials
  /** PEM file with root certificates to trust besides the usual ones. */
  readonly caFile?: string
  /** Where proxies are read from; default the process's environment. */
  readonly env?: ProxyEnvironment
  /** A call in which no byte moves for so long is given up. */
  readonly idleMs?: number
  /** Wall clock for token life and clock offset. Deadlines always use the machine's monotonic one. */
  readonly clock?: Pick<Clock, 'nowMs'>
  /** Learns our secrets, for whoever writes about what we do; default one of our own. */
  readonly redactor?: Redactor
  /** Told of every finished call. */
  readonly log?: (record: CallRecord) => void
}

const IDLE_MS = 60_000

/**
 * Connects to nothing yet; the first call does.
 * @throws TransferError `base-url-insecure`, `ca-file-unreadable`, `proxy-invalid`, `token-refused`
 */
export function createFeishuApi(options: FeishuApiOptions): FeishuApi & DocumentApi {
  const line = openLine(options)
  const { credentials } = options
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

function openLine(options: FeishuApiOptions): Line {
  const { credentials, caFile, env = process.env, clock = { nowMs: Date.now } } = options
  const base = parseBaseUrl(options.baseUrl)
  const connections = openConnections({ base, caFile, env })
  const redactor = options.redactor ?? createRedactor()
  const secret = credentials.kind === 'app' ? credentials.appSecret : credentials.accessToken
  for (const text of [secret.trim(), ...connections.secrets]) redactor.hideForGood(text)
  return {
    base,
    connections,
    redactor,
    idleMs: options.idleMs ?? IDLE_MS,
    clockOffset: createClockOffset(),
    nowMs: () => clock.nowMs(),
    log: options.log ?? (() => undefined),
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

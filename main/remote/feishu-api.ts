/** Feishu's open API as the engine knows it. */
import type { CallOptions, Clock, FeishuApi, SendOptions } from '#main/engine/ports.ts'
import type { UploadPoint } from '#shared/model/transfer.ts'
import {
  createdFolderAnswer,
  emptyAnswer,
  fileTokenAnswer,
  folderPageAnswer,
  preparedAnswer,
  preparedUpload,
} from './answers.ts'
import { parseBaseUrl } from './base-url.ts'
import { type ApiCall, type CallRecord, callWithToken, type Line } from './call.ts'
import { createClockOffset } from './clock-offset.ts'
import { openConnections } from './dispatcher.ts'
import { wireFileName } from './multipart.ts'
import type { ProxyEnvironment } from './proxy.ts'
import { createRedactor } from './redact.ts'
import { fixedToken, type TokenSource, tenantToken } from './tenant-token.ts'

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
  /** Told of every finished call. */
  readonly log?: (record: CallRecord) => void
}

const IDLE_MS = 60_000

/** The largest page Feishu allows; one more is 1064001. */
const PAGE_SIZE = '200'

/**
 * Connects to nothing yet; the first call does.
 * @throws TransferError `base-url-insecure`, `ca-file-unreadable`, `proxy-invalid`, `token-refused`
 */
export function createFeishuApi(options: FeishuApiOptions): FeishuApi {
  const line = openLine(options)
  const { credentials } = options
  const tokens = tokenSource(line, credentials)
  const call = <T>(request: ApiCall<T>, callOptions: SendOptions) =>
    callWithToken(line, tokens, request, callOptions)
  return {
    identity: identityOf(credentials, line.base.host),
    get clockOffsetMs() {
      return line.clockOffset.ms
    },
    ...uploadCalls(call),
    ...folderCalls(call),
    resetConnections: () => line.connections.reset(),
    async close() {
      tokens.close()
      await line.connections.close()
    },
  }
}

type MakeCall = <T>(request: ApiCall<T>, options: SendOptions) => Promise<T>

function uploadCalls(
  call: MakeCall,
): Pick<FeishuApi, 'uploadAll' | 'prepare' | 'sendPart' | 'finish'> {
  return {
    uploadAll: ({ point, fileName, bytes, checksum }, options) =>
      call(
        {
          ...post(point, 'upload_all'),
          form: {
            fields: {
              file_name: wireFileName(fileName),
              parent_type: point.parentType,
              // Imports have no parent and must not name one; a Drive root is named with ''.
              parent_node: omitEmpty(point.family === 'medias', point.parentNode),
              size: String(bytes.byteLength),
              checksum: unsigned(checksum),
              extra: extraOf(point),
            },
            file: bytes,
          },
          schema: fileTokenAnswer,
        },
        options,
      ),
    async prepare({ point, fileName, sizeBytes }, options) {
      const request = {
        ...post(point, 'upload_prepare'),
        json: {
          file_name: wireFileName(fileName),
          parent_type: point.parentType,
          parent_node: point.parentNode,
          size: sizeBytes,
          extra: extraOf(point),
        },
        schema: preparedAnswer,
      }
      return preparedUpload(await call(request, options), sizeBytes, request.endpoint)
    },
    sendPart: ({ point, uploadId, seq, bytes, checksum }, options) =>
      call(
        {
          ...post(point, 'upload_part'),
          seq,
          form: {
            fields: {
              upload_id: uploadId,
              seq: String(seq),
              size: String(bytes.byteLength),
              checksum: unsigned(checksum),
            },
            file: bytes,
          },
          schema: emptyAnswer,
        },
        options,
      ),
    finish: ({ point, uploadId, blockCount }, options) =>
      call(
        {
          ...post(point, 'upload_finish'),
          json: { upload_id: uploadId, block_num: blockCount },
          schema: fileTokenAnswer,
        },
        options,
      ),
  }
}

function folderCalls(call: MakeCall): Pick<FeishuApi, 'listFolder' | 'createFolder'> {
  return {
    listFolder: ({ folderToken, pageToken }, options: CallOptions) =>
      call(
        {
          method: 'GET',
          endpoint: 'drive/v1/files',
          at: 'data',
          // The root comes whole and knows no pages.
          query:
            folderToken === ''
              ? {}
              : { folder_token: folderToken, page_size: PAGE_SIZE, page_token: pageToken },
          schema: folderPageAnswer,
        },
        options,
      ),
    createFolder: ({ parentToken, name }, options) =>
      call(
        {
          method: 'POST',
          endpoint: 'drive/v1/files/create_folder',
          at: 'data',
          json: { name: wireFileName(name), folder_token: parentToken },
          schema: createdFolderAnswer,
        },
        options,
      ),
  }
}

function openLine(options: FeishuApiOptions): Line {
  const base = parseBaseUrl(options.baseUrl)
  const connections = openConnections({
    base,
    caFile: options.caFile,
    env: options.env ?? process.env,
  })
  const redactor = createRedactor()
  const { credentials } = options
  const secrets = [credentials.kind === 'app' ? credentials.appSecret : credentials.accessToken]
  for (const secret of [...secrets, ...connections.secrets]) redactor.hide(secret.trim())
  return {
    base,
    connections,
    redactor,
    idleMs: options.idleMs ?? IDLE_MS,
    clockOffset: createClockOffset(),
    nowMs: options.clock === undefined ? Date.now : () => options.clock?.nowMs() ?? Date.now(),
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

// An upload transaction is bound to who prepared it, so the name must tell apart what the server does.
function identityOf(credentials: Credentials, host: string): string {
  return credentials.kind === 'app'
    ? `app:${credentials.appId.trim()}@${host}`
    : `access-token@${host}`
}

function post({ family }: UploadPoint, name: string) {
  return { method: 'POST', endpoint: `drive/v1/${family}/${name}`, at: 'data' } as const
}

function omitEmpty(omit: boolean, value: string): string | undefined {
  return omit && value === '' ? undefined : value
}

/**
 * The media overview wants to know the document an attachment belongs to. Sheets and Bases are their
 * own upload point; the point of a docx is a block, and the document is not known here.
 */
function extraOf({ family, parentType, parentNode }: UploadPoint): string | undefined {
  if (family !== 'medias' || !/^(sheet|bitable)_/.test(parentType)) return undefined
  return JSON.stringify({ drive_route_token: parentNode })
}

// Adler-32 exceeds 2^31, and a minus sign is refused as 1062008.
function unsigned(checksum: number): string {
  return String(checksum >>> 0)
}

/** A tiny HTTP server whose answers a test writes itself, and an API client that talks to it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { FeishuApi } from '#main/engine/ports.ts'
import {
  type AccountApi,
  createFeishuApi,
  type FeishuApiOptions,
} from '#main/feishu/calls/feishu-api.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { UploadPoint } from '#shared/model/transfer.ts'

export const FOLDER: UploadPoint = {
  family: 'files',
  parentType: 'explorer',
  parentNode: 'fldcnTarget',
}

export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  readonly socket: Socket
}

export interface ScriptedServer {
  readonly url: string
  /** Requests read to their end, in order. */
  readonly seen: SeenRequest[]
  /** Sockets accepted so far. */
  readonly sockets: Socket[]
  readonly server: Server
}

type Answer = (request: SeenRequest, response: ServerResponse) => void

/** Starts a server that reads each request whole and then lets `answer` speak. */
export async function startServer(answer: Answer): Promise<ScriptedServer> {
  const seen: SeenRequest[] = []
  const running = await startRawServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const request = seenRequest(incoming, Buffer.concat(chunks))
    seen.push(request)
    answer(request, response)
  })
  return { ...running, seen }
}

/** Starts a server whose handler does everything itself. */
export async function startRawServer(
  handler: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<Omit<ScriptedServer, 'seen'>> {
  const sockets: Socket[] = []
  const server = createServer((request, response) => {
    // A request the test has cut is not the server's problem.
    Promise.resolve(handler(request, response)).catch(() => undefined)
  })
  server.on('connection', (socket) => sockets.push(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  })
  return { url: `http://127.0.0.1:${portOf(server)}`, sockets, server }
}

export function portOf(server: { address(): string | AddressInfo | null }): number {
  return (server.address() as AddressInfo).port
}

/** A client with a fixed token unless told otherwise, closed when the test ends. */
export function openApi(baseUrl: string, more: Partial<FeishuApiOptions> = {}): AccountApi {
  const credentials = { kind: 'access-token', accessToken: 'u-secret-token-0001' } as const
  const api = createFeishuApi({ baseUrl, credentials, env: {}, ...more })
  onTestFinished(() => api.close())
  return api
}

/** Answers with this JSON body. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** The options every call needs. */
export function plain(): { signal: AbortSignal } {
  return { signal: new AbortController().signal }
}

export function sendPart(
  api: FeishuApi,
  bytes: Uint8Array,
  options: Parameters<FeishuApi['sendPart']>[1] = plain(),
): Promise<void> {
  return api.sendPart({ point: FOLDER, uploadId: '7', seq: 3, bytes, checksum: 1 }, options)
}

/** The TransferError a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<TransferError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof TransferError) return error
  throw new Error('the call did not end in a TransferError', { cause: error })
}

function seenRequest(incoming: IncomingMessage, body: Buffer): SeenRequest {
  const { method = '', url = '', headers, rawHeaders, socket } = incoming
  return { method, url, headers, rawHeaders, body, socket }
}

import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { APP_POLICY } from '#main/app/api/app-policy.ts'
import type { App } from '#main/app/open-app.ts'
import { type StaticFile, staticFiles } from '#main/lib/static-files.ts'
import type { Answer } from '#shared/contract/contract.ts'
import { infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import { Access } from './access.ts'
import { sessionCookie, sessionOf } from './cookie.ts'
import { serveLive } from './live-socket.ts'
import { notBuiltPage, PAGE_POLICY, passwordPage, refusalPage } from './pages.ts'
import type { Spool } from './spool.ts'

export interface WebServerOptions {
  readonly app: Pick<App, 'answer' | 'subscribe'>
  readonly spool: Spool
  readonly address: string
  readonly port: number
  readonly password: string | undefined
  /** The built pages; undefined when there are none. */
  readonly rendererFolder: string | undefined
  readonly nowMs: () => number
}

export interface WebServer {
  readonly port: number
  /** A link that lets one browser in, once. */
  newLink(): string
  close(): Promise<void>
}

/** 5,000 paths fit. */
const MOST_REQUEST_BYTES = 8 * 1024 * 1024

const HEADERS = {
  'content-security-policy': APP_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
}

/** Serves the app to browsers: the pages, requests at `/api/…`, files at `/upload`, events at `/live`. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { address, password, app } = options
  const access = new Access({ host: address, password })
  const server = fastify({ bodyLimit: MOST_REQUEST_BYTES, forceCloseConnections: true })
  const port = () => (server.server.address() as AddressInfo | null)?.port ?? 0
  const isIn = (request: FastifyRequest) => access.knows(sessionOf(request.headers.cookie, port()))
  guard(server, access, isIn, options)
  addEntrance(server, access, isIn, options, port)
  addRequests(server, options)
  addPages(server, staticFiles(options.rendererFolder))
  const live = serveLive(server.server, app, access, port)
  await server.listen({ host: address, port: options.port })
  return {
    port: port(),
    newLink: () => `http://${authority(address, port())}/?token=${access.newToken()}`,
    async close() {
      live.close()
      await server.close()
    },
  }
}

function authority(address: string, port: number): string {
  const name = address === '0.0.0.0' || address === '::' ? 'localhost' : address
  return `${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** Every request passes here first; what is not let through does not get any further. */
function guard(
  server: FastifyInstance,
  access: Access,
  isIn: (request: FastifyRequest) => boolean,
  { nowMs }: WebServerOptions,
): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS)
    const { host, origin } = request.headers
    const mayChange = request.method !== 'GET' && request.method !== 'HEAD'
    if (!access.isOurHost(host) || (mayChange && !access.isOurOrigin(origin, host))) {
      return reply.code(403).send(refused(nowMs()))
    }
    const [path] = request.url.split('?')
    if (isIn(request) || path === '/enter' || (path === '/' && !mayChange)) return
    return reply.code(401).send(refused(nowMs()))
  })
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(failed(new TransferError('request-invalid'), nowMs())),
  )
  server.setErrorHandler((error, _request, reply) => {
    // A body that is no JSON, too long or of another type; anything else is a fault of ours.
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    const isTheirs = status >= 400 && status < 500
    const shown = isTheirs ? new TransferError('request-invalid') : error
    return reply.code(isTheirs ? status : 500).send(failed(shown, nowMs()))
  })
}

/** `/` with a token, and the password form. */
function addEntrance(
  server: FastifyInstance,
  access: Access,
  isIn: (request: FastifyRequest) => boolean,
  { nowMs, rendererFolder }: WebServerOptions,
  port: () => number,
): void {
  const letIn = (reply: FastifyReply, session: string) =>
    reply.header('set-cookie', sessionCookie(port(), session)).redirect('/', 303)
  const page = (reply: FastifyReply, code: number, text: string) =>
    reply
      .code(code)
      .header('content-security-policy', PAGE_POLICY)
      .type('text/html; charset=utf-8')
      .send(text)
  server.addHook('preHandler', async (request, reply) => {
    if (request.url !== '/' && !request.url.startsWith('/?')) return
    const token = new URLSearchParams(request.url.slice(2)).get('token')
    // Scanners of links look whether they lead anywhere; that must not let anybody in, nor use it up.
    if (request.method === 'HEAD' && token !== null) return page(reply, 401, refusalPage())
    const session = token === null ? undefined : access.enterByToken(token)
    if (session !== undefined) return letIn(reply, session)
    if (isIn(request)) {
      if (token !== null) return reply.redirect('/', 303)
      if (rendererFolder === undefined) return page(reply, 503, notBuiltPage())
      return
    }
    return page(reply, 401, access.asksForPassword ? passwordPage(undefined) : refusalPage())
  })
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4_096 },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  server.post('/enter', (request, reply) => {
    if (!access.asksForPassword) return page(reply, 401, refusalPage())
    const { body } = request
    const password = body instanceof URLSearchParams ? (body.get('password') ?? '') : ''
    const session = access.enterByPassword(password, nowMs())
    if (session === 'wrong') return page(reply, 401, passwordPage('wrong'))
    if (session === 'too-many') return page(reply, 429, passwordPage('too-many'))
    return letIn(reply, session)
  })
}

function addRequests(server: FastifyInstance, { app, spool, nowMs }: WebServerOptions): void {
  server.post<{ Params: { channel: string } }>('/api/:channel', async (request, reply) => {
    if (request.headers['content-type']?.split(';')[0] !== 'application/json') {
      return reply.code(415).send(failed(new TransferError('request-invalid'), nowMs()))
    }
    const answer = await app.answer(request.params.channel, request.body)
    return reply.code(statusOf(answer)).send(answer)
  })
  server.addContentTypeParser('application/octet-stream', (_request, body, done) =>
    done(null, body),
  )
  server.post<{ Querystring: { name?: unknown } }>('/upload', async (request, reply) => {
    const { name } = request.query
    if (
      typeof name !== 'string' ||
      request.headers['content-type'] !== 'application/octet-stream'
    ) {
      return reply.code(400).send(failed(new TransferError('request-invalid'), nowMs()))
    }
    try {
      const gone = new AbortController()
      request.raw.once('aborted', () => gone.abort())
      const uploadId = await spool.receive(request.raw, name, gone.signal)
      return reply.send({ ok: true, value: { uploadId } } satisfies Answer<unknown>)
    } catch (error) {
      // The rest of the body is not waited for.
      reply.header('connection', 'close')
      return reply.code(error instanceof TransferError ? 413 : 500).send(failed(error, nowMs()))
    }
  })
}

function addPages(server: FastifyInstance, files: ReadonlyMap<string, StaticFile>): void {
  server.get('/*', (request, reply) => {
    const file = files.get(request.url.split('?')[0] ?? '')
    if (file === undefined) return reply.callNotFound()
    if (file.isImmutable) reply.header('cache-control', 'private, max-age=31536000, immutable')
    return reply.type(file.type).send(file.read())
  })
}

function statusOf(answer: Answer<unknown>): number {
  if (answer.ok) return 200
  return answer.error.code === 'request-invalid' ? 400 : 422
}

function refused(nowMs: number): Answer<never> {
  return failed(new TransferError('request-refused'), nowMs)
}

function failed(error: unknown, nowMs: number): Answer<never> {
  return { ok: false, error: infoOfThrown(error, nowMs) }
}

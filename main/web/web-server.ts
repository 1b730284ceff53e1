import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { APP_POLICY } from '#main/app/api/app-policy.ts'
import type { App } from '#main/app/open-app.ts'
import { type StaticFile, staticFiles } from '#main/lib/static-files.ts'
import type { Answer } from '#shared/contract/contract.ts'
import { infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import { PICTURE_PATHS, pictureAt } from '#shared/model/look.ts'
import { Access, type OneTimeLink } from './access.ts'
import { sessionCookie, sessionOf } from './cookie.ts'
import { deviceLabel } from './device-label.ts'
import { serveLive } from './live-socket.ts'
import { entryPage, notBuiltPage, PAGE_POLICY, passwordPage, refusalPage } from './pages.ts'
import type { Session, Sessions } from './sessions.ts'
import type { Spool } from './spool.ts'

export interface WebServerOptions {
  readonly app: Pick<App, 'answer' | 'health' | 'picture' | 'subscribe'>
  readonly spool: Spool
  readonly address: string
  readonly port: number
  readonly password: string | undefined
  /** The address of a proxy in front, which ends TLS. */
  readonly publicUrl?: URL | undefined
  readonly sessions: Sessions
  /** The built pages; undefined when there are none. */
  readonly rendererFolder: string | undefined
  readonly nowMs: () => number
}

export interface WebServer {
  readonly port: number
  newLink(): OneTimeLink
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
  const { address, app, publicUrl } = options
  const access = new Access({ ...options, host: address })
  const server = fastify({ bodyLimit: MOST_REQUEST_BYTES, forceCloseConnections: true })
  const port = () => (server.server.address() as AddressInfo | null)?.port ?? 0
  const sessionIn: SessionIn = ({ headers }) =>
    access.sessions.use(sessionOf(headers.cookie, port(), access.isSecure))
  addHealth(server, access, app)
  guard(server, access, sessionIn, options)
  addEntrance(server, access, sessionIn, options, port)
  addRequests(server, sessionIn, options)
  addPictures(server, options)
  addPages(server, staticFiles(options.rendererFolder))
  const live = serveLive(server.server, app, access, port)
  await server.listen({ host: address, port: options.port })
  return {
    port: port(),
    newLink() {
      const { token, expiresAtMs } = access.newToken()
      const origin = publicUrl?.origin ?? `http://${authority(address, port())}`
      return { url: `${origin}/?token=${token}`, expiresAtMs }
    },
    async close() {
      live.close()
      await server.close()
    },
  }
}

/** The session that a request belongs to; undefined: its browser is not signed in. */
type SessionIn = (request: FastifyRequest) => Session | undefined

function authority(address: string, port: number): string {
  const name = address === '0.0.0.0' || address === '::' ? 'localhost' : address
  return `${name.includes(':') ? `[${name}]` : name}:${port}`
}

/**
 * `/health`, for what watches over machines: 200, or 503 with the reasons. It needs no session and says nothing private.
 * It answers before the guard looks for one.
 */
function addHealth(server: FastifyInstance, access: Access, app: WebServerOptions['app']): void {
  server.addHook('onRequest', async (request, reply) => {
    const isAsked = request.method === 'GET' || request.method === 'HEAD'
    if (!isAsked || request.url !== '/health' || !access.isOurHost(request.headers.host)) return
    const { reasons, notes } = app.health()
    const isWell = reasons.length === 0
    return reply
      .headers(HEADERS)
      .code(isWell ? 200 : 503)
      .send({ status: isWell ? 'ok' : 'trouble', reasons, notes })
  })
}

/** Every request passes here first; what is not let through does not get any further. */
function guard(
  server: FastifyInstance,
  access: Access,
  sessionIn: SessionIn,
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
    if (sessionIn(request) !== undefined || path === '/enter' || (path === '/' && !mayChange))
      return
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

/** `/` with a token, and the forms that use a token or the password. */
function addEntrance(
  server: FastifyInstance,
  access: Access,
  sessionIn: SessionIn,
  { rendererFolder }: WebServerOptions,
  port: () => number,
): void {
  const keep = (reply: FastifyReply, session: string) =>
    reply.header('set-cookie', sessionCookie(port(), session, access.isSecure))
  const page = (reply: FastifyReply, code: number, text: string) =>
    reply
      .code(code)
      .header('content-security-policy', PAGE_POLICY)
      // Without a referrer the forms would come from the origin `null` (Fetch, "append a request Origin header").
      .header('referrer-policy', 'same-origin')
      .type('text/html; charset=utf-8')
      .send(text)
  server.addHook('preHandler', async (request, reply) => {
    if (request.url !== '/' && !request.url.startsWith('/?')) return
    const token = new URLSearchParams(request.url.slice(2)).get('token')
    if (sessionIn(request) !== undefined) {
      if (token !== null) return reply.redirect('/', 303)
      if (rendererFolder === undefined) return page(reply, 503, notBuiltPage())
      // It is kept as long from now on as it may be idle.
      keep(reply, sessionOf(request.headers.cookie, port(), access.isSecure) ?? '')
      return
    }
    // Opening a link must not use it up.
    if (token !== null) return page(reply, 200, entryPage(token))
    return page(reply, 401, access.asksForPassword ? passwordPage(undefined) : refusalPage())
  })
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4_096 },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  server.post('/enter', (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const device = deviceLabel(request.headers['user-agent'])
    const token = form.get('token')
    if (token !== null) {
      const session = access.enterByToken(token, device)
      if (session === undefined) return page(reply, 401, refusalPage())
      return keep(reply, session).redirect('/', 303)
    }
    if (!access.asksForPassword) return page(reply, 401, refusalPage())
    const session = access.enterByPassword(form.get('password') ?? '', device)
    if (session === 'wrong') return page(reply, 401, passwordPage('wrong'))
    if (session === 'too-many') return page(reply, 429, passwordPage('too-many'))
    return keep(reply, session).redirect('/', 303)
  })
}

function addRequests(
  server: FastifyInstance,
  sessionIn: SessionIn,
  { app, spool, nowMs }: WebServerOptions,
): void {
  server.post<{ Params: { channel: string } }>('/api/:channel', async (request, reply) => {
    if (request.headers['content-type']?.split(';')[0] !== 'application/json') {
      return reply.code(415).send(failed(new TransferError('request-invalid'), nowMs()))
    }
    const { channel } = request.params
    const answer = await app.answer(channel, request.body, sessionIn(request)?.id)
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

/** Pictures of the queue, as bytes of no type: only our page makes a picture of them. */
function addPictures(server: FastifyInstance, { app }: WebServerOptions): void {
  for (const prefix of Object.values(PICTURE_PATHS)) {
    server.get(`${prefix}:id`, async (request, reply) => {
      const asked = pictureAt(request.url)
      const bytes = asked && (await app.picture(asked.id, asked.use))
      if (bytes === undefined) return reply.callNotFound()
      return reply
        .type('application/octet-stream')
        .header('content-disposition', 'attachment')
        .send(Buffer.from(bytes.buffer))
    })
  }
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

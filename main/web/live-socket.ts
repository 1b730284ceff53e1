import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import type { App } from '#main/app/open-app.ts'
import type { Access } from './access.ts'
import { sessionOf } from './cookie.ts'

/** A page that does not read what it is sent is let go; it will come back for a new snapshot. */
const MOST_BUFFERED_BYTES = 8 * 1024 * 1024
/** Pages have nothing to say here. */
const MOST_HEARD_BYTES = 1_024
const MOST_PAGES = 64
const BEAT_MS = 30_000
const POLICY_VIOLATION = 1008
const GOING_AWAY = 1001

export interface LiveSockets {
  close(): void
}

/** Events for pages, over WebSockets at `/live`. */
export function serveLive(
  server: Server,
  app: Pick<App, 'subscribe'>,
  access: Access,
  port: () => number,
): LiveSockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_HEARD_BYTES,
    perMessageDeflate: false,
  })
  server.on('upgrade', (request, socket, head) => {
    const { host: name, origin, cookie } = request.headers
    const isAllowed =
      request.url === '/live' &&
      access.isOurHost(name) &&
      access.isOurOrigin(origin, name) &&
      sockets.clients.size < MOST_PAGES
    const secret = sessionOf(cookie, port(), access.isSecure)
    const session = isAllowed ? access.sessions.use(secret) : undefined
    socket.on('error', () => socket.destroy())
    if (session === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (page) => {
      sessionOfPage.set(page, session.id)
      page.on('pong', () => {
        silent.delete(page)
        // A page that only looks on is in use as well.
        access.sessions.use(secret)
      })
      follow(page, app)
    })
  })
  /** Those that have not answered since the last beat: asleep, or out of reach without a goodbye. */
  const silent = new WeakSet<WebSocket>()
  const sessionOfPage = new WeakMap<WebSocket, string>()
  access.sessions.onEnd((id) => {
    for (const page of sockets.clients) if (sessionOfPage.get(page) === id) page.terminate()
  })
  const beat = setInterval(() => {
    for (const page of sockets.clients) {
      if (silent.has(page)) page.terminate()
      silent.add(page)
      page.ping()
    }
  }, BEAT_MS)
  beat.unref()
  return {
    close() {
      clearInterval(beat)
      for (const page of sockets.clients) page.close(GOING_AWAY)
      sockets.close()
    },
  }
}

function follow(page: WebSocket, app: Pick<App, 'subscribe'>): void {
  const unsubscribe = app.subscribe((event) => {
    if (page.bufferedAmount > MOST_BUFFERED_BYTES) page.terminate()
    else page.send(JSON.stringify(event))
  })
  page.on('close', unsubscribe)
  page.on('error', () => page.terminate())
  page.on('message', () => page.close(POLICY_VIOLATION))
}

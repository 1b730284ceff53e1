/**
 * The address the browser returns to after a sign-in: this machine, on a port the app registered.
 */
import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { REDIRECT_PATH } from '#shared/model/account.ts'
import type { Language } from '#shared/text/language.ts'
import { CALLBACK_HEADERS, type CallbackOutcome, callbackPage } from './callback-page.ts'

export interface LoopbackOptions {
  /** Tried in this order; 0 is any free one. */
  readonly ports: readonly number[]
  /** The value that the answer has to bring back. */
  readonly state: string
  readonly language: Language
}

export interface Loopback {
  readonly redirectUri: string
  /** The code. Rejects with `sign-in-denied` or `sign-in-refused` when the person or Feishu would not. */
  readonly code: Promise<string>
  close(): void
}

/** The last page has so long to arrive: it is small, and goes to this machine. */
const LAST_PAGE_MS = 1_000

/** `localhost` leads to either, and browsers differ in which they try first. */
const ADDRESSES = ['127.0.0.1', '::1']
/** A machine without IPv6 has no ::1. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

/**
 * Listens for one answer on the first port that is free, on this machine only.
 * @throws TransferError `sign-in-ports-taken`
 */
export async function listenForCode(options: LoopbackOptions): Promise<Loopback> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  // The waiting caller gets the rejection; there may be none yet.
  promise.catch(() => undefined)
  let port = 0
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const outcome = outcomeOf(request, port, options.state)
    respond(response, outcome.shown, options.language)
    if ('code' in outcome) resolve(outcome.code)
    if ('error' in outcome) reject(outcome.error)
  }
  for (const wanted of options.ports) {
    const servers = await listen(wanted, answer)
    if (servers === undefined) continue
    port = portOf(servers[0])
    return {
      redirectUri: `http://localhost:${port}${REDIRECT_PATH}`,
      code: promise,
      close: () => {
        for (const server of servers) {
          // The last page asked for may still be on its way. A connection that a browser opened in
          // advance, without a request, would be waited for.
          const late = setTimeout(() => server.closeAllConnections(), LAST_PAGE_MS)
          server.close(() => clearTimeout(late))
          server.closeIdleConnections()
        }
      },
    }
  }
  throw new TransferError('sign-in-ports-taken', { detail: options.ports.join(', ') })
}

/** Servers on all loopback addresses; undefined when the port is taken on one of them. */
async function listen(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server[] | undefined> {
  const servers: Server[] = []
  for (const host of ADDRESSES) {
    const server = createServer(answer)
    try {
      server.listen({ host, port: portOf(servers[0]) || port, exclusive: true })
      await once(server, 'listening')
      servers.push(server)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (servers.length > 0 && NO_SUCH_ADDRESS.has(code)) continue
      for (const open of servers) open.close()
      return undefined
    }
  }
  return servers
}

function portOf(server: Server | undefined): number {
  return (server?.address() as AddressInfo | null | undefined)?.port ?? 0
}

type Outcome =
  | { readonly shown: CallbackOutcome; readonly code: string }
  | { readonly shown: CallbackOutcome; readonly error: TransferError }
  | { readonly shown: 'foreign' }

function outcomeOf(
  { method, url, headers }: IncomingMessage,
  port: number,
  state: string,
): Outcome {
  const asked = URL.parse(url ?? '', 'http://localhost')
  const isOurs =
    method === 'GET' &&
    asked?.pathname === REDIRECT_PATH &&
    // Another name that leads here belongs to someone who wants to reach into this machine.
    [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`].includes(headers.host ?? '') &&
    isSame(asked.searchParams.get('state') ?? '', state)
  // Anybody can send the browser here. It does not end the sign-in that waits.
  if (!isOurs) return { shown: 'foreign' }
  const { searchParams } = asked
  const word = searchParams.get('error')
  if (word === 'access_denied') {
    return { shown: 'denied', error: new TransferError('sign-in-denied') }
  }
  const code = searchParams.get('code') ?? ''
  if (word === null && /^[\x21-\x7e]{1,4096}$/.test(code)) return { shown: 'received', code }
  const detail = /^[\w.-]{1,64}$/.test(word ?? '') ? (word ?? '') : 'no code'
  return { shown: 'denied', error: new TransferError('sign-in-refused', { detail }) }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function respond(response: ServerResponse, shown: CallbackOutcome, language: Language): void {
  response.writeHead(shown === 'foreign' ? 404 : 200, CALLBACK_HEADERS)
  response.end(callbackPage(shown, language))
}

/**
 * Which proxy leads to Feishu, and the tunnel through it. The rules are those of undici's
 * EnvHttpProxyAgent: HTTPS_PROXY, else HTTP_PROXY, lower case first; NO_PROXY lists exceptions.
 */
import { Pool } from 'undici'
import { TransferError } from '#shared/errors/transfer-error.ts'

/** The part of the environment that proxies are read from. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>

export interface ProxySettings {
  readonly url: string
  readonly noProxy: string
  /** What must never be shown: the password, as written and as meant. */
  readonly secrets: readonly string[]
}

const PROTOCOLS = new Set(['http:', 'https:'])

/** A proxy that accepts the connection should answer CONNECT well before our idle deadline. */
const CONNECT_ANSWER_MS = 30_000

/** Something failed between us and the proxy, or the proxy would not open the tunnel. */
export class ProxyFailure extends Error {
  /** Not one of undici's codes, or it would quietly try again for ever. */
  readonly code = 'PROXY_FAILURE'
  /** What the proxy answered to CONNECT, when it answered at all. */
  readonly status: number | undefined

  constructor(options: { status?: number; cause?: unknown }) {
    super('no way through the proxy', { cause: options.cause })
    this.status = options.status
  }
}

/**
 * Reads the proxy for https requests; undefined when there is none.
 * @throws TransferError `proxy-invalid`, or `proxy-unescaped` where the login holds characters that end it
 */
export function readProxy(env: ProxyEnvironment): ProxySettings | undefined {
  const https = env['https_proxy'] ?? env['HTTPS_PROXY']
  const http = env['http_proxy'] ?? env['HTTP_PROXY']
  const text = (https || http || '').trim()
  if (text === '') return undefined
  const url = proxyUrl(text)
  return {
    url: url.href,
    noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
    secrets: [url.password, decodeURIComponent(url.password)].filter((secret) => secret !== ''),
  }
}

/** undici's pool of connections to the proxy, with refusals that can be told from other failures. */
export class TunnelPool extends Pool {
  readonly #origin: URL
  readonly #onTunnel: (proxyHost: string) => void

  /** @param onTunnel told of the proxy's `host:port` whenever a tunnel is asked for */
  constructor(origin: URL, options: object, onTunnel: (proxyHost: string) => void) {
    super(origin, { ...options, headersTimeout: CONNECT_ANSWER_MS })
    this.#origin = origin
    this.#onTunnel = onTunnel
  }

  // The other overloads, with a callback or for HTTP/2, are not used by ProxyAgent.
  override connect = async (options: Parameters<Pool['connect']>[0]) => {
    this.#onTunnel(hostAndPort(this.#origin))
    const answer = await super.connect(options).catch((cause: unknown) => {
      throw new ProxyFailure({ cause })
    })
    if (answer.statusCode === 200) return answer
    answer.socket.on('error', () => undefined).destroy()
    throw new ProxyFailure({ status: answer.statusCode })
  }
}

/** Of a proxy, and nothing else of its URL: a password may stand there. */
function hostAndPort({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`
}

/** What ends the login of a URL, or means something else there, and so has to be written as %XX. */
const TO_ESCAPE = ['#', '/', '?', '\\']

// The text may hold a password, so errors say nothing of it and carry no cause.
function proxyUrl(text: string): URL {
  const [scheme = 'http://'] = /^[a-z][a-z\d+.-]*:\/\//i.exec(text) ?? []
  const rest = text.slice(text.startsWith(scheme) ? scheme.length : 0)
  const login = rest.slice(0, Math.max(0, rest.lastIndexOf('@')))
  demandEscaped(login)
  const url = URL.parse(scheme + rest)
  if (url === null || url.hostname === '') throw invalid('the proxy setting is not a URL')
  if (!PROTOCOLS.has(url.protocol)) throw invalid(`a proxy can not be ${url.protocol}//`)
  if (url.pathname.length > 1 || url.search !== '' || url.hash !== '') {
    throw invalid('the proxy setting is more than the address of a host')
  }
  return url
}

/** A raw # in a password would cut the address off there, and the rest would be taken for the host. */
function demandEscaped(login: string): void {
  const found = TO_ESCAPE.filter((character) => login.includes(character))
  if (!canBeDecoded(login)) found.push('%')
  if (found.length === 0) return
  const detail = found.map((character) => `${character} → ${escaped(character)}`).join(', ')
  throw new TransferError('proxy-unescaped', { detail, neverArrived: true })
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

function canBeDecoded(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

function invalid(detail: string): TransferError {
  return new TransferError('proxy-invalid', { detail, neverArrived: true })
}

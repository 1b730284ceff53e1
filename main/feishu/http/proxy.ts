/**
 * Which proxy leads to Feishu, and the tunnel through an HTTP proxy. As with curl, HTTPS_PROXY goes
 * before ALL_PROXY, lower case first, and NO_PROXY lists exceptions
 * (https://curl.se/docs/manpage.html#ENVIRONMENT). HTTP_PROXY is the last resort, as with many others.
 */
import { Pool } from 'undici'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { ProxyFailure } from './proxy-failure.ts'
import type { SocksLogin } from './socks.ts'

/** The part of the environment that proxies are read from. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>

export interface ProxySettings {
  /** For a SOCKS proxy only the host and port. */
  readonly url: string
  /** Undefined: an HTTP proxy. */
  readonly socks: SocksLogin | undefined
  readonly noProxy: string
  /** Texts that must never be shown: the password, as written and decoded. */
  readonly secrets: readonly string[]
}

const NAMES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'http_proxy', 'HTTP_PROXY']

const PROTOCOLS = new Set(['http:', 'https:'])

/** As curl names them (https://curl.se/libcurl/c/CURLOPT_PROXY.html); `socks` alone looks up at the proxy. */
const SOCKS: Readonly<Record<string, Pick<SocksLogin, 'version' | 'resolvesNames'>>> = {
  'socks4:': { version: 4, resolvesNames: false },
  'socks4a:': { version: 4, resolvesNames: true },
  'socks5:': { version: 5, resolvesNames: false },
  'socks5h:': { version: 5, resolvesNames: true },
  'socks:': { version: 5, resolvesNames: true },
}

/** A proxy that accepts the connection should open the tunnel well before our idle deadline. */
export const TUNNEL_ANSWER_MS = 30_000

/**
 * Reads the proxy for https requests; undefined when there is none.
 * @throws TransferError `proxy-invalid`, or `proxy-unescaped` where the login holds characters that end it
 */
export function readProxy(env: ProxyEnvironment): ProxySettings | undefined {
  const text = proxyIn(env)
  if (text === undefined) return undefined
  const url = proxyUrl(text)
  const user = decodeURIComponent(url.username)
  const password = decodeURIComponent(url.password)
  const kind = SOCKS[url.protocol]
  return {
    url: kind === undefined ? url.href : `http://${url.host}`,
    socks: kind && { ...kind, user, password },
    noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
    secrets: [url.password, password].filter((secret) => secret !== ''),
  }
}

/** Returns the address as it was written; a variable that is set to nothing counts as unset. */
export function proxyIn(env: ProxyEnvironment): string | undefined {
  return NAMES.map((name) => env[name]?.trim()).find((text) => text !== undefined && text !== '')
}

/** undici's pool of connections to the proxy, with refusals that can be told from other failures. */
export class TunnelPool extends Pool {
  readonly #origin: URL
  readonly #onTunnel: (proxyHost: string) => void

  /** @param onTunnel told of the proxy's `host:port` whenever a tunnel is asked for */
  constructor(origin: URL, options: object, onTunnel: (proxyHost: string) => void) {
    super(origin, { ...options, headersTimeout: TUNNEL_ANSWER_MS })
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

/** Characters that end a URL's login, or mean something else there, and must be written as %XX. */
const TO_ESCAPE = ['#', '/', '?', '\\']

// The text may hold a password, so errors say nothing of it and carry no cause.
function proxyUrl(text: string): URL {
  const [scheme = 'http://'] = /^[a-z][a-z\d+.-]*:\/\//i.exec(text) ?? []
  const rest = text.slice(text.startsWith(scheme) ? scheme.length : 0)
  const login = rest.slice(0, Math.max(0, rest.lastIndexOf('@')))
  demandEscaped(login)
  const url = URL.parse(scheme + rest)
  // A scheme that URL does not know lets any text pass for a host.
  if (url === null || URL.parse(`http://${url.host}`) === null)
    throw invalid('the proxy setting is not a URL')
  if (!PROTOCOLS.has(url.protocol) && SOCKS[url.protocol] === undefined)
    throw invalid(`a proxy can not be ${url.protocol}//`)
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

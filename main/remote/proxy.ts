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

/** Reads the proxy for https requests; undefined when there is none. */
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

// The text may hold a password, so errors say nothing of it and carry no cause.
function proxyUrl(text: string): URL {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  if (url === null || url.hostname === '') throw invalid('the proxy setting is not a URL')
  if (!PROTOCOLS.has(url.protocol)) throw invalid(`a proxy can not be ${url.protocol}//`)
  try {
    decodeURIComponent(url.username + url.password)
  } catch {
    throw invalid('the proxy user name or password has a stray % sign')
  }
  return url
}

function invalid(detail: string): TransferError {
  return new TransferError('proxy-invalid', { detail, neverArrived: true })
}

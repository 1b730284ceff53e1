/** The tunnel through a SOCKS proxy: versions 4, 4a and 5 (RFC 1928, and RFC 1929 for the login). */
import { lookup } from 'node:dns/promises'
import { isIP, type Socket } from 'node:net'
import { SocksClient } from 'socks'
import { buildConnector, Pool } from 'undici'
import { ProxyFailure } from './proxy-failure.ts'

/** The version and login of a SOCKS proxy; the pool knows its address. */
export interface SocksLogin {
  readonly version: 4 | 5
  /**
   * True when the proxy looks names up, as with `socks5h` and `socks4a`; false: this machine does.
   */
  readonly resolvesNames: boolean
  readonly user: string
  readonly password: string
}

export interface SocksPoolOptions {
  readonly login: SocksLogin
  /** For the way to the proxy itself. */
  readonly socket: buildConnector.BuildOptions
  /** Longest time until the proxy has opened the tunnel, once it is connected. */
  readonly answerMs: number
  /** Told of the proxy's `host:port` whenever a tunnel is asked for. */
  readonly onTunnel: (proxyHost: string) => void
}

const DEFAULT_PORT = 1_080

/** Stands where undici expects the pool of connections to an HTTP proxy, and opens tunnels for it. */
export class SocksPool extends Pool {
  readonly #proxy: { readonly hostname: string; readonly port: number }
  readonly #options: SocksPoolOptions
  readonly #connect: buildConnector.connector

  /** @param origin host and port of the proxy; its scheme does not matter */
  constructor(origin: URL, options: SocksPoolOptions) {
    super(origin)
    this.#proxy = { hostname: origin.hostname, port: Number(origin.port) || DEFAULT_PORT }
    this.#options = options
    this.#connect = buildConnector(options.socket)
  }

  /** Opens a tunnel to the `host:port` that ProxyAgent asks for as the path of a CONNECT request. */
  override connect = async ({ path }: Parameters<Pool['connect']>[0]) => {
    const { hostname, port } = this.#proxy
    this.#options.onTunnel(`${hostname}:${port}`)
    const destination = await this.#destination(new URL(`http://${path}`))
    const socket = await this.#socketToProxy()
    await this.#negotiate(socket, destination)
    return { statusCode: 200, headers: {}, socket, opaque: null }
  }

  async #destination({ hostname, port }: URL): Promise<{ host: string; port: number }> {
    const name = unbracketed(hostname)
    const { resolvesNames, version } = this.#options.login
    const target = { host: name, port: Number(port) || 443 }
    if (resolvesNames || isIP(name) !== 0) return target
    // Version 4 knows no addresses of IPv6.
    const { address } = await lookup(name, version === 4 ? { family: 4 } : {})
    return { ...target, host: address }
  }

  #socketToProxy(): Promise<Socket> {
    const { hostname, port } = this.#proxy
    const proxy = { hostname: unbracketed(hostname), port: String(port), protocol: 'http:' }
    return new Promise((resolve, reject) => {
      this.#connect(proxy, (error, socket) => {
        if (error === null) resolve(socket)
        else reject(new ProxyFailure({ cause: error }))
      })
    })
  }

  async #negotiate(socket: Socket, destination: { host: string; port: number }): Promise<void> {
    const { login, answerMs } = this.#options
    const { version, user, password } = login
    const { hostname, port } = this.#proxy
    const proxy = {
      host: unbracketed(hostname),
      port,
      type: version,
      ...(user !== '' && { userId: user, ...(version === 5 && { password }) }),
    }
    await SocksClient.createConnection({
      command: 'connect',
      destination,
      proxy,
      existing_socket: socket,
      timeout: answerMs,
    }).catch((error: Error) => {
      throw failureOf(error.message)
    })
  }
}

/** Replies of the proxy (RFC 1928, section 6) that tell of the network behind it. */
const BEHIND_THE_PROXY = /- (Failure|(Network|Host)Unreachable|ConnectionRefused|TTLExpired)$/
const LOST = /^(Socket closed|Proxy connection timed out|(read|write) E)/

/** Returns a failure with only the message: the error of the library holds the password. */
function failureOf(message: string): ProxyFailure {
  if (LOST.test(message)) return new ProxyFailure({ cause: withCode(message, 'ECONNRESET') })
  if (BEHIND_THE_PROXY.test(message)) {
    return new ProxyFailure({ cause: withCode(message, 'EHOSTUNREACH') })
  }
  return new ProxyFailure({ isRefusal: true, cause: new Error(message) })
}

function withCode(message: string, code: string): Error {
  return Object.assign(new Error(message), { code })
}

function unbracketed(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

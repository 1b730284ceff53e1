/** The connections to Feishu: TLS as the machine trusts it, through a proxy where one is set. */
import type { SecureContext } from 'node:tls'
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import type { BaseUrl } from './base-url.ts'
import { readPem } from './ca-file.ts'
import {
  type ProxyEnvironment,
  type ProxySettings,
  readProxy,
  TUNNEL_ANSWER_MS,
  TunnelPool,
} from './proxy.ts'
import { SocksPool } from './socks.ts'
import { trusting } from './trust.ts'

/** Name lookup, TCP and TLS together. Shorter than the idle deadline, so that this error comes first. */
const CONNECT_MS = 20_000

/**
 * Before a host's next address is tried. Node's 250 ms is less than a round trip to another continent:
 * the address that works would be dropped in favour of an IPv6 one that leads nowhere.
 */
const ADDRESS_MS = 1_500

/** Twice what the engine keeps in flight; reaching it would make calls wait unnoticed. */
const MAX_CONNECTIONS = 32

/**
 * Short on purpose: an idle connection that the server has just closed costs a call whose outcome is
 * unknown. It still spans the gaps between the parts of an upload.
 */
const KEEP_ALIVE_MS = 4_000

export interface Connections {
  /** The dispatcher for a call that starts now. */
  readonly current: Dispatcher
  /** Texts that must never be shown. */
  readonly secrets: readonly string[]
  /** `host:port` of the proxy, once a tunnel through it was asked for. */
  readonly via: string | undefined
  /** Ends all connections; later calls open fresh ones. Calls in flight fail as lost. */
  reset(): Promise<void>
  /** Ends all connections for good. */
  close(): Promise<void>
}

export interface ConnectionOptions {
  readonly base: BaseUrl
  /** PEM file with further root certificates. */
  readonly caFile?: string | undefined
  readonly env: ProxyEnvironment
}

/** Reads certificates and proxy settings, and throws at once when they can not be used. */
export function openConnections({ base, caFile, env }: ConnectionOptions): Connections {
  const pem = caFile === undefined ? undefined : readPem(caFile).pem
  const isSecure = base.origin.startsWith('https:')
  // This machine is reached directly, whatever the environment says.
  const proxy = base.loopback ? undefined : readProxy(env)
  let via: string | undefined
  const onTunnel = (proxyHost: string) => {
    via = proxyHost
  }
  const open = () => {
    const socket = socketOptions(isSecure ? trusting(pem) : undefined)
    return proxy === undefined ? new Agent(agentOptions(socket)) : proxied(proxy, socket, onTunnel)
  }
  // Opened for the first call: until then nothing waits for the system's certificates.
  let current: Dispatcher | undefined
  return {
    get via() {
      return via
    },
    get current() {
      current ??= open()
      return current
    },
    secrets: proxy?.secrets ?? [],
    async reset() {
      const old = current
      current = undefined
      await old?.destroy()
    },
    close() {
      // One that is destroyed: a later call fails, also when there was none before.
      current ??= new Agent()
      return current.destroy()
    },
  }
}

interface SocketOptions {
  readonly autoSelectFamily: true
  readonly autoSelectFamilyAttemptTimeout: number
  /** Said aloud, or NODE_TLS_REJECT_UNAUTHORIZED=0 would switch the check off. */
  readonly rejectUnauthorized: true
  /** Made once: parsing all root certificates again for each connection costs 10 ms. */
  readonly secureContext?: SecureContext
}

function socketOptions(secureContext: SecureContext | undefined): SocketOptions {
  return {
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_MS,
    rejectUnauthorized: true,
    ...(secureContext !== undefined && { secureContext }),
  }
}

// No undici timeouts on the answer: the idle deadline of each call does that, and it knows more.
function agentOptions(socket: SocketOptions): Agent.Options {
  return {
    allowH2: false,
    pipelining: 1,
    connections: MAX_CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: CONNECT_MS,
    connect: { ...socket, timeout: CONNECT_MS },
  }
}

function proxied(
  { url, socks, noProxy }: ProxySettings,
  socket: SocketOptions,
  onTunnel: (proxyHost: string) => void,
): Dispatcher {
  return new EnvHttpProxyAgent({
    ...agentOptions(socket),
    // Given even when empty: undici would look into this process's environment instead.
    httpProxy: '',
    httpsProxy: url,
    noProxy,
    requestTls: socket,
    proxyTls: socket,
    clientFactory: (origin: URL, options: object) =>
      socks === undefined
        ? new TunnelPool(origin, options, onTunnel)
        : new SocksPool(origin, {
            login: socks,
            socket: { ...socket, timeout: CONNECT_MS },
            answerMs: TUNNEL_ANSWER_MS,
            onTunnel,
          }),
  } as EnvHttpProxyAgent.Options)
}

/** The connections to Feishu: TLS as the machine trusts it, through a proxy where one is set. */

import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { BaseUrl } from './base-url.ts'
import { type ProxyEnvironment, type ProxySettings, readProxy, TunnelPool } from './proxy.ts'

/** Name lookup, TCP and TLS together. Shorter than the idle deadline, so that this error comes first. */
const CONNECT_MS = 20_000

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
  /** What must never be shown. */
  readonly secrets: readonly string[]
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
  const tls = tlsOptions(caFile)
  // This machine is reached directly, whatever the environment says.
  const proxy = base.loopback ? undefined : readProxy(env)
  const open = () => (proxy === undefined ? new Agent(agentOptions(tls)) : proxied(proxy, tls))
  let current: Dispatcher = open()
  return {
    get current() {
      return current
    },
    secrets: proxy?.secrets ?? [],
    async reset() {
      const old = current
      current = open()
      await old.destroy()
    },
    close: () => current.destroy(),
  }
}

interface TlsOptions {
  /** Said aloud, or NODE_TLS_REJECT_UNAUTHORIZED=0 would switch the check off. */
  readonly rejectUnauthorized: true
  /** Made once: parsing some 150 root certificates for each connection costs 10 ms. */
  readonly secureContext?: SecureContext
}

function tlsOptions(caFile: string | undefined): TlsOptions {
  if (caFile === undefined) return { rejectUnauthorized: true }
  const ca = [...getCACertificates('default'), readCertificates(caFile)]
  return { rejectUnauthorized: true, secureContext: createSecureContext({ ca }) }
}

function readCertificates(caFile: string): string {
  try {
    const pem = readFileSync(caFile, 'utf8')
    // Throws when there is no certificate in it; createSecureContext would pass over that in silence.
    new X509Certificate(pem)
    return pem
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    throw new TransferError('ca-file-unreadable', {
      detail: code === undefined ? caFile : `${caFile} (${code})`,
      neverArrived: true,
      cause,
    })
  }
}

// No undici timeouts on the answer: the idle deadline of each call does that, and it knows more.
function agentOptions(tls: TlsOptions): Agent.Options {
  return {
    allowH2: false,
    pipelining: 1,
    connections: MAX_CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: CONNECT_MS,
    connect: { ...tls, timeout: CONNECT_MS },
  }
}

function proxied({ url, noProxy }: ProxySettings, tls: TlsOptions): Dispatcher {
  return new EnvHttpProxyAgent({
    ...agentOptions(tls),
    // Given even when empty: undici would look into this process's environment instead.
    httpProxy: '',
    httpsProxy: url,
    noProxy,
    requestTls: tls,
    proxyTls: tls,
    clientFactory: (origin: URL, options: object) => new TunnelPool(origin, options),
  } as EnvHttpProxyAgent.Options)
}

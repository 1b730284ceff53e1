import { TransferError } from '#shared/errors/transfer-error.ts'

/** Feishu's own API host; Lark's is https://open.larksuite.com. */
const DEFAULT_BASE_URL = 'https://open.feishu.cn'

export interface BaseUrl {
  /** Scheme, host and port, as undici wants it. */
  readonly origin: string
  /** Host with port unless it is the scheme's own. */
  readonly host: string
  /** Path in front of `/open-apis`, without a trailing slash; empty for Feishu itself. */
  readonly prefix: string
  /** The host is this machine, so no proxy is asked. */
  readonly loopback: boolean
}

/**
 * Checks a base URL before a secret is sent there: https only, or http to this very machine.
 * People paste it from the API explorer, so a trailing slash or `/open-apis` is fine.
 */
export function parseBaseUrl(text: string = DEFAULT_BASE_URL): BaseUrl {
  const url = URL.parse(text.trim())
  // The text may hold a password, so it never goes into the error.
  if (url === null) throw insecure('the base URL is not a URL')
  if (url.username !== '' || url.password !== '') {
    throw insecure('the base URL must not hold a user name or password')
  }
  const loopback = isLoopbackHost(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw insecure(`${url.protocol}//${url.host} is not encrypted`)
  }
  if (url.search !== '' || url.hash !== '') {
    throw insecure('the base URL must not hold a query or fragment')
  }
  const prefix = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/open-apis$/, '')
    .replace(/\/+$/, '')
  return { origin: url.origin, host: url.host, prefix, loopback }
}

// 127.0.0.0/8, ::1 or localhost.
function isLoopbackHost(hostname: string): boolean {
  // The URL parser has already turned 127.1 and 0x7f.0.0.1 into the dotted form.
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  )
}

function insecure(detail: string): TransferError {
  return new TransferError('base-url-insecure', { detail, neverArrived: true })
}

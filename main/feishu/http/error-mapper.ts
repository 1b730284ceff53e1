/** The one place where answers and socket errors become `TransferError`s. */
import { errors } from 'undici'
import type { Redactor } from '#main/lib/redact.ts'
import type { ErrorCode, LocalErrorCode } from '#shared/errors/error-code.ts'
import { type ErrorContext, TransferError } from '#shared/errors/transfer-error.ts'
import { ProxyFailure } from './proxy-failure.ts'

/** The known facts about a call besides its failure. */
export interface CallFacts {
  readonly endpoint: string
  readonly seq?: number | undefined
  readonly neverArrived: boolean
}

/** undici's parser errors name a code of their own only now and then. */
const PARSER = 'HTTP_PARSER'

const BY_ERRNO: ReadonlyMap<string, LocalErrorCode> = new Map<string, LocalErrorCode>([
  ['ENOTFOUND', 'dns-failed'],
  ['EAI_AGAIN', 'dns-failed'],
  ['EAI_FAIL', 'dns-failed'],
  ['EAI_NODATA', 'dns-failed'],
  ['EAI_NONAME', 'dns-failed'],
  ['ECONNREFUSED', 'connection-refused'],
  ['EHOSTUNREACH', 'connection-refused'],
  ['ENETUNREACH', 'connection-refused'],
  ['EADDRNOTAVAIL', 'connection-refused'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connection-refused'],
  ['UND_ERR_HEADERS_OVERFLOW', 'bad-response'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'bad-response'],
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'bad-response'],
  [PARSER, 'bad-response'],
  ['UND_ERR_PRX_TLS', 'tls-untrusted'],
  ['UND_ERR_INVALID_ARG', 'internal'],
  ['UND_ERR_INVALID_RETURN_VALUE', 'internal'],
  ['UND_ERR_NOT_SUPPORTED', 'internal'],
  ['UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'internal'],
])

// OpenSSL's verification results, as node:tls passes them on, and Node's own host name check.
const UNTRUSTED =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERROR_IN_CERT_)/

// The other side does not speak TLS as we do: a portal or inspector in between, mostly.
const HANDSHAKE = /^(ERR_SSL_|EPROTO$)/

/** Maps what undici or the socket threw. A `TransferError` passes through. */
export function errorFromSocket(
  cause: unknown,
  facts: CallFacts,
  redactor: Redactor,
): TransferError {
  if (cause instanceof TransferError) return cause
  const proxy = findProxyFailure(cause)
  const errno = errnoOf(cause)
  const detail = [proxy === undefined ? '' : 'proxy', describe(cause, errno)].join(' ')
  return transferError(socketCode(errno, proxy, facts), facts, {
    detail: redactor.clean(detail),
    cause: plainCause(cause, errno, redactor),
    ...(proxy?.status !== undefined && { httpStatus: proxy.status }),
  })
}

/** A failure of the call with all that is known of it. */
export function transferError(
  code: ErrorCode,
  { endpoint, seq, neverArrived }: CallFacts,
  context: ErrorContext,
): TransferError {
  return new TransferError(code, {
    ...context,
    endpoint,
    ...(seq !== undefined && { seq }),
    ...(neverArrived && { neverArrived }),
  })
}

function socketCode(
  errno: string,
  proxy: ProxyFailure | undefined,
  { neverArrived }: CallFacts,
): ErrorCode {
  if (proxy?.isRefusal) return 'proxy-refused'
  if (UNTRUSTED.test(errno) || (neverArrived && HANDSHAKE.test(errno))) return 'tls-untrusted'
  // ECONNRESET, EPIPE, ETIMEDOUT, UND_ERR_SOCKET and whatever else ends a connection.
  return BY_ERRNO.get(errno) ?? (errno === '' ? 'internal' : 'connection-lost')
}

function findProxyFailure(error: unknown): ProxyFailure | undefined {
  for (const link of chain(error)) if (link instanceof ProxyFailure) return link
  return undefined
}

/** The innermost code says most: undici and ProxyFailure wrap what happened. */
function errnoOf(error: unknown): string {
  let errno = ''
  for (const link of chain(error)) {
    const code =
      link instanceof errors.HTTPParserError ? PARSER : (link as NodeJS.ErrnoException).code
    if (typeof code === 'string' && !(code === 'UND_ERR_SOCKET' && errno !== '')) {
      // A connect timeout wraps the errors of the single addresses; it is the better word.
      if (errno !== 'UND_ERR_CONNECT_TIMEOUT') errno = code
    }
  }
  return errno
}

function* chain(error: unknown): Generator<Error> {
  let link = error
  for (let depth = 0; depth < 5 && link instanceof Error; depth++) {
    yield link
    link = link instanceof AggregateError ? link.errors[0] : link.cause
  }
}

function describe(error: unknown, errno: string): string {
  const links = [...chain(error)]
  const message = links.map((link) => link.message).findLast((text) => text !== '') ?? ''
  return message.includes(errno) ? message : `${errno} ${message}`
}

/**
 * Returns the cause as a bare error. The properties that Node and undici attach (options, headers,
 * URLs, certificates) may hold a token or the proxy's password, and all of it would be kept and
 * printed.
 */
function plainCause(error: unknown, errno: string, redactor: Redactor): Error {
  const plain = new Error(redactor.clean(describe(error, errno)))
  if (error instanceof Error) plain.name = error.name
  plain.stack = `${plain.name}: ${plain.message}`
  return errno === '' ? plain : Object.assign(plain, { code: errno })
}

import type { Candidate, ErrorInfo } from '../model/error-info.ts'
import type { ErrorCode } from './error-code.ts'

export type { ErrorInfo }

/** Facts about a failure besides its code. Holds no token, secret or file content. */
export interface ErrorContext {
  /** HTTP status of the answer, when there was one. */
  readonly httpStatus?: number
  /** Feishu's `x-tt-logid`, which its support asks for. */
  readonly logId?: string
  /** API path without the host, e.g. `drive/v1/medias/upload_part`. */
  readonly endpoint?: string
  readonly seq?: number
  /** The wait that Feishu asked for (`x-ogw-ratelimit-reset` or `Retry-After`). */
  readonly retryAfterMs?: number
  /** API scopes the answer says are missing (`error.permission_violations[].subject`). */
  readonly missingScopes?: readonly string[]
  /** A page of Feishu's where the person can put it right (`challenge_url`). */
  readonly link?: string
  /** Files in Feishu that a person is asked about. */
  readonly candidates?: readonly Candidate[]
  /** True when the request can not have taken effect, because not all of it left this machine. */
  readonly neverArrived?: boolean
  /** Technical detail for the log and the small print: errno, the server's `msg`, a path. */
  readonly detail?: string
  readonly cause?: unknown
}

/** The one error class of the engine. Decisions are made on `code`, never on the message. */
export class TransferError extends Error {
  override readonly name = 'TransferError'
  readonly code: ErrorCode
  readonly context: ErrorContext

  constructor(code: ErrorCode, context: ErrorContext = {}) {
    const parts = [String(code)]
    if (context.endpoint !== undefined) parts.push(context.endpoint)
    if (context.seq !== undefined) parts.push(`seq ${context.seq}`)
    if (context.httpStatus !== undefined) parts.push(`HTTP ${context.httpStatus}`)
    if (context.detail !== undefined) parts.push(context.detail)
    if (context.logId !== undefined) parts.push(`log id ${context.logId}`)
    super(parts.join(' · '), { cause: context.cause })
    this.code = code
    this.context = context
  }
}

/** Takes anything else that was thrown for a fault of ours. */
export function asTransferError(error: unknown): TransferError {
  if (error instanceof TransferError) return error
  return new TransferError('internal', { detail: String(error), cause: error })
}

/**
 * Turns an error into the plain data that is kept of it.
 * @param atMs when it happened, in ms since 1970
 */
export function errorInfo(error: TransferError, atMs: number): ErrorInfo {
  const { httpStatus, logId, endpoint, seq, missingScopes, link, candidates, detail } =
    error.context
  return {
    code: error.code,
    atMs,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(logId !== undefined && { logId }),
    ...(endpoint !== undefined && { endpoint }),
    ...(seq !== undefined && { seq }),
    ...(missingScopes !== undefined && { missingScopes }),
    ...(link !== undefined && { link }),
    ...(candidates !== undefined && { candidates }),
    ...(detail !== undefined && { detail }),
  }
}

/** Turns anything that was thrown into what a page is told. A fault of ours keeps its text to itself. */
export function infoOfThrown(error: unknown, atMs: number): ErrorInfo {
  return errorInfo(error instanceof TransferError ? error : new TransferError('internal'), atMs)
}

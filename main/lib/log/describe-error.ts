import { basename } from 'node:path'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { plainEndpoint } from './plain-endpoint.ts'

const MOST_FRAMES = 8
const MOST_CAUSES = 4

export interface ErrorDescription {
  /** Codes, ids and places in our own code: may be shown to anybody who helps. */
  readonly facts: Readonly<Record<string, unknown>>
  /** Words, which may hold paths and names. */
  readonly words: Readonly<Record<string, unknown>>
}

/** An error of any kind as a log keeps it, its causes included. */
export function describeError(error: unknown): ErrorDescription {
  const chain = causes(error)
  const [first = {}, ...further] = chain.map(factsOf)
  return {
    facts: { ...first, ...(further.length > 0 && { causes: further }) },
    words: { messages: chain.map(wordsOf) },
  }
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = []
  for (let next = error; next !== undefined && chain.length < MOST_CAUSES; next = causeOf(next)) {
    chain.push(next)
  }
  return chain
}

function causeOf(error: unknown): unknown {
  if (error instanceof TransferError) return error.context.cause
  return error instanceof Error ? error.cause : undefined
}

function factsOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { thrown: typeof error }
  const at = framesOf(error)
  if (error instanceof TransferError) {
    const { httpStatus, logId, endpoint, seq, retryAfterMs, missingScopes } = error.context
    const call = endpoint && plainEndpoint(endpoint)
    return {
      code: error.code,
      httpStatus,
      logId,
      endpoint: call,
      seq,
      retryAfterMs,
      missingScopes,
      at,
    }
  }
  const { code, errno, syscall } = error as NodeJS.ErrnoException
  return { name: error.name, code: isName(code) ? code : undefined, errno, syscall, at }
}

function wordsOf(error: unknown): string {
  if (error instanceof TransferError) return error.context.detail ?? String(error.code)
  return error instanceof Error ? error.message : String(error)
}

/** Returns where it was thrown, without the program's folders: those reveal whose machine it is. */
function framesOf({ stack }: Error): string[] {
  const places = stack?.matchAll(/^\s+at .*?([^\s()]+):(\d+):\d+\)?$/gm) ?? []
  return [...places].slice(0, MOST_FRAMES).map(([, file = '', line]) => `${basename(file)}:${line}`)
}

function isName(code: unknown): code is string {
  return typeof code === 'string' && /^[A-Z0-9_]{2,64}$/.test(code)
}

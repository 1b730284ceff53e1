/** The source of access tokens: an app's own, renewed as needed, or a fixed one from outside. */
import { z } from 'zod'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { orAborted } from '#shared/or-aborted.ts'
import { type ApiCall, type Line, makeCall, type TokenSource } from '../http/call.ts'

interface HeldToken {
  readonly value: string
  /** By both clocks: the wall clock may be set back, the monotonic one stands still in sleep. */
  readonly renewAt: Instant
  readonly expiresAt: Instant
}

interface Instant {
  readonly wallMs: number
  readonly monotonicMs: number
}

const TOKEN_ENDPOINT = 'auth/v3/tenant_access_token/internal'

/** Within its last 30 minutes Feishu hands out a successor, and both are valid. */
const RENEW_BEFORE_MS = 5 * 60 * 1000

const tokenAnswer = z.object({
  // No look at prefixes: Feishu has changed them before. But it must be able to go into a header.
  tenant_access_token: z.string().regex(/^[\x21-\x7e]{1,8192}$/),
  expire: z.number().positive().finite(),
})

/** A token someone else obtained. It can not be renewed here. */
export function fixedToken(accessToken: string): TokenSource {
  const token = accessToken.trim()
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const detail = 'the access token is empty or has characters that no token has'
    throw new TransferError('token-refused', { detail, neverArrived: true })
  }
  return {
    get: async (signal) => {
      signal.throwIfAborted()
      return token
    },
    refused(_token, { code, context }) {
      const detail = [String(code), context.detail].filter((text) => text !== undefined).join(' ')
      throw new TransferError('token-refused', { ...context, detail })
    },
    close: () => undefined,
  }
}

/** The app's own token, fetched when first needed and five minutes before it ends. */
export function tenantToken(
  line: Line,
  app: { readonly appId: string; readonly appSecret: string },
): TokenSource {
  const closing = new AbortController()
  let held: HeldToken | undefined
  let flight: Promise<string> | undefined

  const now = (): Instant => ({ wallMs: line.nowMs(), monotonicMs: performance.now() })

  async function fetchToken(): Promise<string> {
    // Taken before the call, so that the time on the way counts against the token.
    const asked = now()
    try {
      const answer = await makeCall(line, tokenCall(app), { signal: closing.signal })
      line.redactor.hide(answer.tenant_access_token)
      held = holdFrom(asked, answer.tenant_access_token, answer.expire * 1000)
      return held.value
    } catch (error) {
      // The old one is good for some minutes yet; the next call will ask again.
      if (held !== undefined && isBefore(now(), held.expiresAt)) return held.value
      throw unsent(error)
    }
  }

  return {
    async get(signal) {
      signal.throwIfAborted()
      if (held !== undefined && isBefore(now(), held.renewAt)) return held.value
      // One request however many calls wait for it; each may give up waiting by itself.
      flight ??= fetchToken().finally(() => {
        flight = undefined
      })
      return orAborted(flight, signal)
    },
    refused(token) {
      if (held?.value === token) held = undefined
    },
    close: () => closing.abort(new TransferError('connection-lost', { detail: 'closed' })),
  }
}

function tokenCall(app: {
  appId: string
  appSecret: string
}): ApiCall<z.infer<typeof tokenAnswer>> {
  return {
    method: 'POST',
    endpoint: TOKEN_ENDPOINT,
    json: { app_id: app.appId, app_secret: app.appSecret },
    at: 'top',
    schema: tokenAnswer,
  }
}

function holdFrom(asked: Instant, value: string, lifeMs: number): HeldToken {
  const after = (ms: number): Instant => ({
    wallMs: asked.wallMs + ms,
    monotonicMs: asked.monotonicMs + ms,
  })
  // A token that lives shorter than ten minutes is renewed at half time, not at once and for ever.
  const renewAfterMs = Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2)
  return { value, renewAt: after(renewAfterMs), expiresAt: after(lifeMs) }
}

function isBefore(now: Instant, then: Instant): boolean {
  return now.wallMs < then.wallMs && now.monotonicMs < then.monotonicMs
}

/** Whatever became of the token request, the call it was for has not left this machine. */
function unsent(error: unknown): unknown {
  if (!(error instanceof TransferError)) return error
  return new TransferError(error.code, { ...error.context, neverArrived: true })
}

/**
 * A person's access token, renewed early. A refresh token is good for one renewal, and the one
 * before it is dead at once. So one renewal runs at a time on this machine, the new pair is on disk
 * before it is used, and no one is asked to sign in again before the disk was checked once more.
 */
import { codeFor, means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { UserTokens } from '#shared/model/account.ts'
import { orAborted } from '#shared/or-aborted.ts'
import type { Line, TokenSource } from '../http/call.ts'
import { type App, tokenAsker } from './oauth-calls.ts'
import { OAuthAnswer } from './oauth-exchange.ts'

/** The place where a person's tokens are kept, for every process that works with this account. */
export interface TokenVault {
  /** Undefined when the account has signed out. */
  read(): Promise<UserTokens | undefined>
  /** Durable when it resolves. */
  write(tokens: UserTokens): Promise<void>
  /** Runs `work` while no one else on this machine does the same for this account. */
  exclusively<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>
}

interface Instant {
  readonly wallMs: number
  readonly monotonicMs: number
}

interface HeldToken {
  readonly value: string
  /** By both clocks: the wall clock may be set back, the monotonic one stands still in sleep. */
  readonly renewAt: Instant
  readonly expiresAt: Instant
}

/**
 * Time before expiry at which a token is renewed; one that lives less than twice that is renewed at
 * half time.
 */
const RENEW_BEFORE_MS = 5 * 60 * 1000

/** While the old token still works, a renewal that failed is not tried again sooner. */
const QUIET_MS = 30_000

/** A renewal under way is not cut off: its answer may be the only copy of the new pair. */
const CLOSE_GRACE_MS = 1_500

export function userToken(line: Line, app: App, vault: TokenVault): TokenSource {
  return new UserTokenSource(line, app, vault)
}

class UserTokenSource implements TokenSource {
  readonly #line: Line
  readonly #app: App
  readonly #vault: TokenVault
  readonly #closing = new AbortController()
  #held: HeldToken | undefined
  #flight: Promise<string> | undefined
  #quietUntilMs = 0
  /** Refused by Feishu although it should live: it is not taken from the vault again. */
  #refused: string | undefined
  /** Handed out, but not on disk yet; `from` is the refresh token it replaces. */
  #unsaved: { readonly tokens: UserTokens; readonly from: string } | undefined
  /** A refresh token that is known to be good for nothing. */
  #dead: { readonly refreshToken: string; readonly error: TransferError } | undefined

  constructor(line: Line, app: App, vault: TokenVault) {
    this.#line = line
    this.#app = app
    this.#vault = vault
  }

  async get(signal: AbortSignal): Promise<string> {
    signal.throwIfAborted()
    const held = this.#held
    if (held !== undefined) {
      const now = this.#now()
      if (isBefore(now, held.renewAt)) return held.value
      if (isBefore(now, held.expiresAt) && now.monotonicMs < this.#quietUntilMs) return held.value
    }
    // One renewal however many calls wait for it; each may give up waiting by itself.
    this.#flight ??= this.#renewed().finally(() => {
      this.#flight = undefined
    })
    return orAborted(this.#flight, signal)
  }

  refused(token: string): void {
    this.#refused = token
    if (this.#held?.value === token) this.#held = undefined
  }

  async close(): Promise<void> {
    const grace = AbortSignal.timeout(CLOSE_GRACE_MS)
    await orAborted(this.#flight ?? Promise.resolve(''), grace).catch(() => undefined)
    this.#closing.abort(new TransferError('connection-lost', { detail: 'closed' }))
  }

  async #renewed(): Promise<string> {
    try {
      const { signal } = this.#closing
      return this.#use(await this.#vault.exclusively(() => this.#freshTokens(), signal))
    } catch (error) {
      const held = this.#held
      if (held === undefined || !isBefore(this.#now(), held.expiresAt)) throw unsent(error)
      this.#quietUntilMs = performance.now() + QUIET_MS
      return held.value
    }
  }

  /** Returns the tokens to use from now on. Only one caller on this machine runs it at a time. */
  async #freshTokens(): Promise<UserTokens> {
    for (;;) {
      const stored = await this.#stored()
      if (this.#isUsable(stored, renewAfterMs(stored))) return stored
      try {
        return await this.#renew(stored)
      } catch (error) {
        if (!(error instanceof TransferError) || !means(error, 'sign-in-over')) throw error
        // A person may have put another sign-in there, from a copy or on purpose.
        if ((await this.#vault.read())?.refreshToken !== stored.refreshToken) continue
        if (this.#isUsable(stored, stored.lifeMs)) return stored
        throw error
      }
    }
  }

  /** Returns the tokens in the vault, after saving unsaved ones unless others are there by now. */
  async #stored(): Promise<UserTokens> {
    const stored = await this.#vault.read()
    if (stored === undefined) throw new TransferError('signed-out')
    if (this.#unsaved === undefined) return stored
    const { tokens, from } = this.#unsaved
    if (stored.refreshToken === from) await this.#vault.write(tokens)
    this.#unsaved = undefined
    return stored.refreshToken === from ? tokens : stored
  }

  async #renew({ refreshToken, issuer }: UserTokens): Promise<UserTokens> {
    if (refreshToken === undefined)
      throw new TransferError(codeFor('sign-in-over'), { detail: 'no refresh token' })
    if (this.#dead?.refreshToken === refreshToken) throw this.#dead.error
    try {
      const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
      const ask = tokenAsker(this.#line, this.#app, issuer)
      const renewed = await ask(grant, this.#closing.signal)
      this.#unsaved = { tokens: renewed, from: refreshToken }
    } catch (error) {
      const known = asTransferError(error)
      if (means(known, 'sign-in-over')) this.#dead = { refreshToken, error: known }
      throw known
    }
    // A sign-out meanwhile, or another sign-in, has the last word.
    return this.#stored()
  }

  #use(tokens: UserTokens): string {
    const { accessToken, lifeMs } = tokens
    this.#line.redactor.hide(accessToken)
    this.#line.redactor.hide(tokens.refreshToken ?? '')
    const now = this.#now()
    const leftOf = (afterMs: number) => afterMs - this.#ageMs(tokens)
    const after = (ms: number): Instant => ({
      wallMs: now.wallMs + ms,
      monotonicMs: now.monotonicMs + ms,
    })
    const renewInMs = leftOf(renewAfterMs(tokens))
    this.#held = {
      value: accessToken,
      renewAt: after(renewInMs),
      expiresAt: after(leftOf(lifeMs)),
    }
    // It could not be renewed and still works: the next calls need not try at once.
    if (renewInMs <= 0) this.#quietUntilMs = now.monotonicMs + QUIET_MS
    return accessToken
  }

  #isUsable(tokens: UserTokens, untilMs: number): boolean {
    const ageMs = this.#ageMs(tokens)
    // From the future: the clock was set back, and the age of the token is unknown.
    return tokens.accessToken !== this.#refused && ageMs >= 0 && ageMs < untilMs
  }

  /** By our clock and, where the server's is known now and was known then, by that: the older counts. */
  #ageMs({ askedAtMs, clockOffsetMs }: UserTokens): number {
    const byOurs = this.#line.nowMs() - askedAtMs
    const offsetNowMs = this.#line.clockOffset.ms
    if (offsetNowMs === 0 || clockOffsetMs === 0) return byOurs
    return Math.max(byOurs, byOurs + offsetNowMs - clockOffsetMs)
  }

  #now(): Instant {
    return { wallMs: this.#line.nowMs(), monotonicMs: performance.now() }
  }
}

function renewAfterMs({ lifeMs }: UserTokens): number {
  return Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2)
}

function isBefore(now: Instant, then: Instant): boolean {
  return now.wallMs < then.wallMs && now.monotonicMs < then.monotonicMs
}

/** In the words of the standards `invalid_grant` is what 20026 is among Feishu's codes (RFC 6749 section 5.2). */
function asTransferError(error: unknown): TransferError {
  if (error instanceof TransferError) return error
  if (error instanceof OAuthAnswer) {
    return new TransferError(
      error.word === 'invalid_grant' ? codeFor('sign-in-over') : 'sign-in-refused',
      {
        detail: error.word,
      },
    )
  }
  throw error
}

/** Whatever became of the renewal, the call it was for has not left this machine. */
function unsent(error: unknown): unknown {
  if (!(error instanceof TransferError)) return error
  return new TransferError(error.code, { ...error.context, neverArrived: true })
}

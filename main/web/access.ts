import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { Sessions } from './sessions.ts'

export interface AccessOptions {
  /** The address listened on, as given. */
  readonly host: string
  /** The password that grants access; required beyond loopback. */
  readonly password: string | undefined
  /** The address of a proxy in front of us, which ends TLS; undefined: browsers come here. */
  readonly publicUrl?: URL | undefined
  readonly sessions: Sessions
  readonly nowMs: () => number
}

/** A link that lets one browser in, once. */
export interface OneTimeLink {
  readonly url: string
  readonly expiresAtMs: number
}

const SECRET_BYTES = 32
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])
/** A person who mistypes needs a few; who guesses needs millions. */
const MOST_ATTEMPTS = 10
const ATTEMPTS_PER_MS = 60_000
/** Time to open a link, also on a phone. */
const TOKEN_LIFE_MS = 10 * 60_000
/** Links not used yet; the oldest gives way. */
const MOST_TOKENS = 8

/** Checks whether an address is this very machine and no other can reach it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Access control: by the one-time token of a link, or by the password; then by cookie.
 */
export class Access {
  readonly sessions: Sessions
  readonly #options: AccessOptions
  /** The time each token ends, by its digest; the oldest leads. */
  readonly #tokens = new Map<string, number>()
  #attempts: number[] = []

  constructor(options: AccessOptions) {
    this.#options = options
    this.sessions = options.sessions
  }

  get asksForPassword(): boolean {
    return this.#options.password !== undefined
  }

  /** Tells whether browsers reach us by TLS only. */
  get isSecure(): boolean {
    return this.#options.publicUrl !== undefined
  }

  /** A new one-time token. */
  newToken(): { readonly token: string; readonly expiresAtMs: number } {
    const token = randomBytes(SECRET_BYTES).toString('base64url')
    const expiresAtMs = this.#options.nowMs() + TOKEN_LIFE_MS
    this.#tokens.set(digest(token), expiresAtMs)
    const [oldest] = this.#tokens.keys()
    if (this.#tokens.size > MOST_TOKENS && oldest !== undefined) this.#tokens.delete(oldest)
    return { token, expiresAtMs }
  }

  /** A session for the token, which is used up; undefined when it is not one. */
  enterByToken(token: string, device: string): string | undefined {
    const key = digest(token)
    const expiresAtMs = this.#tokens.get(key)
    this.#tokens.delete(key)
    if (expiresAtMs === undefined || this.#options.nowMs() >= expiresAtMs) return undefined
    return this.sessions.begin(device)
  }

  /** Returns `too-many` when the caller has to wait a minute. */
  enterByPassword(password: string, device: string): string | 'wrong' | 'too-many' {
    const { password: expected, nowMs } = this.#options
    this.#attempts = this.#attempts.filter((atMs) => nowMs() - atMs < ATTEMPTS_PER_MS)
    if (this.#attempts.length >= MOST_ATTEMPTS) return 'too-many'
    if (expected !== undefined && sameDigest(digest(expected), digest(password))) {
      return this.sessions.begin(device)
    }
    this.#attempts.push(nowMs())
    return 'wrong'
  }

  /**
   * Checks whether the `Host` header names us. A page elsewhere can make its own name point here
   * (DNS rebinding), but it cannot become an address or a name of this machine. A proxy passes on
   * the public name, or ours of loopback.
   */
  isOurHost(header: string | undefined): boolean {
    if (header === undefined) return false
    const { host, publicUrl } = this.#options
    const name = header.toLowerCase().replace(/:\d+$/, '')
    if (LOOPBACK_NAMES.has(name)) return true
    if (publicUrl !== undefined) return header.toLowerCase() === publicUrl.host
    if (isLoopback(host)) return false
    const bare = name.replace(/^\[|\]$/g, '')
    return isIP(bare) !== 0 || name === host.toLowerCase() || name === hostname().toLowerCase()
  }

  /**
   * Checks whether a request comes from a page of ours; browsers say so with each that may change
   * something. A proxy's words about the browser are not trusted.
   */
  isOurOrigin(origin: string | undefined, host: string | undefined): boolean {
    const { publicUrl } = this.#options
    if (publicUrl !== undefined) return origin === publicUrl.origin
    return origin !== undefined && host !== undefined && origin === `http://${host}`
  }
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function sameDigest(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

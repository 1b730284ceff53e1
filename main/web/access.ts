import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { hostname } from 'node:os'

export interface AccessOptions {
  /** The address listened on, as given. */
  readonly host: string
  /** The password that grants access; required beyond loopback. */
  readonly password: string | undefined
}

const SECRET_BYTES = 32
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])
/** A person who mistypes needs a few; who guesses needs millions. */
const MOST_ATTEMPTS = 10
const ATTEMPTS_PER_MS = 60_000

/** Checks whether an address is this very machine and no other can reach it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Access control: by the one-time token of the printed link, or by the password; then by cookie.
 */
export class Access {
  readonly #options: AccessOptions
  readonly #sessions = new Set<string>()
  #token: string | undefined
  #attempts: number[] = []

  constructor(options: AccessOptions) {
    this.#options = options
  }

  get asksForPassword(): boolean {
    return this.#options.password !== undefined
  }

  /** A new one-time token; an unused one is no longer good. */
  newToken(): string {
    const token = randomBytes(SECRET_BYTES).toString('base64url')
    this.#token = digest(token)
    return token
  }

  /** A session for the token, which is used up; undefined when it is not the one. */
  enterByToken(token: string): string | undefined {
    if (this.#token === undefined || !sameDigest(this.#token, digest(token))) return undefined
    this.#token = undefined
    return this.#newSession()
  }

  /** Returns `too-many` when the caller has to wait a minute. */
  enterByPassword(password: string, nowMs: number): string | 'wrong' | 'too-many' {
    const expected = this.#options.password
    this.#attempts = this.#attempts.filter((atMs) => nowMs - atMs < ATTEMPTS_PER_MS)
    if (this.#attempts.length >= MOST_ATTEMPTS) return 'too-many'
    if (expected !== undefined && sameDigest(digest(expected), digest(password))) {
      return this.#newSession()
    }
    this.#attempts.push(nowMs)
    return 'wrong'
  }

  knows(session: string | undefined): boolean {
    return session !== undefined && this.#sessions.has(digest(session))
  }

  /**
   * Checks whether the `Host` header names us. A page elsewhere can make its own name point here
   * (DNS rebinding), but it cannot become an address or a name of this machine.
   */
  isOurHost(header: string | undefined): boolean {
    if (header === undefined) return false
    const name = header.toLowerCase().replace(/:\d+$/, '')
    if (LOOPBACK_NAMES.has(name)) return true
    if (isLoopback(this.#options.host)) return false
    const bare = name.replace(/^\[|\]$/g, '')
    return (
      isIP(bare) !== 0 ||
      name === this.#options.host.toLowerCase() ||
      name === hostname().toLowerCase()
    )
  }

  /**
   * Checks whether a request comes from a page of ours; browsers say so with each that may change
   * something.
   */
  isOurOrigin(origin: string | undefined, host: string | undefined): boolean {
    return origin !== undefined && host !== undefined && origin === `http://${host}`
  }

  #newSession(): string {
    const session = randomBytes(SECRET_BYTES).toString('base64url')
    this.#sessions.add(digest(session))
    return session
  }
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function sameDigest(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

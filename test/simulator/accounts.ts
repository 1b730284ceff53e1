/** Apps, their secrets, and the tokens that calls carry. */
import { randomBytes } from 'node:crypto'
import type { SimulatorClock } from './clock.ts'
import { TOKEN_REUSE_MS } from './limits.ts'
import type { Person } from './people.ts'
import { Refusal } from './refusal.ts'

/** The caller. An upload transaction is bound to `id`, rate limits to `app`. */
export interface Identity {
  /** `app:<app id>` or `user:<user id>`. */
  readonly id: string
  readonly app: string
  /** The scopes a person has granted; undefined: all, and for an app's own token the app's. */
  readonly granted?: ReadonlySet<string> | undefined
  /** The person who signed in, for a user token that came from signing in. */
  readonly person?: Person
}

export interface UserTokenOptions {
  /** The default app when absent. */
  readonly app?: string
  readonly user?: string
  readonly lifeMs?: number
  readonly granted?: ReadonlySet<string>
  readonly person?: Person
}

/** The developer console's settings of an app. */
export interface AppOptions {
  /** All there are when absent. */
  readonly scopes?: readonly string[]
  /** Those it has acting as itself; absent: the same. */
  readonly tenantScopes?: readonly string[]
  /** 配置重定向 URL: the whole address has to be the same. Any loopback address when absent. */
  readonly redirectUris?: readonly string[]
  /** The switch for refreshing user tokens. Default on. */
  readonly mayRefresh?: boolean
}

interface App extends AppOptions {
  readonly secret: string
}

interface IssuedToken {
  readonly identity: Identity
  readonly kind: 'tenant' | 'user'
  readonly expiresAtMs: number
}

export class Accounts {
  readonly #clock: SimulatorClock
  readonly #tokenLifeMs: number
  readonly #apps = new Map<string, App>()
  readonly #tokens = new Map<string, IssuedToken>()
  /** The newest tenant token of each app. */
  readonly #current = new Map<string, string>()

  constructor(clock: SimulatorClock, tokenLifeMs: number) {
    this.#clock = clock
    this.#tokenLifeMs = tokenLifeMs
  }

  registerApp(id: string, secret: string, options: AppOptions = {}): void {
    this.#apps.set(id, { ...options, secret })
  }

  app(id: string): App | undefined {
    return this.#apps.get(id)
  }

  /** The scopes an app has; undefined: all. */
  scopesOf(appId: string): ReadonlySet<string> | undefined {
    const scopes = this.#apps.get(appId)?.scopes
    return scopes && new Set(scopes)
  }

  /**
   * 自建应用获取 tenant_access_token: with 30 minutes or more left the same token is returned, else a
   * new one; both are valid until they expire. As probed live: 10003 for an App ID of another form, 10014
   * for one that is unknown and for a wrong secret, always with HTTP 200.
   */
  tenantToken(appId: unknown, secret: unknown): { token: string; expiresInSeconds: number } {
    if (typeof appId !== 'string' || !/^cli_\w+$/.test(appId) || typeof secret !== 'string') {
      throw new Refusal(10003)
    }
    if (this.#apps.get(appId)?.secret !== secret) throw new Refusal(10014)
    const token = this.#reusableToken(appId) ?? this.#newTenantToken(appId)
    const leftMs = (this.#tokens.get(token)?.expiresAtMs ?? 0) - this.#clock.nowMs()
    return { token, expiresInSeconds: Math.floor(leftMs / 1000) }
  }

  issueUserToken(options: UserTokenOptions & { readonly app: string }): string {
    const token = `u-${randomBytes(20).toString('hex')}`
    const { app, user = 'ou_demo', granted, person } = options
    this.#tokens.set(token, {
      identity: { id: `user:${user}`, app, granted, ...(person !== undefined && { person }) },
      kind: 'user',
      expiresAtMs: this.#clock.nowMs() + (options.lifeMs ?? this.#tokenLifeMs),
    })
    return token
  }

  /** The token becomes unknown, as after a revocation. */
  revokeToken(token: string): void {
    this.#tokens.delete(token)
    for (const [app, current] of this.#current) if (current === token) this.#current.delete(app)
  }

  /** 服务端错误码说明: what the gateway says about the Authorization header. */
  identify(authorization: string | undefined): Identity {
    if (authorization === undefined) throw new Refusal(99991661)
    const token = /^Bearer (\S+)$/.exec(authorization)?.[1]
    if (token === undefined) throw new Refusal(99991671)
    const issued = this.#tokens.get(token)
    if (issued === undefined) throw new Refusal(token.startsWith('t-') ? 99991663 : 99991668)
    if (issued.expiresAtMs <= this.#clock.nowMs()) {
      throw new Refusal(issued.kind === 'tenant' ? 99991663 : 99991677)
    }
    return issued.identity
  }

  #reusableToken(appId: string): string | undefined {
    const token = this.#current.get(appId)
    const issued = token === undefined ? undefined : this.#tokens.get(token)
    const leftMs = (issued?.expiresAtMs ?? 0) - this.#clock.nowMs()
    return leftMs >= TOKEN_REUSE_MS ? token : undefined
  }

  #newTenantToken(appId: string): string {
    const token = `t-${randomBytes(20).toString('hex')}`
    this.#tokens.set(token, {
      identity: { id: `app:${appId}`, app: appId },
      kind: 'tenant',
      expiresAtMs: this.#clock.nowMs() + this.#tokenLifeMs,
    })
    this.#current.set(appId, token)
    return token
  }
}

/** Feishu in China, Lark elsewhere: two platforms that know nothing of each other. */
export type Brand = 'feishu' | 'lark'

/** The address of each brand's open API. */
export const API_URLS: Readonly<Record<Brand, string>> = {
  feishu: 'https://open.feishu.cn',
  lark: 'https://open.larksuite.com',
}

/** Returns the brand of a host; any that is not Lark's counts as Feishu's. */
export function brandOfHost(host: string): Brand {
  return host.endsWith('larksuite.com') ? 'lark' : 'feishu'
}

/** Returns the brand of a server. @param baseUrl a whole URL */
export function brandOfUrl(baseUrl: string): Brand {
  return brandOfHost(new URL(baseUrl).host)
}

/** A person who has signed in. */
export interface Person {
  readonly openId: string
  readonly name: string
}

/** A token endpoint: the documented one, or its successor on the accounts host. */
export type TokenIssuer = 'v2' | 'v3'

/** A person's tokens for one app, as Feishu handed them out. */
export interface UserTokens {
  readonly accessToken: string
  /** Good for one renewal. Absent when `offline_access` was not asked for or not granted. */
  readonly refreshToken?: string
  /** Counted from `askedAtMs`. */
  readonly lifeMs: number
  /** Local clock, when the tokens were asked for. */
  readonly askedAtMs: number
  /** Server time minus local time then; 0 if it was not known. */
  readonly clockOffsetMs: number
  /** The scopes that the person has granted. */
  readonly scopes: readonly string[]
  /** The issuer that also renews them; the documented endpoint when absent. */
  readonly issuer?: TokenIssuer
}

/** The app's own identity. */
export function appIdentity(appId: string, host: string): string {
  return `app:${appId}@${host}`
}

/** A person's identity: open ids differ from app to app. */
export function userIdentity(openId: string, appId: string, host: string): string {
  return `user:${openId}@${appId}@${host}`
}

export interface IdentityParts {
  readonly kind: 'app' | 'user' | 'access-token'
  readonly appId?: string
  readonly openId?: string
  readonly host: string
}

/** Splits what `appIdentity` and `userIdentity` put together; any other text is a one-off token. */
export function partsOfIdentity(identity: string): IdentityParts {
  const app = /^app:([^@]+)@(.+)$/.exec(identity)
  if (app !== null) return { kind: 'app', appId: app[1] ?? '', host: app[2] ?? '' }
  const user = /^user:([^@]+)@([^@]+)@(.+)$/.exec(identity)
  if (user !== null) {
    return { kind: 'user', openId: user[1] ?? '', appId: user[2] ?? '', host: user[3] ?? '' }
  }
  return { kind: 'access-token', host: identity.split('@').at(-1) ?? '' }
}

/**
 * Feishu compares the whole redirect address with those registered for the app, so the ports are fixed:
 * the first, and two spares where another program has it. Below the range systems hand out.
 */
export const REDIRECT_PORTS: readonly number[] = [18640, 18641, 18642]
export const REDIRECT_PATH = '/callback'

/** The addresses to register under "Redirect URLs". */
export const REDIRECT_ADDRESSES: readonly string[] = REDIRECT_PORTS.map(
  (port) => `http://localhost:${port}${REDIRECT_PATH}`,
)

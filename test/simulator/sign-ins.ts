/** People signing in: what the authorize page, the token endpoint and the device flow know and decide. */
import { createHash, randomBytes } from 'node:crypto'
import type { Accounts } from './accounts.ts'
import type { SimulatorClock } from './clock.ts'
import {
  CODE_LIFE_MS,
  CONSENT_LIFE_MS,
  DEVICE_CODE_LIFE_MS,
  DEVICE_INTERVAL_MS,
  REFRESH_TOKEN_LIFE_MS,
  SCOPES_LIMIT,
  USER_TOKEN_LIFE_MS,
} from './limits.ts'
import { DEMO_PERSON, type Person } from './people.ts'
import { OAuthRefusal, Refusal } from './refusal.ts'

export type Decision = 'allow' | 'deny'

/** The checked content of an authorize link. */
export interface AuthorizeRequest {
  readonly app: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string | null
  readonly challenge: string | null
  readonly challengeMethod: 'S256' | 'plain'
}

interface Consent {
  readonly app: string
  readonly person: Person
  readonly scopes: readonly string[]
  readonly atMs: number
}

interface Code {
  readonly request: AuthorizeRequest
  readonly consent: Consent
  readonly expiresAtMs: number
  used: boolean
}

interface RefreshToken {
  readonly consent: Consent
  readonly expiresAtMs: number
  state: 'good' | 'used' | 'revoked'
}

interface Device {
  readonly app: string
  readonly scopes: readonly string[]
  readonly userCode: string
  readonly expiresAtMs: number
  askedAtMs: number
  consent: Consent | 'denied' | undefined
  used: boolean
}

/** The tenant's view of a person, when it differs from that of others. */
export type Standing =
  | 'gone'
  | 'resigned'
  | 'frozen'
  | 'unregistered'
  /** A security policy wants to see them at a page first. */
  | 'challenged'
  /** A security policy lets them in nowhere. */
  | 'denied'

/** The two token endpoints: the documented one, and the one on the accounts host that the official client uses by now. */
export type TokenVersion = 'v2' | 'v3'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** The page where a challenge is passed. */
export const CHALLENGE_URL = 'https://accounts.feishu.cn/challenge?ticket=demo-1'

type Fields = Readonly<Record<string, string | undefined>>

export class SignIns {
  /** The person in front of the page. */
  person: Person = DEMO_PERSON
  /** The lifetimes of what is issued from now on. */
  lifetimes = {
    accessMs: USER_TOKEN_LIFE_MS,
    refreshMs: REFRESH_TOKEN_LIFE_MS,
    deviceMs: DEVICE_CODE_LIFE_MS,
    deviceIntervalMs: DEVICE_INTERVAL_MS,
  }
  /**
   * Which endpoints know the grant of the device flow. The official client asked v2 until June 2026 and
   * asks v3 since; whether v2 still takes it is not known.
   */
  deviceGrantAt: readonly TokenVersion[] = ['v2', 'v3']
  /** No sign-in gets a refresh token, as seen in the device flow although `offline_access` was granted. */
  withholdsRefreshTokens = false
  readonly #clock: SimulatorClock
  readonly #accounts: Accounts
  readonly #codes = new Map<string, Code>()
  readonly #refreshTokens = new Map<string, RefreshToken>()
  readonly #devices = new Map<string, Device>()
  readonly #standings = new Map<string, Standing>()

  constructor(clock: SimulatorClock, accounts: Accounts) {
    this.#clock = clock
    this.#accounts = accounts
  }

  /**
   * 获取授权码: what the page does before anybody sees a button.
   * @throws OAuthRefusal 20048, 20029, 20027 and others, which the page shows: nothing is sent back then
   */
  authorizeRequest(query: URLSearchParams): AuthorizeRequest {
    const app = this.#accounts.app(query.get('client_id') ?? '')
    if (app === undefined) throw new OAuthRefusal('invalid_client', 20048)
    const redirectUri = query.get('redirect_uri') ?? ''
    const registered = app.redirectUris?.includes(redirectUri) ?? isLoopback(redirectUri)
    if (!registered) throw new OAuthRefusal('invalid_request', 20029, { detail: redirectUri })
    if (query.get('response_type') !== 'code') throw new OAuthRefusal('unsupported_response_type')
    const method = query.get('code_challenge_method') ?? 'plain'
    if (method !== 'S256' && method !== 'plain') throw new OAuthRefusal('invalid_request', 20049)
    return {
      app: query.get('client_id') ?? '',
      redirectUri,
      scopes: this.#scopes(app.scopes, query.get('scope')),
      state: query.get('state'),
      challenge: query.get('code_challenge'),
      challengeMethod: method,
    }
  }

  /** The person presses a button. Returns where the browser goes. */
  decide(request: AuthorizeRequest, decision: Decision): string {
    const target = new URL(request.redirectUri)
    if (request.state !== null) target.searchParams.set('state', request.state)
    if (decision === 'deny') {
      target.searchParams.set('error', 'access_denied')
      return target.href
    }
    const nowMs = this.#clock.nowMs()
    const code = randomBytes(24).toString('base64url')
    const consent = this.#consent(request.app, request.scopes)
    this.#codes.set(code, { request, consent, expiresAtMs: nowMs + CODE_LIFE_MS, used: false })
    target.searchParams.set('code', code)
    return target.href
  }

  /** Opens an authorize link and decides at once, as a quick person would. Returns where the browser goes. */
  visit(link: string, decision: Decision = 'allow'): string {
    return this.decide(this.authorizeRequest(new URL(link).searchParams), decision)
  }

  /** 获取 / 刷新 user_access_token: the flat answer. */
  token(fields: Fields, version: TokenVersion, isForm: boolean): Record<string, unknown> {
    const app = this.#client(fields)
    if (fields['grant_type'] === DEVICE_GRANT) this.#requireDeviceGrant(version, isForm)
    switch (fields['grant_type']) {
      case 'authorization_code':
        return this.#issue(this.#redeemCode(app, fields))
      case 'refresh_token':
        return this.#issue(this.#redeemRefreshToken(app, fields))
      case DEVICE_GRANT:
        return this.#issue(this.#redeemDevice(app, fields))
      default:
        throw new OAuthRefusal('unsupported_grant_type', 20036)
    }
  }

  openDevice(fields: Fields, baseUrl: string): Record<string, unknown> {
    const app = this.#client(fields)
    const scopes = this.#scopes(this.#accounts.app(app)?.scopes, fields['scope'] ?? null)
    const deviceCode = randomBytes(24).toString('base64url')
    const userCode = randomBytes(4)
      .toString('hex')
      .toUpperCase()
      .replace(/^(.{4})/, '$1-')
    const { deviceMs, deviceIntervalMs } = this.lifetimes
    const nowMs = this.#clock.nowMs()
    this.#devices.set(deviceCode, {
      app,
      scopes,
      userCode,
      expiresAtMs: nowMs + deviceMs,
      askedAtMs: Number.NEGATIVE_INFINITY,
      consent: undefined,
      used: false,
    })
    const page = `${baseUrl}/oauth/v1/device`
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: page,
      verification_uri_complete: `${page}?user_code=${userCode}`,
      expires_in: Math.floor(deviceMs / 1000),
      interval: Math.ceil(deviceIntervalMs / 1000),
    }
  }

  /** The person types the code in at the device page. False when there is no such code. */
  decideDevice(userCode: string, decision: Decision): boolean {
    const device = [...this.#devices.values()].find((each) => each.userCode === userCode)
    if (device === undefined || device.expiresAtMs <= this.#clock.nowMs()) return false
    device.consent = decision === 'deny' ? 'denied' : this.#consent(device.app, device.scopes)
    return true
  }

  /** Codes that wait for a person. */
  get openUserCodes(): string[] {
    return [...this.#devices.values()]
      .filter(({ consent }) => consent === undefined)
      .map(({ userCode }) => userCode)
  }

  /** Ends all sign-ins of this person, as in the admin console. Access tokens live on. */
  revoke(openId: string): void {
    for (const token of this.#refreshTokens.values()) {
      if (token.consent.person.openId === openId && token.state === 'good') token.state = 'revoked'
    }
  }

  /** Signing out, as the official client does it. Unknown tokens are no error (RFC 7009 section 2.2). */
  revokeToken(fields: Fields): void {
    this.#client(fields)
    const token = fields['token'] ?? ''
    if (token === '') throw new OAuthRefusal('invalid_request', 20001)
    const refreshToken = this.#refreshTokens.get(token)
    if (refreshToken !== undefined) refreshToken.state = 'revoked'
    else this.#accounts.revokeToken(token)
  }

  /** The tenant sees this person so from now on; undefined: like anybody else. */
  setStanding(openId: string, standing: Standing | undefined): void {
    if (standing === undefined) this.#standings.delete(openId)
    else this.#standings.set(openId, standing)
  }

  /** 获取用户信息: who has left or was shut out is told so, with HTTP 200. */
  requirePresent(openId: string): void {
    const standing = this.#standings.get(openId)
    if (standing === 'gone') throw new Refusal(20008)
    if (standing === 'resigned') throw new Refusal(20021)
    if (standing === 'frozen') throw new Refusal(20022)
    if (standing === 'unregistered') throw new Refusal(20023)
  }

  /** 刷新 user_access_token: 20008 for who is gone, 20066 for whose status is not valid; 2100x as the official client knows them. */
  #requireWelcome(openId: string): void {
    const standing = this.#standings.get(openId)
    if (standing === undefined) return
    if (standing === 'gone') throw new OAuthRefusal('invalid_grant', 20008)
    if (standing === 'denied') throw new OAuthRefusal('access_denied_by_policy', 21001)
    if (standing !== 'challenged') throw new OAuthRefusal('invalid_grant', 20066)
    throw new OAuthRefusal('challenge_required', 21000, { challenge_url: CHALLENGE_URL })
  }

  /** Tokens that could still be refreshed with. */
  get goodRefreshTokens(): number {
    return [...this.#refreshTokens.values()].filter(({ state }) => state === 'good').length
  }

  #consent(app: string, scopes: readonly string[]): Consent {
    return { app, person: this.person, scopes, atMs: this.#clock.nowMs() }
  }

  #scopes(ofApp: readonly string[] | undefined, asked: string | null): readonly string[] {
    const scopes = (asked ?? '').split(' ').filter((scope) => scope !== '')
    if (scopes.length > SCOPES_LIMIT) throw new OAuthRefusal('invalid_scope', 20027)
    const foreign = scopes.filter((scope) => ofApp !== undefined && !ofApp.includes(scope))
    if (foreign.length === 0) return scopes
    throw new OAuthRefusal('invalid_scope', 20027, { detail: foreign.join(' ') })
  }

  #client(fields: Fields): string {
    const id = fields['client_id'] ?? ''
    const app = this.#accounts.app(id)
    if (app === undefined) throw new OAuthRefusal('invalid_client', 20048)
    // A verifier is no replacement for the secret: there are no public clients.
    if (app.secret !== fields['client_secret']) throw new OAuthRefusal('invalid_client', 20002)
    return id
  }

  /** The official client never sent this grant but as a form; what JSON is answered is not known, here it is refused. */
  #requireDeviceGrant(version: TokenVersion, isForm: boolean): void {
    if (!this.deviceGrantAt.includes(version)) {
      throw new OAuthRefusal('unsupported_grant_type', 20036)
    }
    if (!isForm) throw new OAuthRefusal('invalid_request', 20001)
  }

  #redeemCode(app: string, fields: Fields): Consent {
    const code = this.#codes.get(fields['code'] ?? '')
    if (code === undefined) throw new OAuthRefusal('invalid_grant', 20003)
    if (code.request.app !== app) throw new OAuthRefusal('invalid_grant', 20024)
    if (code.used) throw new OAuthRefusal('invalid_grant', 20065)
    if (code.expiresAtMs <= this.#clock.nowMs()) throw new OAuthRefusal('invalid_grant', 20004)
    if (fields['redirect_uri'] !== code.request.redirectUri) {
      throw new OAuthRefusal('invalid_grant', 20071)
    }
    checkVerifier(code.request, fields['code_verifier'])
    code.used = true
    return code.consent
  }

  #redeemRefreshToken(app: string, fields: Fields): Consent {
    const token = this.#refreshTokens.get(fields['refresh_token'] ?? '')
    if (token === undefined) throw new OAuthRefusal('invalid_grant', 20026)
    if (token.consent.app !== app) throw new OAuthRefusal('invalid_grant', 20024)
    this.#requireWelcome(token.consent.person.openId)
    if (this.#accounts.app(app)?.mayRefresh === false) {
      throw new OAuthRefusal('unauthorized_client', 20074)
    }
    if (token.state === 'used') throw new OAuthRefusal('invalid_grant', 20073)
    if (token.state === 'revoked') throw new OAuthRefusal('invalid_grant', 20064)
    const nowMs = this.#clock.nowMs()
    if (token.expiresAtMs <= nowMs || token.consent.atMs + CONSENT_LIFE_MS <= nowMs) {
      throw new OAuthRefusal('invalid_grant', 20037)
    }
    token.state = 'used'
    return token.consent
  }

  #redeemDevice(app: string, fields: Fields): Consent {
    const device = this.#devices.get(fields['device_code'] ?? '')
    if (device === undefined || device.app !== app || device.used) {
      throw new OAuthRefusal('invalid_grant')
    }
    const nowMs = this.#clock.nowMs()
    if (device.expiresAtMs <= nowMs) throw new OAuthRefusal('expired_token')
    const isTooSoon = nowMs - device.askedAtMs < this.lifetimes.deviceIntervalMs
    device.askedAtMs = nowMs
    if (isTooSoon) throw new OAuthRefusal('slow_down')
    if (device.consent === 'denied') throw new OAuthRefusal('access_denied')
    if (device.consent === undefined) throw new OAuthRefusal('authorization_pending')
    device.used = true
    return device.consent
  }

  #issue(consent: Consent): Record<string, unknown> {
    const { app, person, scopes } = consent
    const { accessMs, refreshMs } = this.lifetimes
    const accessToken = this.#accounts.issueUserToken({
      app,
      user: person.openId,
      lifeMs: accessMs,
      granted: new Set(scopes),
      person,
    })
    const answer = {
      access_token: accessToken,
      expires_in: Math.floor(accessMs / 1000),
      scope: scopes.join(' '),
      token_type: 'Bearer',
    }
    if (!scopes.includes('offline_access') || this.withholdsRefreshTokens) return answer
    const refreshToken = randomBytes(32).toString('base64url')
    const expiresAtMs = this.#clock.nowMs() + refreshMs
    this.#refreshTokens.set(refreshToken, { consent, expiresAtMs, state: 'good' })
    return {
      ...answer,
      refresh_token: refreshToken,
      refresh_token_expires_in: Math.floor(refreshMs / 1000),
    }
  }
}

/** RFC 7636 section 4.6. Without a challenge a verifier is passed over, as the v2 endpoint does. */
function checkVerifier(request: AuthorizeRequest, verifier: string | undefined): void {
  const { challenge, challengeMethod } = request
  if (challenge === null) return
  const given =
    challengeMethod === 'plain'
      ? verifier
      : createHash('sha256')
          .update(verifier ?? '')
          .digest('base64url')
  if (verifier === undefined || given !== challenge) throw new OAuthRefusal('invalid_grant', 20049)
}

function isLoopback(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && url.protocol === 'http:' && url.hostname === 'localhost'
}

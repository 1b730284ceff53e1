/** Apps created by a scan, as official clients do it: the device flow, with an app at its end. */
import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Accounts } from './accounts.ts'
import type { SimulatorClock } from './clock.ts'
import { OAuthRefusal } from './refusal.ts'
import type { Decision } from './sign-ins.ts'

type Fields = Readonly<Record<string, string | undefined>>

interface Registration {
  readonly userCode: string
  readonly expiresAtMs: number
  askedAtMs: number
  outcome: { readonly id: string; readonly secret: string } | 'denied' | undefined
}

/** The scopes of the template that the page takes unless the link says otherwise. */
const TEMPLATE = ['im:message', 'contact:user.base:readonly']

export class Registrations {
  /** The server's answer to the call: tenants and times differ. */
  kind: 'works' | 'unknown' | 'odd' | 'elsewhere' = 'works'
  lifeMs = 600_000
  intervalMs = 5_000
  /** The tenant of the person who scans. On the Feishu host a Lark tenant gets no credentials. */
  tenantBrand: 'feishu' | 'lark' = 'feishu'
  readonly #clock: SimulatorClock
  readonly #accounts: Accounts
  readonly #open = new Map<string, Registration>()

  constructor(clock: SimulatorClock, accounts: Accounts) {
    this.#clock = clock
    this.#accounts = accounts
  }

  answer(fields: Fields, origin: string): Record<string, unknown> {
    if (this.kind === 'unknown') throw new OAuthRefusal('unsupported_action')
    return fields['action'] === 'begin' ? this.#begin(fields, origin) : this.#poll(fields)
  }

  /**
   * The person opens the link and decides. The page grants what the link names, on top of its template.
   * @returns false when there is no such code
   */
  decide(link: string, decision: Decision): boolean {
    const query = new URL(link).searchParams
    const open = [...this.#open.values()].find(
      ({ userCode }) => userCode === query.get('user_code'),
    )
    if (open === undefined || open.expiresAtMs <= this.#clock.nowMs()) return false
    open.outcome = decision === 'deny' ? 'denied' : this.#create(query.get('addons'))
    return true
  }

  /** The other brand's host knows this registration as well. */
  shareWith(other: Registrations): void {
    for (const [code, registration] of this.#open) {
      other.#open.set(code, { ...registration, askedAtMs: Number.NEGATIVE_INFINITY })
    }
  }

  #begin(fields: Fields, origin: string): Record<string, unknown> {
    if (fields['archetype'] !== 'PersonalAgent' || fields['auth_method'] !== 'client_secret') {
      throw new OAuthRefusal('invalid_request')
    }
    if (this.kind === 'odd') return { device_code: 'd', verification_uri_complete: 'not a link' }
    const deviceCode = randomBytes(24).toString('base64url')
    const userCode = randomBytes(4).toString('hex').toUpperCase()
    const expiresAtMs = this.#clock.nowMs() + this.lifeMs
    const askedAtMs = Number.NEGATIVE_INFINITY
    this.#open.set(deviceCode, { userCode, expiresAtMs, askedAtMs, outcome: undefined })
    const host = this.kind === 'elsewhere' ? 'https://open.feishu.cn.evil.example' : origin
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: `${origin}/page/launcher`,
      verification_uri_complete: `${host}/page/launcher?user_code=${userCode}`,
      expire_in: this.lifeMs / 1000,
      interval: this.intervalMs / 1000,
    }
  }

  #poll(fields: Fields): Record<string, unknown> {
    const open = this.#open.get(fields['device_code'] ?? '')
    if (open === undefined) throw new OAuthRefusal('invalid_grant')
    const nowMs = this.#clock.nowMs()
    if (open.expiresAtMs <= nowMs) throw new OAuthRefusal('expired_token')
    const isTooSoon = nowMs - open.askedAtMs < this.intervalMs
    open.askedAtMs = nowMs
    if (isTooSoon) throw new OAuthRefusal('slow_down')
    if (open.outcome === 'denied') throw new OAuthRefusal('access_denied')
    const user = { open_id: 'ou_demo', tenant_brand: this.tenantBrand }
    if (open.outcome === undefined) throw new OAuthRefusal('authorization_pending')
    if (this.tenantBrand === 'lark') return { user_info: user }
    return {
      client_id: open.outcome.id,
      client_secret: open.outcome.secret,
      user_info: user,
    }
  }

  #create(addons: string | null) {
    const asked =
      addons === null
        ? {}
        : JSON.parse(gunzipSync(Buffer.from(addons, 'base64url')).toString('utf8'))
    const { preset = true, scopes: { user = [], tenant = [] } = {} } = asked
    const template = preset ? TEMPLATE : []
    const id = `cli_${randomBytes(8).toString('hex')}`
    const secret = randomBytes(16).toString('hex')
    // No address to come back to is registered for it.
    this.#accounts.registerApp(id, secret, {
      scopes: [...template, ...user],
      tenantScopes: [...template, ...tenant],
      redirectUris: [],
    })
    return { id, secret }
  }
}

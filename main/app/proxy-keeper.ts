import { z } from 'zod'
import type { ProxyEnvironment } from '#main/feishu/http/proxy.ts'
import type { SecretBox } from '#main/store/secret-box.ts'
import type { SettingsFile } from '#main/store/settings-file.ts'
import type { RequestInput } from '#shared/contract/contract.ts'
import type { ProxySetting, ProxyView } from '#shared/contract/network-channels.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

const PART = 'proxy'

const BEFORE_ANY: ProxySetting = { kind: 'system', host: '', port: 8080, user: '', noProxy: '' }

const storedSchema = z
  .object({
    kind: z.enum(['system', 'none', 'manual']),
    host: z.string(),
    port: z.number(),
    user: z.string(),
    noProxy: z.string(),
    sealedPassword: z.string().nullable(),
  })
  .default({ ...BEFORE_ANY, sealedPassword: null })

/** The proxy a person has set, its password kept sealed. */
export class ProxyKeeper {
  readonly #file: SettingsFile
  readonly #box: SecretBox
  #setting: ProxySetting = BEFORE_ANY
  #password: string | undefined
  /** Until the password is there: the system may ask the person first. */
  #opening: Promise<unknown> = Promise.resolve()
  #sealedPassword: string | null = null

  constructor(file: SettingsFile, box: SecretBox) {
    this.#file = file
    this.#box = box
  }

  /**
   * Reads what is kept. Without its password the proxy will say no, and that is what a person hears.
   * @returns later why the password could not be opened
   */
  load(): Promise<TransferError | undefined> {
    const { sealedPassword, ...setting } = this.#file.read(PART, storedSchema)
    this.#setting = setting
    this.#sealedPassword = sealedPassword
    const opening = this.#open(sealedPassword)
    this.#opening = opening.catch(() => {})
    return opening
  }

  async #open(sealedPassword: string | null): Promise<TransferError | undefined> {
    if (sealedPassword === null) return undefined
    try {
      this.#password = await this.#box.open(sealedPassword, (better) => {
        this.#sealedPassword = better
        this.#file.change(PART, storedSchema, (before) => ({ ...before, sealedPassword: better }))
      })
      return undefined
    } catch (error) {
      if (error instanceof TransferError) return error
      throw error
    }
  }

  get view(): ProxyView {
    return { ...this.#setting, hasPassword: this.#sealedPassword !== null }
  }

  async set({ proxy, password }: RequestInput<'proxy.set'>): Promise<void> {
    await this.#opening
    const kept = this.#goesTo(proxy) ? this.#password : undefined
    const next = password === undefined ? kept : (password ?? undefined)
    const sealedPassword = next === undefined ? null : await this.#box.seal(next)
    this.#file.change(PART, storedSchema, () => ({ ...proxy, sealedPassword }))
    this.#setting = proxy
    this.#sealedPassword = sealedPassword
    this.#password = next
  }

  /** As an environment would say it; undefined: ask the system. */
  async environment(): Promise<ProxyEnvironment | undefined> {
    await this.#opening
    const { kind, host, port, user, noProxy } = this.#setting
    if (kind === 'system') return undefined
    if (kind === 'none') return {}
    const name = encodeURIComponent(user)
    const secret = this.#password === undefined ? '' : `:${encodeURIComponent(this.#password)}`
    const authority = host.includes(':') ? `[${host}]` : host
    const login = user === '' ? '' : `${name}${secret}@`
    return { HTTPS_PROXY: `http://${login}${authority}:${port}`, NO_PROXY: noProxy }
  }

  /** A page must not be able to have the password sent to a host of its own. */
  #goesTo({ host, port, user }: ProxySetting): boolean {
    const { host: knownHost, port: knownPort, user: knownUser } = this.#setting
    return host === knownHost && port === knownPort && user === knownUser
  }
}

import { z } from 'zod'
import { parseLimiterUrl } from '#main/store/shared-limiter.ts'
import type { RequestInput } from '#shared/contract/contract.ts'
import type { LimiterView } from '#shared/contract/network-channels.ts'
import type { SealedText } from './sealed-text.ts'
import type { SettingsKeeper } from './settings-keeper.ts'
import { limiterPassword } from './shared-tools.ts'

/** The part of the settings file with the password. */
export const LIMITER_PART = 'limiter-password'

/** Sealed with its address: another address that gets into the settings must not receive it. */
const sealedSchema = z.object({ url: z.string(), password: z.string() })

/** The shared limiter that a person has set, its password kept sealed. */
export class LimiterKeeper {
  readonly #settings: SettingsKeeper
  readonly #sealed: SealedText
  readonly #given: string | undefined

  /** @param given the address in the environment, which goes before the settings */
  constructor(settings: SettingsKeeper, sealed: SealedText, given: string | undefined) {
    this.#settings = settings
    this.#sealed = sealed
    this.#given = given
  }

  get view(): LimiterView {
    const { shared } = this.#settings.settings.limits
    if (this.#given !== undefined) {
      const hasPassword = limiterPassword(this.#given, process.env) !== undefined
      return { url: this.#given, hasPassword, source: 'environment' }
    }
    if (shared === null) return { url: null, hasPassword: false, source: 'none' }
    return { url: shared, hasPassword: this.#sealed.isSet, source: 'stored' }
  }

  /** @throws TransferError `limiter-invalid`, `policy-locked`, and when the system does not seal */
  async set({ url, password }: RequestInput<'limiter.set'>): Promise<void> {
    if (url !== null) parseLimiterUrl(url)
    const kept = url === null ? undefined : await readSealedPassword(this.#sealed, url)
    const next = password === undefined ? kept : (password ?? undefined)
    const isKept = url !== null && next !== undefined
    await this.#sealed.write(isKept ? JSON.stringify({ url, password: next }) : null)
    this.#settings.change({ limits: { ...this.#settings.settings.limits, shared: url } })
  }

  /** Without its password the limiter says no, and each machine goes its own way. */
  async passwordFor(url: string | undefined): Promise<string | undefined> {
    if (url === undefined) return undefined
    return limiterPassword(url, process.env) ?? (await readSealedPassword(this.#sealed, url))
  }
}

/** Returns the password that was sealed for this address; undefined when there is none, or it cannot be opened here. */
export async function readSealedPassword(
  sealed: SealedText,
  url: string,
): Promise<string | undefined> {
  const text = await sealed.read().catch(() => undefined)
  if (text === undefined) return undefined
  const { data } = sealedSchema.safeParse(JSON.parse(text))
  return data?.url === url ? data.password : undefined
}

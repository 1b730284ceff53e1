import type { SettingsFile } from '#main/store/settings-file.ts'
import {
  type AppSettings,
  appSettingsSchema,
  type SettingsChange,
} from '#shared/contract/settings-schema.ts'
import type { Policy } from './policy/policy.ts'

const PART = 'app'

const storedSchema = appSettingsSchema.prefault({})

/** The person's settings, read once and kept in step with the file. */
export class SettingsKeeper {
  readonly #file: SettingsFile
  readonly #policy: Policy
  #settings: AppSettings

  /** @throws TransferError `settings-corrupt`, having moved the file aside */
  constructor(file: SettingsFile, policy: Policy) {
    this.#file = file
    this.#policy = policy
    this.#settings = file.read(PART, storedSchema)
  }

  /** As they are in force: what the policy fixes goes before the person's. */
  get settings(): AppSettings {
    const { limits = {}, checkForUpdates } = this.#policy.content
    const { bandwidthBytesPerSecond, callsPerDay } = limits
    return {
      ...this.#settings,
      ...(bandwidthBytesPerSecond !== undefined && { bandwidthBytesPerSecond }),
      ...(checkForUpdates !== undefined && { checkForUpdates }),
      limits: { ...this.#settings.limits, ...(callsPerDay !== undefined && { callsPerDay }) },
    }
  }

  /** @throws TransferError `policy-locked` */
  change(change: SettingsChange): void {
    this.#demandFree(change)
    const known = Object.entries(change).filter(([, value]) => value !== undefined)
    const next = { ...this.#settings, ...Object.fromEntries(known) }
    this.#file.change(PART, storedSchema, () => next)
    this.#settings = next
  }

  #demandFree(change: SettingsChange): void {
    const { settings } = this
    const wanted = { ...change, callsPerDay: change.limits?.callsPerDay }
    const present = { ...settings, callsPerDay: settings.limits.callsPerDay }
    for (const name of this.#policy.locked) {
      if (wanted[name] !== undefined && wanted[name] !== present[name]) {
        throw this.#policy.lockedError()
      }
    }
  }
}

import type { SettingsFile } from '#main/store/settings-file.ts'
import {
  type AppSettings,
  appSettingsSchema,
  type SettingsChange,
} from '#shared/contract/settings-schema.ts'

const PART = 'app'

const storedSchema = appSettingsSchema.prefault({})

/** The person's settings, read once and kept in step with the file. */
export class SettingsKeeper {
  readonly #file: SettingsFile
  #settings: AppSettings

  /** @throws TransferError `settings-corrupt`, having moved the file aside */
  constructor(file: SettingsFile) {
    this.#file = file
    this.#settings = file.read(PART, storedSchema)
  }

  get settings(): AppSettings {
    return this.#settings
  }

  change(change: SettingsChange): void {
    const known = Object.entries(change).filter(([, value]) => value !== undefined)
    const next = { ...this.#settings, ...Object.fromEntries(known) }
    this.#file.change(PART, storedSchema, () => next)
    this.#settings = next
  }
}

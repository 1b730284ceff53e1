import { z } from 'zod'
import type { SecretBox } from '#main/store/secret-box.ts'
import type { SettingsFile } from '#main/store/settings-file.ts'
import type { AlertsView } from '#shared/contract/alert-channels.ts'
import type { RequestInput } from '#shared/contract/contract.ts'
import { type ErrorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import { MOST_SILENT_HOURS } from '#shared/model/alerts.ts'
import { SealedText } from '../sealed-text.ts'
import { type AlertTarget, kindOf, parseAlertUrl } from './alert-target.ts'

const PART = 'alerts'
const PART_OF_RECEIVER = 'alert-receiver'

const storedSchema = z
  .object({ host: z.string(), isBot: z.boolean(), isSigned: z.boolean() })
  .nullable()
const partSchema = z
  .object({ receiver: storedSchema, silentHours: z.number().nullable() })
  .default({ receiver: null, silentHours: null })
const targetSchema = z.object({ url: z.string(), secret: z.string().exactOptional() })

/** The receiver in the environment, which goes before the settings. */
export interface GivenAlerts {
  readonly target: AlertTarget | undefined
  readonly silentHours: number | undefined
}

/** @throws TransferError `alert-url-invalid`, `usage` */
export function readGivenAlerts(env: Readonly<Record<string, string | undefined>>): GivenAlerts {
  const { FEIDI_ALERT_URL: url, FEIDI_ALERT_SECRET: secret, FEIDI_ALERT_HOURS: text } = env
  const hours = Number(text)
  if (text && !(Number.isInteger(hours) && hours >= 1 && hours <= MOST_SILENT_HOURS)) {
    throw new TransferError('usage', { detail: `FEIDI_ALERT_HOURS: 1-${MOST_SILENT_HOURS}` })
  }
  if (url) parseAlertUrl(url, true)
  return {
    target: url ? { url, secret: secret || undefined } : undefined,
    silentHours: text ? hours : undefined,
  }
}

/** The receiver of messages, its address and secret kept sealed. */
export class AlertKeeper {
  readonly #file: SettingsFile
  readonly #given: GivenAlerts
  readonly #sealed: SealedText
  #stored: z.output<typeof partSchema>
  failure: ErrorInfo | null = null

  /** @throws TransferError `settings-corrupt`, having moved the file aside */
  constructor(file: SettingsFile, box: SecretBox, given: GivenAlerts) {
    this.#file = file
    this.#given = given
    this.#sealed = new SealedText(file, PART_OF_RECEIVER, box)
    this.#stored = file.read(PART, partSchema)
  }

  get silentHours(): number | null {
    return this.#given.silentHours ?? this.#stored.silentHours
  }

  get hasTarget(): boolean {
    return this.#given.target !== undefined || this.#stored.receiver !== null
  }

  /** @throws TransferError when what is sealed cannot be opened here */
  async target(): Promise<AlertTarget | undefined> {
    if (this.#given.target !== undefined) return this.#given.target
    if (this.#stored.receiver === null) return undefined
    const text = await this.#sealed.read()
    return text === undefined ? undefined : targetSchema.parse(JSON.parse(text))
  }

  get view(): AlertsView {
    const { silentHours, failure } = this
    const { target } = this.#given
    if (target !== undefined) {
      const url = new URL(target.url)
      const isSigned = target.secret !== undefined
      const { host } = url
      return { host, kind: kindOf(url), isSigned, silentHours, source: 'environment', failure }
    }
    const { receiver } = this.#stored
    if (receiver === null) {
      const none = { host: null, kind: null, isSigned: false, source: 'none' } as const
      return { ...none, silentHours, failure: null }
    }
    const { host, isBot, isSigned } = receiver
    const kind = isBot ? 'feishu-bot' : 'webhook'
    return { host, kind, isSigned, silentHours, source: 'stored', failure }
  }

  /** @throws TransferError `alert-url-invalid`, and when the system does not seal */
  async set({ receiver, silentHours }: RequestInput<'alerts.set'>): Promise<void> {
    const next = { ...this.#stored, ...(silentHours !== undefined && { silentHours }) }
    if (receiver === null) {
      await this.#sealed.write(null)
      next.receiver = null
    } else if (receiver !== undefined) {
      // A page may not make this machine call its own services.
      const url = parseAlertUrl(receiver.url, false)
      const { secret } = receiver
      const target = { url: url.href, ...(secret !== null && { secret }) }
      await this.#sealed.write(JSON.stringify(target))
      const isBot = kindOf(url) === 'feishu-bot'
      next.receiver = { host: url.host, isBot, isSigned: secret !== null }
    }
    this.#file.change(PART, partSchema, () => next)
    this.#stored = next
    this.failure = null
  }
}

import { hostname } from 'node:os'
import type { MemoStore } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { explain } from '#shared/errors/explain.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import type { Language } from '#shared/text/language.ts'
import { attentionWords } from '#shared/text/summary.ts'
import { t } from '#shared/text/t.ts'
import { type DeliverParts, deliver, testMessage } from './deliver.ts'
import { type Alert, dueAlerts, NOTHING_TOLD, type Told, toldSchema } from './due-alerts.ts'
import type { Health } from './health.ts'

const TOLD_MEMO = 'alerts-told'
const LOOK_EVERY_MS = 30_000
/** After a failed delivery; the last one repeats. */
const RETRY_AFTER_MS = [60_000, 5 * 60_000, 30 * 60_000]

export interface AlertsOptions extends DeliverParts {
  readonly clock: Clock
  readonly memos: MemoStore
  readonly language: () => Language
  readonly look: () => Look
}

interface Look {
  readonly health: Health
  /** Files that need a person. */
  readonly attention: number
  /** The error that a person has to deal with. */
  readonly error: ErrorInfo | undefined
}

/** Tells people elsewhere when Feidi stops, stays silent, or needs them. */
export class Alerts {
  readonly #options: AlertsOptions
  readonly #closed = new AbortController()
  #told: Told
  #failures = 0
  #notBeforeMs = Number.NEGATIVE_INFINITY

  constructor(options: AlertsOptions) {
    this.#options = options
    const kept = toldSchema.safeParse(options.memos.recall(TOLD_MEMO))
    this.#told = kept.data ?? NOTHING_TOLD
  }

  async keep(): Promise<void> {
    const { signal } = this.#closed
    while (!signal.aborted) {
      await this.look()
      await this.#options.clock.sleep(LOOK_EVERY_MS, signal).catch(() => {})
    }
  }

  /** Sends the messages that are due. A message that is not delivered is tried again later. */
  async look(): Promise<void> {
    const { clock, keeper } = this.#options
    const nowMs = clock.nowMs()
    if (!keeper.hasTarget) return this.#remember(NOTHING_TOLD)
    const { health, attention, error } = this.#options.look()
    const { due, seen, told } = dueAlerts(this.#told, health, attention, nowMs)
    if (due.length === 0 || nowMs < this.#notBeforeMs) return this.#remember(seen)
    for (const alert of due) {
      const failure = await deliver(
        this.#options,
        messageOf(alert, error, this.#options.language()),
      )
      if (failure === null) continue
      const at = Math.min(this.#failures, RETRY_AFTER_MS.length - 1)
      this.#notBeforeMs = nowMs + (RETRY_AFTER_MS[at] ?? 0)
      this.#failures += 1
      return this.#remember(seen)
    }
    this.#failures = 0
    this.#remember(told)
  }

  /** @returns why the message was not delivered */
  test(): Promise<ErrorInfo | null> {
    return deliver(this.#options, testMessage(this.#options.language()))
  }

  close(): void {
    this.#closed.abort(new Error('closed'))
  }

  #remember(told: Told): void {
    if (JSON.stringify(told) === JSON.stringify(this.#told)) return
    this.#told = told
    this.#options.memos.remember(TOLD_MEMO, told)
  }
}

function messageOf(alert: Alert, error: ErrorInfo | undefined, language: Language) {
  const host = hostname()
  if (alert.event === 'attention') {
    const words = attentionWords(alert.count, language)
    const text = t(language, 'alert.attention', { host, words })
    return { event: alert.event, reasons: ['needs-attention'], text }
  }
  const { event, reasons } = alert
  const words = reasons.map((reason) => t(language, `alert.${reason}`))
  if (event === 'stopped' && error !== undefined) {
    const { message, remedy } = explain(error, language, { final: true })
    words.push(message, remedy)
  }
  const separator = language === 'en' ? ' ' : ''
  return {
    event,
    reasons,
    text: t(language, 'alert.trouble', { host, words: words.join(separator) }),
  }
}

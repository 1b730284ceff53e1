import { hostname } from 'node:os'
import type { Clock } from '#main/lib/clock.ts'
import type { ScopedLog } from '#main/lib/log/log.ts'
import type { Redactor } from '#main/lib/redact.ts'
import { asTransferError, type ErrorInfo, errorInfo } from '#shared/errors/transfer-error.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import type { AlertKeeper } from './alert-keeper.ts'
import type { AlertMessage } from './alert-target.ts'
import { sendAlert, type WayOut } from './send-alert.ts'

export interface DeliverParts {
  readonly clock: Pick<Clock, 'nowMs'>
  readonly keeper: AlertKeeper
  readonly log: ScopedLog
  readonly redactor: Redactor
  /** The way to a host that is not Feishu. */
  readonly wayTo: (url: string) => Promise<WayOut>
}

/**
 * Sends a message to the receiver that is set; without one it does nothing.
 * @returns why it was not delivered
 */
export async function deliver(
  { clock, keeper, log, redactor, wayTo }: DeliverParts,
  { event, reasons, text }: Pick<AlertMessage, 'event' | 'reasons' | 'text'>,
): Promise<ErrorInfo | null> {
  try {
    const target = await keeper.target()
    if (target === undefined) return null
    redactor.hideForGood(target.url)
    if (target.secret !== undefined) redactor.hideForGood(target.secret)
    const message = { event, reasons, text, host: hostname(), atMs: clock.nowMs() }
    await sendAlert(target, message, await wayTo(target.url))
    log.info('alert sent', { event, reasons })
    keeper.failure = null
  } catch (thrown) {
    const error = asTransferError(thrown)
    log.warn('alert not delivered', { event, error })
    keeper.failure = errorInfo(error, clock.nowMs())
  }
  return keeper.failure
}

export function testMessage(language: Language) {
  return {
    event: 'test',
    reasons: [],
    text: t(language, 'alert.test', { host: hostname() }),
  } as const
}

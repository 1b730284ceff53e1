import type { ALERT_CHANNELS } from '#shared/contract/alert-channels.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Handlers } from './answer.ts'
import type { AppParts } from './parts.ts'

export function alertHandlers({
  alertKeeper,
  alerts,
}: Pick<AppParts, 'alertKeeper' | 'alerts'>): Pick<Handlers, keyof typeof ALERT_CHANNELS> {
  return {
    'alerts.get': () => alertKeeper.view,
    async 'alerts.set'(wanted) {
      await alertKeeper.set(wanted)
      return alertKeeper.view
    },
    async 'alerts.test'() {
      if (!alertKeeper.hasTarget) throw new TransferError('alert-url-invalid')
      return { error: await alerts.test() }
    },
  }
}

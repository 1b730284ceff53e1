import { systemClock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { asTransferError, TransferError } from '#shared/errors/transfer-error.ts'
import type { Language } from '#shared/text/language.ts'
import type { Worker } from '../accounts/worker.ts'
import { alertKeeperOf } from '../alerts/keeper-of-home.ts'
import { openAlerts } from '../alerts/open-alerts.ts'
import { Metered } from '../metered/metered.ts'
import { Policy } from '../policy/policy.ts'
import type { AppSession } from '../session.ts'
import { SettingsKeeper } from '../settings-keeper.ts'
import type { Watching } from '../watching/watching.ts'

interface Unattended {
  readonly stores: Stores
  readonly worker: Worker
  readonly watching: Watching
  readonly wishes: { readonly useMetered: boolean; readonly language: Language }
}

/** Cares for a watch that no one looks at, as the app does for itself: messages about trouble, metered connections. */
export function openUnattended(
  { settings, env, log, reporter }: AppSession,
  { stores, worker, watching, wishes }: Unattended,
): { close(): void } {
  const { home, caFile } = settings
  const clock = systemClock
  const { pauseOnMetered } = new SettingsKeeper(openSettings(home), Policy.none).settings
  const metered = new Metered({
    ...{ clock, worker },
    isWanted: () => pauseOnMetered && !wishes.useMetered,
    onChange(rests) {
      log.scope('command').info('metered', { rests })
      if (rests) reporter.problem(new TransferError('connection-metered'))
    },
  })
  const { alerts } = openAlerts({
    ...{ stores, clock, worker, watching, log },
    keeper: alertKeeperOf(home, env),
    language: () => wishes.language,
    wayTo: async () => ({ caFile, env }),
  })
  void metered.keep()
  alerts.keep().catch((error: unknown) => reporter.problem(asTransferError(error)))
  return {
    close() {
      metered.close()
      alerts.close()
    },
  }
}

import type { Clock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { Receipt } from '#main/store/receipt-store.ts'
import type { RuleStore } from '#main/store/rule-store.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { AccountKeeper } from '../accounts/account-keeper.ts'
import type { ConnectionOptions } from '../accounts/connection-options.ts'
import type { Registrations } from '../accounts/registrations.ts'
import type { SignIns } from '../accounts/sign-ins.ts'
import type { Worker } from '../accounts/worker.ts'
import type { Destinations } from '../adding/destinations.ts'
import type { HandedFiles } from '../adding/handed-files.ts'
import type { PlaceBrowser } from '../adding/place-browser.ts'
import type { QueueFiller } from '../adding/queue-filler.ts'
import type { UploadPreviews } from '../adding/upload-previews.ts'
import type { AlertKeeper } from '../alerts/alert-keeper.ts'
import type { Alerts } from '../alerts/alerts.ts'
import type { AppOptions } from '../app-options.ts'
import type { FileLooks } from '../file-looks.ts'
import type { LimiterKeeper } from '../limiter-keeper.ts'
import type { Changes } from '../live/changes.ts'
import type { GroupView } from '../live/group-view.ts'
import type { LivePublisher } from '../live/live-publisher.ts'
import type { LiveView } from '../live/live-view.ts'
import type { ProgressTracker } from '../live/progress-tracker.ts'
import type { QueueProgress } from '../live/queue-progress.ts'
import type { QuotaToday } from '../live/quota-today.ts'
import type { SpeedHistory } from '../live/speed-history.ts'
import type { TimelineRecorder } from '../live/timeline-recorder.ts'
import type { Metered } from '../metered/metered.ts'
import type { Policy } from '../policy/policy.ts'
import type { ProxyKeeper } from '../proxy-keeper.ts'
import type { SettingsKeeper } from '../settings-keeper.ts'
import type { UpdateKeeper } from '../updates/update-keeper.ts'
import type { Verifications } from '../verifications.ts'
import type { RulePreviews } from '../watching/rule-previews.ts'
import type { Watching } from '../watching/watching.ts'
import type { FilterOf } from './filters.ts'
import type { QueueActions } from './queue-actions.ts'
import type { UndoBook } from './undo-book.ts'

/** The parts of the application; each topic's handlers pick those they use. */
export interface AppParts
  extends Pick<
    AppOptions,
    'home' | 'version' | 'systemLanguage' | 'surroundings' | 'log' | 'onFault'
  > {
  readonly stores: Stores
  readonly clock: Clock
  readonly settings: SettingsKeeper
  readonly account: AccountKeeper
  readonly proxy: ProxyKeeper
  readonly limiter: LimiterKeeper
  readonly policy: Policy
  readonly alertKeeper: AlertKeeper
  readonly updates: UpdateKeeper
  readonly metered: Metered
  readonly alerts: Pick<Alerts, 'test'>
  readonly worker: Worker
  readonly destinations: Destinations
  readonly browser: PlaceBrowser
  readonly moving: ProgressTracker
  readonly speed: SpeedHistory
  readonly recorder: TimelineRecorder
  readonly undo: UndoBook
  readonly changes: Changes
  readonly rules: RuleStore
  readonly watching: Watching
  readonly previews: RulePreviews
  readonly forecasts: UploadPreviews
  readonly verifications: Verifications
  readonly looks: FileLooks
  readonly actions: QueueActions
  readonly filling: QueueFiller
  readonly offers: HandedFiles
  readonly signIns: SignIns
  readonly registrations: Registrations
  readonly view: LiveView
  readonly publisher: LivePublisher
  readonly groups: GroupView
  readonly row: (transfer: Transfer) => TransferRow
  readonly filterOf: FilterOf
  /** The way to a server as things are set now; undefined: that of the account in use. */
  readonly way: (baseUrl?: string) => Promise<ConnectionOptions>
  /** The accounts are others now. */
  readonly accountsChanged: (signedIn?: string) => Promise<void>
  readonly settingsChanged: () => Promise<void>
  readonly pauseAll: (paused: boolean) => Promise<void>
  readonly adoptHome: () => void
  /** Progress, and the plan of the queue. */
  readonly progress: QueueProgress
  /** The day's calls, within the limit that the person has set. */
  readonly quota: () => QuotaToday
}

/** @throws TransferError `transfer-gone` when it is not up */
export function receiptOf({ stores }: Pick<AppParts, 'stores'>, id: string): Receipt {
  const receipt = stores.receipts.ofTransfer(id)
  if (receipt === undefined) throw new TransferError('transfer-gone')
  return receipt
}

/** @throws TransferError `transfer-gone` */
export function transferOf({ stores }: Pick<AppParts, 'stores'>, id: string): Transfer {
  const transfer = stores.transfers.get(id)
  if (transfer === undefined) throw new TransferError('transfer-gone')
  return transfer
}

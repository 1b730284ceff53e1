import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { Way } from '../accounts/way-to-feishu.ts'
import type { Worker } from '../accounts/worker.ts'
import type { Destinations } from '../adding/destinations.ts'
import type { HostOptions } from '../host-options.ts'
import type { LivePublisher } from '../live/live-publisher.ts'
import type { LiveView } from '../live/live-view.ts'
import type { Moving } from '../live/moving.ts'
import type { TimelineRecorder } from '../live/timeline-recorder.ts'
import type { SettingsKeeper } from '../settings-keeper.ts'
import type { Watching } from '../watching/watching.ts'
import type { UndoBook } from './undo-book.ts'

/** What handlers work with. */
export interface HostParts extends HostOptions {
  readonly worker: Worker
  readonly view: LiveView
  readonly publisher: LivePublisher
  readonly recorder: TimelineRecorder
  readonly moving: Moving
  readonly undo: UndoBook
  readonly destinations: Destinations
  readonly settings: SettingsKeeper
  /** How Feishu is reached as things are set now. */
  readonly way: () => Promise<Way>
  readonly watching: Watching
  readonly row: (transfer: Transfer) => TransferRow
}

/** @throws TransferError `transfer-gone` */
export function transferOf({ stores }: HostParts, id: string): Transfer {
  const transfer = stores.transfers.get(id)
  if (transfer === undefined) throw new TransferError('transfer-gone')
  return transfer
}

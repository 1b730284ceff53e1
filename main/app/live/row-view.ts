import type { Clock } from '#main/lib/clock.ts'
import type { Planned, TransferRow } from '#shared/contract/value-schemas.ts'
import type { Brand } from '#shared/model/account.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Destination, Transfer } from '#shared/model/transfer.ts'
import { fileLink } from '../api/links.ts'
import type { ProgressTracker } from './progress-tracker.ts'

export interface RowContext {
  readonly moving: ProgressTracker
  readonly clock: Pick<Clock, 'nowMs' | 'steadyMs'>
  readonly brand: Brand
  readonly nameOf: (destination: Destination) => PlaceName
  /** Checks whether a path is that of a file that a browser sent. */
  readonly isKept: (path: string) => boolean
  /** The day on which a file that waits is to go. */
  readonly planned: (transfer: Transfer) => Planned | undefined
}

/** A transfer as a page shows it. */
export function rowOf(transfer: Transfer, context: RowContext): TransferRow {
  const { fingerprint: _, remoteFolders, ...rest } = transfer
  const { moving, clock, brand, nameOf, isKept } = context
  const planned = context.planned(transfer)
  const steadyMs = clock.steadyMs()
  return {
    ...rest,
    ...(isKept(transfer.path) && { isFromBrowser: true }),
    ...(planned !== undefined && { planned }),
    sentBytes: Math.min(transfer.sentBytes, transfer.sizeBytes),
    remoteFolders: [...remoteFolders],
    destinationName: nameOf(transfer.destination),
    inFlightBytes: moving.inFlightBytes(transfer.id),
    movedBytes: moving.movedBytes(transfer, steadyMs),
    doneAtMs: moving.doneAtMs(transfer, steadyMs, clock.nowMs()) ?? null,
    bytesPerSecond: moving.bytesPerSecondOf(transfer.id, steadyMs),
    link: fileLink(transfer, brand),
  }
}

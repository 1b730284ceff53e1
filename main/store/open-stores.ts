import type { FollowOutcomes } from '#main/destination/ports.ts'
import type { CopyStore, FolderStore, MemoStore } from '#main/engine/ports.ts'
import type { FileIndex, FollowStore } from '#main/watch/ports.ts'
import { createCopyStore } from './copy-store.ts'
import { type DatabaseOptions, type OpenedDatabase, openDatabase } from './database.ts'
import { createDayTotals, type DayTotals } from './day-totals.ts'
import { createFileIndexStore } from './file-index-store.ts'
import { createFolderStore } from './folder-store.ts'
import { createFollowStore } from './follow-store.ts'
import { createGroupedWindows, type GroupedWindows } from './grouped-windows.ts'
import { integrityOf } from './integrity.ts'
import { preparingLate } from './late-statements.ts'
import { createMemoStore } from './memo-store.ts'
import { createQueueControls, type QueueControls } from './queue-controls.ts'
import { createQueueWindows, type QueueWindows } from './queue-windows.ts'
import { createQuotaStore, type QuotaLedger } from './quota-store.ts'
import { createReceiptStore, type ReceiptStore } from './receipt-store.ts'
import { mappingErrors, withMappedErrors } from './store-errors.ts'
import { createTimelineStore, type TimelineStore } from './timeline-store.ts'
import { createTransferStore, type TransferStore } from './transfer-store.ts'

export interface Stores {
  readonly transfers: TransferStore
  readonly copies: CopyStore
  readonly quota: QuotaLedger
  readonly days: DayTotals
  readonly folders: FolderStore
  readonly memos: MemoStore
  readonly windows: QueueWindows
  readonly groups: GroupedWindows
  readonly controls: QueueControls
  readonly timeline: TimelineStore
  readonly files: FileIndex
  readonly receipts: ReceiptStore
  readonly follow: FollowStore & FollowOutcomes
  /** Returns what SQLite finds wrong with the database; `ok` when that is nothing. */
  integrity(): Promise<string>
  /** Copies what is still in the WAL into the database. Afterwards every method throws. */
  close(): void
}

/**
 * Opens all that a home remembers, making it when it is new. Claim the home first: two writers would
 * not damage the database, but would upload the same files. Every method throws `TransferError` only.
 */
export function openStores(home: string, options: DatabaseOptions = {}): Stores {
  return storesOf(openDatabase(home, options))
}

function storesOf({ database, file }: OpenedDatabase): Stores {
  const late = preparingLate(database)
  return mappingErrors(file, () => ({
    transfers: withMappedErrors(file, createTransferStore(late)),
    copies: withMappedErrors(file, createCopyStore(late)),
    quota: withMappedErrors(file, createQuotaStore(late)),
    days: withMappedErrors(file, createDayTotals(late)),
    folders: withMappedErrors(file, createFolderStore(late)),
    memos: withMappedErrors(file, createMemoStore(late)),
    windows: withMappedErrors(file, createQueueWindows(late)),
    groups: withMappedErrors(file, createGroupedWindows(late)),
    controls: withMappedErrors(file, createQueueControls(late)),
    timeline: withMappedErrors(file, createTimelineStore(late)),
    files: withMappedErrors(file, createFileIndexStore(late, file)),
    receipts: createReceiptStore(late, file),
    follow: withMappedErrors(file, createFollowStore(late)),
    integrity: () => integrityOf(file),
    close: () => mappingErrors(file, () => database.close()),
  }))
}

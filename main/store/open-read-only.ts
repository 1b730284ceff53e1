import type { MemoStore } from '#main/engine/ports.ts'
import type { FollowStore } from '#main/watch/ports.ts'
import { createQueueAmounts, type QueueAmounts } from './amount-reads.ts'
import { openDatabaseReadOnly } from './database.ts'
import { createFollowReads } from './follow-store.ts'
import { createGroupedWindows, type GroupedWindows } from './grouped-windows.ts'
import { createMemoStore } from './memo-store.ts'
import { createQueueReads } from './queue-reads.ts'
import { createQuotaStore, type QuotaLedger } from './quota-store.ts'
import { createReceiptStore, type ReceiptStore } from './receipt-store.ts'
import { mappingErrors, withMappedErrors } from './store-errors.ts'
import type { TransferStore } from './transfer-store.ts'

/** The parts of a home that can be read while another process owns it. */
export interface ReadOnlyStores {
  readonly transfers: Pick<TransferStore, 'get' | 'list' | 'counts' | 'listedCounts'>
  readonly amounts: QueueAmounts
  readonly groups: Pick<GroupedWindows, 'grouped' | 'groupsAtWork'>
  readonly quota: Pick<QuotaLedger, 'callsUsed'>
  readonly memos: Pick<MemoStore, 'recall'>
  readonly follow: Pick<FollowStore, 'record' | 'steps'>
  close(): void
}

/**
 * Opens a home to look at it. It loads no more than the queue, because `feidi status` should be quick.
 * @returns undefined when nothing was ever stored there
 */
export function openStoresReadOnly(home: string): ReadOnlyStores | undefined {
  const opened = openDatabaseReadOnly(home)
  if (opened === undefined) return undefined
  const { database, file } = opened
  return mappingErrors(file, () => ({
    transfers: withMappedErrors(file, createQueueReads(database)),
    amounts: withMappedErrors(file, createQueueAmounts(database)),
    groups: withMappedErrors(file, createGroupedWindows(database)),
    quota: withMappedErrors(file, createQuotaStore(database)),
    memos: withMappedErrors(file, createMemoStore(database)),
    follow: withMappedErrors(file, createFollowReads(database)),
    close: () => mappingErrors(file, () => database.close()),
  }))
}

/**
 * Opens the receipts of a home to read them, also while another process owns it.
 * @returns undefined when nothing was ever stored there
 */
export function openReceiptsReadOnly(
  home: string,
): { readonly receipts: ReceiptStore; close(): void } | undefined {
  const opened = openDatabaseReadOnly(home)
  if (opened === undefined) return undefined
  const { database, file } = opened
  return mappingErrors(file, () => ({
    receipts: createReceiptStore(database, file),
    close: () => mappingErrors(file, () => database.close()),
  }))
}

import type { TransferStore } from '#main/store/transfer-store.ts'
import { everyTransfer } from '../unfinished.ts'
import type { Reporter } from './reporter.ts'

/** Makes everything unfinished part of this run, and names it. */
export function takeUpUnfinished(
  store: TransferStore,
  batchId: string,
  reporter: Reporter,
  { failed = false }: { failed?: boolean } = {},
): { batchId: string; unchanged: number } {
  store.takeUp(batchId, { failed })
  // Totals and percentages are of everything there is to do, so everything is named first.
  for (const transfer of everyTransfer(store, { batchId })) reporter.transfer(transfer)
  return { batchId, unchanged: 0 }
}

import type { AccountScope, TransferFilter } from '#main/engine/ports.ts'
import type { TransferCounts } from '#shared/model/work.ts'

/** The questions and decisions about the queue that are the application's, not an engine's. */
export interface QueueAdmin {
  /** Accounts that transfers are queued or waiting for; undefined stands for those that name none. */
  accountsWithWork(): (string | undefined)[]
  /** Unfinished transfers of this account go up with whichever account is in use. Returns how many. */
  disown(identity: string): number
  counts(filter: TransferFilter): TransferCounts
  /** Those in the list. */
  listedCounts(): TransferCounts
  /** Queues blocked transfers again, as a person may have put right what was wrong. Returns how many. */
  requeueBlocked(account?: AccountScope): number
  /**
   * Sets all that is left to do to `queued` and adds it to `batchId`, with its checkpoints:
   * unfinished transfers (queued, preparing, sending, finishing, waiting), blocked ones, and with
   * `failed` the failed ones. The rest (paused, cancelled, skipped, done) is left alone. For a
   * start: no transfer may be running. Returns how many.
   */
  takeUp(batchId: string, which: { failed: boolean }): number
}

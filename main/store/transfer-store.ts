import type { RecordBatches } from '#main/destination/ports.ts'
import type { RunStore } from '#main/engine/ports.ts'
import { createAttachMethods } from './attach-store.ts'
import { createBatchMethods } from './batch-store.ts'
import { CallTally } from './call-tally.ts'
import { createCheckpointMethods } from './checkpoint-store.ts'
import type { Database } from './late-statements.ts'
import { createOutcomeMethods } from './outcome-store.ts'
import type { QueueAdmin } from './queue-admin.ts'
import { createQueueReads } from './queue-reads.ts'
import { createQueueWrites } from './queue-writes.ts'

/** The queue, its checkpoints and its receipts. */
export interface TransferStore extends RunStore, RecordBatches, QueueAdmin {}

/** Opens the queue in a database. */
export function createTransferStore(database: Database): TransferStore {
  const calls = new CallTally()
  return {
    ...createQueueWrites(database, calls),
    ...createQueueReads(database),
    ...createCheckpointMethods(database, calls),
    ...createOutcomeMethods(database, calls),
    ...createAttachMethods(database, calls),
    ...createBatchMethods(database),
  }
}

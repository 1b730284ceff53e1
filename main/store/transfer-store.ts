import type { DatabaseSync } from 'node:sqlite'
import type { TransferStore } from '#main/engine/ports.ts'
import { createAttachMethods } from './attach-store.ts'
import { createBatchMethods } from './batch-store.ts'
import { createCheckpointMethods } from './checkpoint-store.ts'
import { createOutcomeMethods } from './outcome-store.ts'
import { createQueueReads } from './queue-reads.ts'
import { createQueueWrites } from './queue-writes.ts'

/** The queue, its checkpoints and its receipts, in one database. */
export function createTransferStore(database: DatabaseSync): TransferStore {
  return {
    ...createQueueWrites(database),
    ...createQueueReads(database),
    ...createCheckpointMethods(database),
    ...createOutcomeMethods(database),
    ...createAttachMethods(database),
    ...createBatchMethods(database),
  }
}

import type { RecordBatch } from '#shared/model/transfer.ts'

/** Records of a Base that are written together. Every method is synchronous, and durable when it returns. */
export interface RecordBatches {
  /** The records of these transfers are written together from now on: batch and places in one commit. */
  openBatch(batch: RecordBatch): void
  /** Undefined when it was settled. */
  recordBatch(clientToken: string): RecordBatch | undefined
  /** All its records are made: each place that is still waiting for one knows, and the batch is forgotten. */
  batchMade(clientToken: string, recordIds: readonly (string | undefined)[]): void
  /**
   * It certainly was not carried out, and each record is made by itself.
   * @param mayBeThere an earlier try was not answered: each is looked for before it is made
   */
  dissolveBatch(clientToken: string, mayBeThere: boolean): void
}

import type { FollowStep, RemotePlace } from '#shared/model/follow.ts'
import type { Destination, RecordBatch } from '#shared/model/transfer.ts'

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

/** The progress of the steps of rules that follow. Every method is synchronous, and durable when it returns. */
export interface FollowOutcomes {
  note(
    id: number,
    state: FollowStep['state'],
    end?: { readonly endedAtMs: number; readonly error: FollowStep['error'] },
  ): void
  /**
   * The file of a step lies there now, and is called so, for all local files that are up through it.
   * @param atMs by the clock here
   * @param atServerMs by Feishu's; undefined: it is not known, or a colleague has changed the file before
   */
  moved(
    step: FollowStep,
    destination: Destination,
    to: RemotePlace,
    atMs: number,
    atServerMs: number | undefined,
  ): void
  /** A step is done. */
  done(step: FollowStep, endedAtMs: number): void
  /** A folder of ours is another one now, with all that lies in it, and the step is done. */
  folderMoved(
    step: FollowStep,
    moved: {
      readonly destination: Destination
      readonly identity: string
      readonly folderToken: string
      readonly parentToken: string
    },
    endedAtMs: number,
  ): void
  /**
   * The file is in the recycle bin: no local file is up through it, and each is new if it comes back. The step is
   * done.
   */
  trashed(step: FollowStep, destination: Destination, endedAtMs: number): void
  /** When we changed a file in Feishu last, by Feishu's clock; undefined when it is not known. */
  changedAtMs(fileToken: string): number | undefined
}

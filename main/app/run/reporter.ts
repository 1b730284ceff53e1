import type { LiveState } from '#shared/contract/live-state.ts'
import type { TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Preview } from '#shared/model/preview.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type {
  WaitingReason,
  WatchProblem,
  WatchRule,
  WatchState,
} from '#shared/model/watch-rule.ts'
import type { Hold, Progress, TransferNote } from '#shared/model/work.ts'
import type { CallCounts } from '#shared/transfer/call-cost.ts'
import type { QueuePlan } from '#shared/transfer/plan-queue.ts'

export interface Summary {
  readonly done: number
  readonly failed: number
  readonly skipped: number
  readonly unfinished: number
}

/** Unfinished files, by the command that takes them up. */
export interface Unfinished {
  /** In the queue, and nothing stands in the way. */
  readonly queued: number
  /** In the queue, and a person has to do something first. */
  readonly blocked: number
  /** In a watched folder, and not ready to be queued. */
  readonly unsettled: number
  /** Failed, and up or not: only a person can tell. */
  readonly uncertain: number
}

/** The totals of a dry run. */
export interface PlanTotals {
  readonly upload: number
  readonly resume: number
  readonly skip: number
  readonly fail: number
  /** Of the files that would go up. */
  readonly sizeBytes: number
  readonly calls: CallCounts
  /** The work of each day, and the time at which all is up. */
  readonly plan: QueuePlan
}

/** The figures that a window would show. */
export interface WorkProgress {
  look(): LiveState['overall']
  /** Returns the bytes of a file that have moved. */
  movedBytes(transfer: Transfer): number
}

/** Is told what happens during a command. */
export interface Reporter {
  /** A transfer has this state now. */
  transfer(transfer: Transfer): void
  /** A file that was asked for is up already and has not changed. */
  unchanged(copy: Copy): void
  /** Reports that an upload resumes where it stopped, or starts from scratch. */
  note(note: TransferNote): void
  progress(progress: Progress): void
  /** Work begins, and this tells at any time how far it is. */
  working(progress: WorkProgress): void
  waiting(hold: Hold): void
  /** A watch rule has this state now. */
  rule(rule: WatchRule, state: WatchState, to: PlaceName): void
  /** Reports a problem that keeps files of a rule from being uploaded. */
  ruleProblem(problem: WatchProblem): void
  /** A file that was looked at once, and is not ready to be uploaded. */
  unsettled(path: string, reason: WaitingReason): void
  /** Reports what would become of a file. */
  plan(preview: Preview, to: PlaceName): void
  planTotals(totals: PlanTotals): void
  /** Reports that the command as a whole cannot continue, or could not begin. */
  problem(error: TransferError): void
  summary(summary: Summary, unfinished: Unfinished): void
}

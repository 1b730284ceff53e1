import type { Tally } from '#main/store/amount-reads.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import { type DayCalls, planQueue, type QueuePlan } from '#shared/transfer/plan-queue.ts'
import { isWithin, type WorkHours } from '#shared/transfer/work-hours.ts'
import { type Load, plus } from '#shared/transfer/work-size.ts'
import { estimate, SteadyEta } from './eta.ts'
import type { ProgressTracker } from './progress-tracker.ts'
import { Round } from './round.ts'
import { addWork, NO_WORK, workAhead } from './work-ahead.ts'

/** Reasons that hold the work back besides its own time. */
interface PlanLimits {
  /** Calls that are left of today, and those of a later day. */
  readonly calls: { readonly today: DayCalls; readonly daily: DayCalls }
  readonly hours: WorkHours | null
  /** The quota of the month is used up until then. */
  readonly notBeforeMs?: number | undefined
  /** Small files may go in parts when their own calls are used up. */
  readonly smallInParts: boolean
}

/** The queue at one moment. */
export interface QueueMoment {
  readonly nowMs: number
  readonly steadyMs: number
  readonly tallies: readonly Tally[]
  /** The acknowledged part of the files that are ahead. */
  readonly acknowledged: Load
  /** True when nothing moves, and when it will again is not known. */
  readonly stuck: boolean
  readonly limits: PlanLimits
}

/**
 * The one model of progress, speed and time left. The header, the tray and the command show it, and
 * rows show the same tracker's figures of their files.
 */
export class OverallProgress {
  readonly #moving: ProgressTracker
  readonly #round = new Round()
  readonly #eta = new SteadyEta()

  constructor(moving: ProgressTracker) {
    this.#moving = moving
  }

  at(moment: QueueMoment): LiveState['overall'] {
    const moving = this.#moving
    const { nowMs, steadyMs, tallies, acknowledged, stuck } = moment
    const shown = plus(acknowledged, moving.shown(steadyMs))
    const figures = this.#round.figures(tallies, shown, moving.restarts, steadyMs)
    const { done, skipped, failed, ahead, fall } = figures
    // While the day's quota is used up nothing moves, and yet the end can be told.
    const isPaceKnown = mustWait(moment) || moving.pace.recent(steadyMs) !== undefined
    const plan = isPaceKnown ? this.plan(moment) : undefined
    const eta = estimate({ files: ahead.files, stuck, plan })
    return {
      round: figures.round,
      doneFiles: done.files,
      skippedFiles: skipped.files,
      failedFiles: failed.files,
      aheadFiles: ahead.files,
      totalFiles: done.files + skipped.files + failed.files + ahead.files,
      sentBytes: figures.sentBytes,
      totalBytes: figures.totalBytes,
      share: figures.share,
      isBoundByCalls: figures.isBoundByCalls,
      fall: fall ?? null,
      bytesPerSecond: moving.bytesPerSecond(steadyMs),
      eta: this.#eta.next(eta, nowMs),
    }
  }

  /** The queue by days, by what was learnt so far of how long work takes. */
  plan({ nowMs, tallies, acknowledged, limits }: QueueMoment, more = NO_WORK): QueuePlan {
    const { reached, pace } = this.#moving
    const { calls, ...others } = limits
    const ahead = addWork(workAhead(tallies, plus(acknowledged, reached)), more)
    return planQueue({ nowMs, ahead, cost: pace.cost, ...others, ...calls })
  }
}

/** Checks whether nothing may go now: every call of what is ahead has to wait for a known time. */
function mustWait({ nowMs, tallies, acknowledged, limits }: QueueMoment): boolean {
  const { hours, notBeforeMs = 0, calls } = limits
  if (notBeforeMs > nowMs || (hours !== null && !isWithin(hours, new Date(nowMs)))) return true
  const { wholeFiles, parts } = workAhead(tallies, acknowledged)
  const { today } = calls
  return (wholeFiles <= 0 || today.whole <= 0) && (parts <= 0 || today.parts <= 0)
}

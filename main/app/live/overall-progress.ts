import type { Tally } from '#main/store/queue-windows.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import { type Load, minus, plus } from '#shared/transfer/work-size.ts'
import { estimate, SteadyEta } from './eta.ts'
import type { ProgressTracker } from './progress-tracker.ts'
import { Round } from './round.ts'

/** The queue at one moment. */
export interface QueueMoment {
  readonly nowMs: number
  readonly steadyMs: number
  readonly tallies: readonly Tally[]
  /** The acknowledged part of the files that are ahead. */
  readonly acknowledged: Load
  /** True when nothing moves, and when it will again is not known. */
  readonly stuck: boolean
  /** Calls left today; null: that is not known. */
  readonly callsLeft: number | null
  readonly quotaResetsAtMs: number
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
    const { nowMs, steadyMs, tallies, acknowledged, stuck, callsLeft, quotaResetsAtMs } = moment
    const begun = {
      shown: plus(acknowledged, moving.shown(steadyMs)),
      reached: plus(acknowledged, moving.reached),
    }
    const figures = this.#round.figures(tallies, begun.shown, moving.restarts, steadyMs)
    const { done, skipped, failed, ahead, fall } = figures
    const left = minus(ahead, begun.reached)
    // While the day's quota is used up nothing moves, and yet the end can be told.
    const isPaceKnown = callsLeft === 0 || moving.pace.recent(steadyMs) !== undefined
    const eta = estimate({
      ...{ nowMs, stuck, callsLeft, quotaResetsAtMs, files: ahead.files, calls: left.calls },
      workMs: isPaceKnown ? moving.pace.expectedMs(left) : undefined,
    })
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
}

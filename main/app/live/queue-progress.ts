import type { Clock } from '#main/lib/clock.ts'
import type { Tally } from '#main/store/amount-reads.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { MOST_PLANNED_DAYS } from '#shared/contract/app-channels.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import type { QueuePlan } from '#shared/transfer/plan-queue.ts'
import type { WorkHours } from '#shared/transfer/work-hours.ts'
import type { Worker } from '../accounts/worker.ts'
import { rememberMoved } from './moved-memo.ts'
import { OverallProgress, type QueueMoment } from './overall-progress.ts'
import type { ProgressTracker } from './progress-tracker.ts'
import type { QuotaToday } from './quota-today.ts'
import { NO_WORK } from './work-ahead.ts'

export interface QueueProgressOptions {
  readonly stores: Pick<Stores, 'windows' | 'memos'>
  readonly worker: Pick<Worker, 'events' | 'state'>
  readonly moving: ProgressTracker
  readonly clock: Clock
  readonly quota: () => Pick<QuotaToday, 'calls' | 'notBeforeMs'>
  /** The hours that the person has set; absent: at any time. */
  readonly hours?: () => WorkHours | null
  /** The limit for files in one call that is set; absent: none. */
  readonly singleCallLimit?: () => SingleCallLimit | undefined
  /** Only transfers of this batch; absent: all. */
  readonly batchId?: string | undefined
}

/** The disk hears of what is on its way at most so often. */
const TELL_EVERY_MS = 1_000

/** The progress of the queue that a worker is at work on. */
export class QueueProgress {
  readonly #options: QueueProgressOptions
  readonly #model: OverallProgress
  #toldAtMs = Number.NEGATIVE_INFINITY

  constructor(options: QueueProgressOptions) {
    const { worker, moving, clock } = options
    this.#options = options
    this.#model = new OverallProgress(moving)
    worker.events.on('progress', (progress) => {
      moving.progress(progress, clock.steadyMs())
      this.#tell()
    })
    worker.events.on('transfer', (transfer) => moving.transfer(transfer, clock.steadyMs()))
    worker.events.on('part', ({ id, seq, step }) => moving.part(id, seq, step === 'under-way'))
    worker.events.on('changed', () => {
      if (worker.state(true).kind !== 'working') moving.still()
    })
    // Opens the first round, also if no page looks.
    this.look()
  }

  look(): LiveState['overall'] {
    return this.#model.at(this.#moment)
  }

  /** The queue by days. @param more work beside what is in the queue */
  planWith(more = NO_WORK): QueuePlan {
    return this.#model.plan(this.#moment, more)
  }

  /** The queue by days for a person; null: nothing is ahead, or when it continues is not known. */
  get forecast() {
    const { aheadFiles } = this.look()
    if (aheadFiles === 0 || this.#isStuck) return null
    const { days, doneAtMs = null } = this.planWith()
    return {
      files: aheadFiles,
      days: days.slice(0, MOST_PLANNED_DAYS).map(({ fromMs, wholeFiles, parts, bytes }) => ({
        ...{ fromMs, wholeFiles, parts, bytes },
      })),
      doneAtMs,
    }
  }

  /** The limits of a file in parts. */
  get partLimits() {
    const { today, daily } = this.#options.quota().calls
    const { cost } = this.#options.moving.pace
    const hours = this.#options.hours?.() ?? null
    return { today: today.parts, daily: daily.parts, cost, hours }
  }

  get #moment(): QueueMoment {
    const { stores, clock, batchId, hours, quota, singleCallLimit } = this.#options
    const { calls, notBeforeMs } = quota()
    return {
      nowMs: clock.nowMs(),
      steadyMs: clock.steadyMs(),
      tallies: this.#tallies,
      acknowledged: stores.windows.sentOfUnfinished(batchId),
      stuck: this.#isStuck,
      limits: {
        calls,
        notBeforeMs,
        hours: hours?.() ?? null,
        smallInParts: (singleCallLimit?.() ?? 'auto') === 'auto',
      },
    }
  }

  movedBytes(transfer: Transfer): number {
    const { moving, clock } = this.#options
    return moving.movedBytes(transfer, clock.steadyMs())
  }

  #tell(): void {
    const { stores, moving, clock } = this.#options
    const steadyMs = clock.steadyMs()
    if (steadyMs < this.#toldAtMs + TELL_EVERY_MS) return
    this.#toldAtMs = steadyMs
    rememberMoved(stores.memos, moving.movedById(steadyMs))
  }

  /** A failure that was cleared from the list is of no interest any more. */
  get #tallies(): Tally[] {
    const { stores, batchId } = this.#options
    const { windows } = stores
    const all = windows.tallies(batchId)
    if (batchId !== undefined) return all
    return [
      ...all.filter(({ kind }) => kind !== 'failed'),
      ...windows.listedTallies().filter(({ kind }) => kind === 'failed'),
    ]
  }

  /** True when nothing moves, and when it will again is not known. */
  get #isStuck(): boolean {
    const { kind, pausedBy } = this.#options.worker.state(true)
    // The hours that a person has set are part of the plan.
    return kind !== 'working' && !(kind === 'paused' && pausedBy === 'schedule')
  }
}

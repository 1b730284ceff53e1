import type { Clock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { errorInfo } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { AccountKeeper } from '../accounts/account-keeper.ts'
import type { SignIns } from '../accounts/sign-ins.ts'
import type { Worker } from '../accounts/worker.ts'
import type { HandedFiles } from '../adding/handed-files.ts'
import type { QueueFiller } from '../adding/queue-filler.ts'
import type { QueueActions } from '../api/queue-actions.ts'
import { countsOf, TAB_KINDS } from '../api/tabs.ts'
import type { ScheduleKeeper } from '../schedule.ts'
import type { Watching } from '../watching/watching.ts'
import { BatchProgress } from './batch-progress.ts'
import { estimate, SteadyEta } from './eta.ts'
import type { LiveSource } from './live-publisher.ts'
import type { ProgressTracker } from './progress-tracker.ts'
import { quotaToday } from './quota-today.ts'

export interface LiveViewOptions {
  readonly stores: Stores
  readonly worker: Worker
  readonly moving: ProgressTracker
  readonly clock: Clock
  readonly row: (transfer: Transfer) => TransferRow
  readonly account: AccountKeeper
  readonly filling: QueueFiller
  readonly actions: QueueActions
  readonly offers: HandedFiles
  readonly signIns: SignIns
  readonly watching: Watching
  readonly schedule: ScheduleKeeper
}

/** There are never more runs than a few dozen. */
const MOST_AT_WORK = 200

/** The live state, put together from those who know. */
export class LiveView implements LiveSource {
  readonly #options: LiveViewOptions
  readonly #round = new BatchProgress()
  readonly #eta = new SteadyEta()

  constructor(options: LiveViewOptions) {
    this.#options = options
  }

  row(id: string): TransferRow | undefined {
    const transfer = this.#options.stores.transfers.get(id)
    return transfer && this.#options.row(transfer)
  }

  state(revision: number): LiveState {
    const { stores, worker, clock, filling, actions, offers, watching } = this.#options
    const nowMs = clock.nowMs()
    const counts = countsOf(stores.windows.listedTallies())
    const hasWork = counts.byTab.active + counts.byState.queued + counts.byState.waiting > 0
    const engine = this.#engine(hasWork)
    const quota = quotaToday(stores, nowMs)
    const { hold } = worker
    return {
      counts,
      overall: this.#overall(engine.kind !== 'working', quota, nowMs),
      engine,
      waiting:
        hold === undefined
          ? null
          : { reason: hold.reason, untilMs: hold.untilMs, error: errorInfo(hold.error, nowMs) },
      adding: filling.adding,
      added: filling.added,
      bulk: actions.bulk,
      accounts: this.#accounts(),
      rules: watching.live,
      callsLeft: engine.kind === 'no-account' ? null : quota.left,
      offered: offers.view,
      revision,
      rows: Object.fromEntries(this.#atWork().map((row) => [row.id, row])),
    }
  }

  /** Calls that what is in the queue will cost. */
  get callsAhead(): number {
    return this.#round.figures(this.#options.stores.windows.tallies()).ahead.calls
  }

  #accounts(): LiveState['accounts'] {
    const { account, worker, signIns } = this.#options
    const troubles = worker.troubles.map((trouble) => ({
      ...trouble,
      name: account.nameOf(trouble.identity),
    }))
    return { revision: account.revision, troubles, signIn: signIns.view }
  }

  #engine(hasWork: boolean): LiveState['engine'] {
    const engine = this.#options.worker.state(hasWork)
    const atMs = engine.pausedBy === 'schedule' ? this.#options.schedule.goesOnAtMs : undefined
    return atMs === undefined ? engine : { ...engine, goesOnAtMs: atMs }
  }

  #overall(
    stuck: boolean,
    quota: { left: number; resetsAtMs: number },
    nowMs: number,
  ): LiveState['overall'] {
    const { windows } = this.#options.stores
    const { moving, clock } = this.#options
    const { done, ahead } = this.#round.figures(windows.tallies())
    const totalBytes = done.bytes + ahead.bytes
    const sent = windows.sentOfUnfinished() + moving.allInFlightBytes
    const sentBytes = Math.min(totalBytes, done.bytes + sent)
    const speed = moving.overall(clock.steadyMs())
    const eta = estimate({
      nowMs,
      files: ahead.files,
      bytes: totalBytes - sentBytes,
      calls: ahead.calls,
      bytesPerSecond: speed.reckonedBytesPerSecond,
      filesPerSecond: speed.filesPerSecond,
      movingForMs: speed.movingForMs,
      stuck,
      callsLeft: quota.left,
      quotaResetsAtMs: quota.resetsAtMs,
    })
    return {
      doneFiles: done.files,
      totalFiles: done.files + ahead.files,
      sentBytes,
      totalBytes,
      bytesPerSecond: speed.bytesPerSecond,
      eta: this.#eta.next(eta, nowMs),
    }
  }

  #atWork(): TransferRow[] {
    const { stores, row } = this.#options
    const window = { search: '', order: 'queue', descending: false, offset: 0 } as const
    return stores.windows
      .window({ ...window, kinds: TAB_KINDS.active, limit: MOST_AT_WORK })
      .map(row)
  }
}

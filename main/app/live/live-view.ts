import type { Clock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { errorInfo } from '#shared/errors/transfer-error.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Destination, Transfer } from '#shared/model/transfer.ts'
import { IN_QUEUE } from '#shared/transfer/state-kinds.ts'
import type { AccountKeeper } from '../accounts/account-keeper.ts'
import type { Registrations } from '../accounts/registrations.ts'
import type { SignIns } from '../accounts/sign-ins.ts'
import type { Worker } from '../accounts/worker.ts'
import type { HandedFiles } from '../adding/handed-files.ts'
import type { QueueFiller } from '../adding/queue-filler.ts'
import type { QueueActions } from '../api/queue-actions.ts'
import { countsOf, TAB_KINDS } from '../api/tabs.ts'
import type { ScheduleKeeper } from '../schedule.ts'
import type { Watching } from '../watching/watching.ts'
import { commonFailures } from './common-failures.ts'
import type { GroupView } from './group-view.ts'
import type { LiveSource } from './live-publisher.ts'
import type { QueueProgress } from './queue-progress.ts'
import type { QuotaToday } from './quota-today.ts'

export interface LiveViewOptions {
  readonly stores: Stores
  readonly worker: Worker
  readonly progress: QueueProgress
  readonly clock: Clock
  readonly row: (transfer: Transfer) => TransferRow
  readonly nameOf: (destination: Destination) => PlaceName
  readonly groups: Pick<GroupView, 'atWork'>
  readonly account: AccountKeeper
  readonly filling: QueueFiller
  readonly actions: QueueActions
  readonly offers: HandedFiles
  readonly signIns: SignIns
  readonly registrations: Registrations
  readonly watching: Watching
  readonly schedule: ScheduleKeeper
  readonly quota: () => Pick<QuotaToday, 'left'>
}

/** There are never more runs than a few dozen. */
const MOST_AT_WORK = 200

/** The live state, put together from those who know. */
export class LiveView implements LiveSource {
  readonly #options: LiveViewOptions

  constructor(options: LiveViewOptions) {
    this.#options = options
  }

  row(id: string): TransferRow | undefined {
    const transfer = this.#options.stores.transfers.get(id)
    return transfer && this.#options.row(transfer)
  }

  state(revision: number): LiveState {
    const { stores, worker, clock, filling, actions, offers, watching, progress } = this.#options
    const nowMs = clock.nowMs()
    const counts = countsOf(stores.windows.listedTallies())
    const hasWork = counts.byTab.active + counts.byState.queued + counts.byState.waiting > 0
    const engine = this.#engine(hasWork)
    const { hold } = worker
    return {
      counts,
      overall: progress.look(),
      groups: this.#options.groups.atWork(),
      failures: commonFailures(stores.windows.troubles(), this.#options.nameOf),
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
      callsLeft: engine.kind === 'no-account' ? null : this.#options.quota().left,
      offered: offers.view,
      revision,
      rows: Object.fromEntries(this.#atWork().map((row) => [row.id, row])),
    }
  }

  /** Calls that what is in the queue will cost. */
  get callsAhead(): number {
    const { windows } = this.#options.stores
    const ahead = windows.tallies().filter(({ kind }) => IN_QUEUE.includes(kind))
    const calls = ahead.reduce((sum, { calls }) => sum + calls, 0)
    return Math.max(0, Math.round(calls - windows.sentOfUnfinished().calls))
  }

  #accounts(): LiveState['accounts'] {
    const { account, worker, signIns, registrations } = this.#options
    const troubles = worker.troubles.map((trouble) => ({
      ...trouble,
      name: account.nameOf(trouble.identity),
    }))
    const { view: registration } = registrations
    return { revision: account.revision, troubles, signIn: signIns.view, registration }
  }

  #engine(hasWork: boolean): LiveState['engine'] {
    const engine = this.#options.worker.state(hasWork)
    const atMs = engine.pausedBy === 'schedule' ? this.#options.schedule.goesOnAtMs : undefined
    return atMs === undefined ? engine : { ...engine, goesOnAtMs: atMs }
  }

  #atWork(): TransferRow[] {
    const { stores, row } = this.#options
    const window = { search: [], order: 'queue', descending: false, offset: 0 } as const
    return stores.windows
      .window({ ...window, kinds: TAB_KINDS.active, limit: MOST_AT_WORK })
      .map(row)
  }
}

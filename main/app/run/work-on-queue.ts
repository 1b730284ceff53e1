import { rememberedUplink } from '#main/engine/uplink.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { isAboutRights } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination, Transfer } from '#shared/model/transfer.ts'
import type { WorkEnd } from '#shared/model/work.ts'
import { IN_QUEUE } from '#shared/transfer/state-kinds.ts'
import { assumedCost } from '#shared/transfer/work-cost.ts'
import { AccountKeeper } from '../accounts/account-keeper.ts'
import { type Actor, accountsOf } from '../accounts/actor.ts'
import { Worker } from '../accounts/worker.ts'
import { ProgressTracker } from '../live/progress-tracker.ts'
import { QueueProgress } from '../live/queue-progress.ts'
import { quotaToday } from '../live/quota-today.ts'
import type { WorkLog } from '../log-work.ts'
import { type Connection, type OpenHome, openHome } from '../open-engine.ts'
import type { AppSession } from '../session.ts'
import { candidatesOf } from '../settle-uncertain.ts'
import { everyTransfer } from '../unfinished.ts'
import { withLimitsOfPerson } from './limits-of-person.ts'
import type { Reporter, Summary, Unfinished } from './reporter.ts'

export interface QueueWork extends Omit<AppSession, 'env'> {
  /** Acts for what is asked for now; other accounts take up what they left. */
  readonly actor: Actor
  /** Further accounts that get work while it runs. */
  readonly accounts?: readonly string[]
  /** The command line's own name for what it does, without arguments that may be private. */
  readonly command: string
  /** Fills the queue before the work begins. */
  fillQueue(open: Fillable): Promise<Filled>
  /** Keeps filling the queue while the worker works, until its `noMore`. */
  keepFilling?(stores: Stores, worker: Worker): Filling
  /** Destinations that will be named to a person. */
  readonly places?: readonly Destination[]
}

/** The outcome of work on the queue. */
export interface WorkResult {
  readonly end: WorkEnd
  readonly failed: number
  readonly unfinished: Unfinished
  /** A right or a sign-in was missing for some file. */
  readonly aboutRights: boolean
}

export interface Filled {
  /** The batch to work on; undefined: everything. */
  readonly batchId?: string
  /** Files that needed nothing. */
  readonly unchanged: number
  /** Files of the batch that no one has allowed to be uploaded. */
  readonly refused?: number
}

/** The means to fill the queue: the home's state, and questions as the acting account. */
export interface Fillable {
  readonly stores: Stores
  readonly checkPlace: Connection['checkPlace']
}

/** Fills the queue while the worker works. */
export interface Filling {
  /** Files that could not be queued, for good or for now. */
  close(): Promise<{ failed: number; unsettled: number }>
}

/** Calls in flight may come back for so long after an interruption; their acknowledgements count. */
const STOP_GRACE_MS = 1_000

/** Opens the home, works until all is settled or interrupted, reports, and closes everything. */
export async function workOnQueue(asked: QueueWork): Promise<WorkResult> {
  const { reporter, interrupted, log, command, version } = asked
  const home = openHome({ ...asked.settings, command, version })
  log.scope('command').info('begins', { command, version, pid: process.pid })
  let connection: Connection | undefined
  try {
    const settings = await withLimitsOfPerson(asked.settings, home.policy)
    const work = { ...asked, settings }
    connection = home.connect({ ...settings, ...work.actor }, log)
    const { checkPlace } = connection
    const filled = await fillUnlessInterrupted(work, {
      stores: home.stores,
      checkPlace,
    })
    const { batchId } = filled
    const filter = { ...(batchId !== undefined && { batchId }) }
    const seen = observer(reporter)
    const worker = openWorker(work, home, connection, filter)
    try {
      const progress = new QueueProgress({
        ...{ worker, batchId, stores: home.stores, clock: systemClock },
        singleCallLimit: () => settings.singleCallLimit,
        moving: new ProgressTracker(assumedCost(rememberedUplink(home.stores.memos))),
        quota: () =>
          quotaToday(home.stores, systemClock.nowMs(), {
            callsPerDay: settings.callsPerDay,
            hold: worker.hold,
          }),
      })
      seen.listenTo(worker)
      reporter.working(progress)
      const filling = work.keepFilling?.(home.stores, worker)
      const learning = work.places && learnNames(connection, work.places, log)
      const end = await workUntil(worker, interrupted)
      const left = await filling?.close()
      await learning?.close()
      if ('error' in end) reporter.problem(end.error)
      const { summary, unfinished } = summarise(home.stores.transfers, filter, filled, left)
      reporter.summary(summary, unfinished)
      log.scope('command').info('ends', { command, ...summary })
      return { end, failed: summary.failed, unfinished, aboutRights: seen.aboutRights }
    } finally {
      await worker.close(0)
    }
  } finally {
    await connection?.close()
    home.close()
  }
}

/** A worker for the account that acts now, and for each other account of the home that left work or gets some. */
function openWorker(
  { settings, actor, accounts = [], keepFilling, log, reporter }: QueueWork,
  home: OpenHome,
  connection: Connection,
  filter: { readonly batchId?: string },
): Worker {
  const keeper = new AccountKeeper({
    store: accountsOf({ settings }),
    fromEnvironment: actor.account === undefined ? actor.credentials : undefined,
    acting: actor.account,
    baseUrl: actor.baseUrl,
  })
  return new Worker({
    clock: systemClock,
    transfers: home.stores.transfers,
    until: {
      ...filter,
      longestWaitMs: settings.longestWaitMs,
      moreToCome: keepFilling !== undefined,
      accounts,
    },
    members: () => keeper.members(),
    async connect({ identity, baseUrl, credentials }) {
      if (identity === actor.identity) return connection
      return home.connect({ ...settings, baseUrl, credentials: await credentials() }, log)
    },
    onFault(error) {
      if (!(error instanceof TransferError)) throw error
      reporter.problem(error)
    },
  })
}

/** Has the names of destinations read meanwhile; nothing waits for them. */
function learnNames(connection: Connection, places: readonly Destination[], log: WorkLog) {
  const over = new AbortController()
  const learned = connection.learnNames(places, over.signal).catch((error: unknown) => {
    if (!over.signal.aborted) log.scope('command').warn('names', { error: String(error) })
  })
  return {
    async close() {
      over.abort()
      await learned
    },
  }
}

async function fillUnlessInterrupted(work: QueueWork, open: Fillable): Promise<Filled> {
  try {
    return await work.fillQueue(open)
  } catch (error) {
    if (!work.interrupted.aborted) throw error
    return { unchanged: 0 }
  }
}

/** Passes on what happens, and remembers whether rights were ever the trouble. */
function observer(reporter: Reporter) {
  const seen = {
    aboutRights: false,
    transfer(transfer: Transfer) {
      const { state } = transfer
      if (state.kind === 'failed' || state.kind === 'blocked') {
        seen.aboutRights ||= isAboutRights(state.error)
      }
      reporter.transfer(transfer)
    },
    listenTo({ events }: Worker) {
      events.on('transfer', seen.transfer)
      events.on('note', (note) => reporter.note(note))
      events.on('progress', (progress) => reporter.progress(progress))
      events.on('waiting', (hold) => reporter.waiting(hold))
    },
  }
  return seen
}

async function workUntil(worker: Worker, interrupted: AbortSignal): Promise<WorkEnd> {
  const stop = () => void worker.close(STOP_GRACE_MS)
  if (interrupted.aborted) stop()
  interrupted.addEventListener('abort', stop, { once: true })
  const end = await worker.work()
  interrupted.removeEventListener('abort', stop)
  return end
}

function summarise(
  store: Stores['transfers'],
  filter: { batchId?: string },
  { unchanged, refused = 0 }: Filled,
  left = { failed: 0, unsettled: 0 },
): { summary: Summary; unfinished: Unfinished } {
  const { byState } = store.counts(filter)
  const queued = IN_QUEUE.reduce((sum, kind) => sum + byState[kind], 0)
  const { blocked } = byState
  const { unsettled } = left
  const failed = everyTransfer(store, { ...filter, kinds: ['failed'] })
  const uncertain = [...failed].filter((each) => candidatesOf(each) !== undefined).length
  const summary = {
    done: byState.done,
    failed: byState.failed + left.failed + refused,
    skipped: byState.skipped + unchanged - refused,
    unfinished: queued + blocked + unsettled,
  }
  return { summary, unfinished: { queued, blocked, unsettled, uncertain } }
}

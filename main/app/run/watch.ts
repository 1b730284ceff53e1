import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { placeNameIn } from '#main/destination/place-book.ts'
import { systemClock } from '#main/lib/clock.ts'
import { openRules } from '#main/store/rule-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { type Brand, brandOfHost } from '#shared/model/account.ts'
import type { FollowStanding } from '#shared/model/follow.ts'
import type { WatchRule, WatchState } from '#shared/model/watch-rule.ts'
import type { Language } from '#shared/text/language.ts'
import { chooseActor } from '../accounts/actor.ts'
import type { Worker } from '../accounts/worker.ts'
import type { AppSession } from '../session.ts'
import { retryFailed } from '../unfinished.ts'
import { previewFollow } from '../watching/preview-follow.ts'
import { previewWatch } from '../watching/preview-watch.ts'
import { putRule, ruleOnTrial, type WatchedFolder } from '../watching/put-rule.ts'
import { Watching } from '../watching/watching.ts'
import { dryRun } from './dry-run.ts'
import type { PlanTotals } from './reporter.ts'
import { takeUpUnfinished } from './take-up-unfinished.ts'
import { openUnattended } from './unattended.ts'
import { type Filling, type WorkResult, workOnQueue } from './work-on-queue.ts'

export interface WatchWishes {
  /** One sweep of every rule; work ends when what it found is settled. */
  readonly once: boolean
  /** Uploads on metered connections as well, whatever the settings say. */
  readonly useMetered: boolean
  /** Of messages about trouble. */
  readonly language: Language
}

/**
 * Watches one folder, or all that have a rule.
 * @throws TransferError `no-rules`, or when there cannot be such a rule
 */
export async function watch(
  session: AppSession,
  folder: WatchedFolder | undefined,
  wishes: WatchWishes,
): Promise<WorkResult> {
  const { settings, log, reporter } = session
  const { once } = wishes
  const rules = openRules(settings.home)
  const chosen = folder && (await putRule(session, folder))
  const isMeant = ({ id }: WatchRule) => chosen === undefined || chosen.id === id
  const meant = rules.list().filter(isMeant)
  const active = meant.filter(({ enabled }) => enabled)
  if (active.length === 0) throw new TransferError('no-rules')
  const batchId = randomUUID()
  return workOnQueue({
    ...session,
    // No person waits for a watch: after any hold it continues.
    settings: once ? settings : { ...settings, longestWaitMs: Number.POSITIVE_INFINITY },
    actor: await chooseActor(session, brandOf(meant)),
    accounts: meant.flatMap(({ account }) => account ?? []),
    places: active.map(({ destination }) => destination),
    command: 'feidi watch',
    fillQueue: async ({ stores: { transfers } }) => {
      retryFailed(transfers, active, batchId, systemClock.nowMs())
      return takeUpUnfinished(transfers, batchId, reporter)
    },
    keepFilling: (stores, worker) => {
      const onFault = (_what: string, error: unknown) => {
        if (!(error instanceof TransferError)) throw error
        reporter.problem(error)
      }
      const clock = systemClock
      const context = { stores, rules, worker, batchId, isMeant, clock, log, onFault }
      const watching = new Watching(context)
      watching.events.on('queued', (transfers) => {
        for (const transfer of transfers) reporter.transfer(transfer)
      })
      watching.events.on('problem', (problem) => reporter.ruleProblem(problem))
      const tell = (rule: WatchRule, state: WatchState) =>
        reporter.rule(rule, state, placeNameIn(stores.memos, rule.destination))
      if (once) return lookOnce(session, watching, worker, tell)
      const keeping = openUnattended(session, { stores, worker, watching, wishes })
      return keepWatching(keeping, watching, worker, tell)
    },
  })
}

/** The result of one look, had it been taken. */
export interface WatchPlan {
  /** Undefined: it was interrupted. */
  readonly totals: PlanTotals | undefined
  /** The rules that follow, and what they would mean to do in Feishu. */
  readonly follow: readonly (readonly [WatchRule, FollowStanding])[]
}

/** Tells what one look would come to. */
export async function planWatch(
  session: AppSession,
  folder: WatchedFolder | undefined,
): Promise<WatchPlan> {
  const { settings, interrupted } = session
  const rules =
    folder === undefined ? openRules(settings.home).list() : [await ruleOnTrial(session, folder)]
  const active = rules.filter(({ enabled }) => enabled)
  if (active.length === 0) throw new TransferError('no-rules')
  const following = active.filter(({ follow }) => follow)
  let standings: readonly FollowStanding[] = []
  const totals = await dryRun(session, brandOf(active), async function* (open) {
    yield* previewWatch(open, active, interrupted)
    standings = await previewFollow(open, following, interrupted)
  })
  return { totals, follow: standings.map((standing, at) => [following[at] as WatchRule, standing]) }
}

/** Returns the brand these rules are for, where they agree: credentials of the environment do not say. */
function brandOf(rules: readonly WatchRule[]): Brand | undefined {
  const brands = new Set(rules.flatMap(({ account }) => (account ? brandOfHost(account) : [])))
  return brands.size === 1 ? [...brands][0] : undefined
}

type TellState = (rule: WatchRule, state: WatchState) => void

function lookOnce(
  { reporter, interrupted }: AppSession,
  watching: Watching,
  worker: Worker,
  tell: TellState,
): Filling {
  const left = { failed: 0, unsettled: 0 }
  watching.events.on('state', (rule, state) => {
    if (isTrouble(state)) tell(rule, state)
  })
  const look = async () => {
    // The steps of rules that follow are taken right after the look.
    if (watching.rules.some(({ follow }) => follow)) await worker.adjust()
    const { waiting, problems } = await watching.sweepOnce()
    // A rule tells its state when it comes to rest, which is right after the sweep.
    await nextTurn()
    if (interrupted.aborted) return
    // A folder that cannot be read has been named as a problem.
    const unsettled = waiting.filter(({ reason }) => reason !== 'unreadable')
    for (const { path, reason } of unsettled) reporter.unsettled(path, reason)
    const named = new Set(problems.map(({ ruleId }) => ruleId))
    const states = [...watching.states].filter(([id]) => !named.has(id))
    left.failed = problems.length + states.filter(([, state]) => isTrouble(state)).length
    left.unsettled = unsettled.length
    worker.noMore()
  }
  const looked = look()
  // `close` tells what went wrong.
  looked.catch(() => worker.noMore())
  watching.events.on('problem', ({ error: { code } }) => {
    // Our own state cannot be written. A watch tries again and again; a single look does not wait.
    if (code === 'disk-full' || code === 'store-failed') void watching.close()
  })
  return {
    async close() {
      await watching.close()
      await looked
      return left
    },
  }
}

const TROUBLES = new Set<WatchState['kind']>([
  'root-missing',
  'root-replaced',
  'no-permission',
  'not-answering',
  'unreadable',
])

/** Files that are there cannot be seen. */
function isTrouble({ kind }: WatchState): boolean {
  return TROUBLES.has(kind)
}

function keepWatching(
  unattended: { close(): void },
  watching: Watching,
  worker: Worker,
  tell: TellState,
): Filling {
  watching.events.on('state', tell)
  watching.events.on('fileChanged', () => worker.nudge())
  watching.start()
  return {
    async close() {
      unattended.close()
      await watching.close()
      return { failed: 0, unsettled: 0 }
    },
  }
}

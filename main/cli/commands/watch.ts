import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Worker } from '#main/app/accounts/worker.ts'
import { failedOf } from '#main/app/unfinished.ts'
import { followRules } from '#main/app/watching/follow-rules.ts'
import { type OpenWatch, openWatch } from '#main/app/watching/open-watch.ts'
import { previewWatch } from '#main/app/watching/preview-watch.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { openRules, type RuleStore } from '#main/store/rule-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { type Brand, brandOfHost } from '#shared/model/account.ts'
import type { WatchRule, WatchState } from '#shared/model/watch-rule.ts'
import { chooseActor } from '../actor.ts'
import { dryRun } from '../dry-run.ts'
import { EXIT, type ExitCode, exitCodeOf } from '../exit-code.ts'
import { putRule, ruleOnTrial } from '../put-rule.ts'
import type { RuleOptions } from '../rule-options.ts'
import type { Session } from '../session.ts'
import { takeUpUnfinished } from '../take-up-unfinished.ts'
import { type Filling, workOnQueue } from '../work-on-queue.ts'

export interface WatchOptions extends RuleOptions {
  readonly to?: string
  readonly once?: boolean
  readonly dryRun?: boolean
}

/** `feidi watch [DIR --to DEST]`: one folder, or all that have a rule. */
export async function watch(
  session: Session,
  dir: string | undefined,
  options: WatchOptions,
): Promise<ExitCode> {
  if (options.dryRun) return planWatch(session, dir, options)
  const { settings } = session
  const rules = openRules(settings.home)
  const chosen =
    dir === undefined ? undefined : await putRule(session, dir, withDestination(options))
  const isMeant = ({ id }: WatchRule) => chosen === undefined || chosen.id === id
  const meant = rules.list().filter(isMeant)
  if (!meant.some(({ enabled }) => enabled)) throw new TransferError('no-rules')
  const once = options.once ?? false
  const batchId = randomUUID()
  return workOnQueue({
    ...session,
    // Nobody waits for a watch: whatever holds it up, it goes on afterwards.
    settings: once ? settings : { ...settings, longestWaitMs: Number.POSITIVE_INFINITY },
    actor: await chooseActor(session, brandOf(meant)),
    accounts: meant.flatMap(({ account }) => account ?? []),
    command: 'feidi watch',
    fillQueue: async ({ stores: { transfers } }) => {
      transfers.enqueue(failedOf(transfers, meant), batchId, systemClock.nowMs())
      return takeUpUnfinished(transfers, batchId, session.reporter)
    },
    keepFilling: (stores, worker) => {
      const watched = { worker, session, stores, rules: meant, batchId }
      return once ? lookOnce(watched) : keepWatching(watched, rules, isMeant)
    },
  })
}

async function planWatch(
  session: Session,
  dir: string | undefined,
  options: WatchOptions,
): Promise<ExitCode> {
  const { settings, interrupted } = session
  const rules =
    dir === undefined
      ? openRules(settings.home).list()
      : [await ruleOnTrial(session, dir, withDestination(options))]
  const active = rules.filter(({ enabled }) => enabled)
  if (active.length === 0) throw new TransferError('no-rules')
  return dryRun(session, brandOf(active), (open) => previewWatch(open, active, interrupted))
}

function withDestination({ to, ...options }: WatchOptions) {
  if (to === undefined) throw new TransferError('usage', { detail: '--to' })
  return { ...options, to }
}

/** Whose servers these rules are for, where they agree: credentials of the environment do not say. */
function brandOf(rules: readonly WatchRule[]): Brand | undefined {
  const brands = new Set(rules.flatMap(({ account }) => (account ? brandOfHost(account) : [])))
  return brands.size === 1 ? [...brands][0] : undefined
}

interface Watched {
  readonly worker: Worker
  readonly session: Session
  readonly stores: Stores
  readonly rules: readonly WatchRule[]
  readonly batchId: string
}

/** One sweep of every rule; work ends when what it found is settled. */
function lookOnce(watched: Watched): Filling {
  const { session, worker } = watched
  const { reporter, interrupted } = session
  const watching = reportedWatch(watched, () => watched.rules, isTrouble)
  const left = { failed: 0, unsettled: 0 }
  const look = async () => {
    const { waiting, problems } = await watching.service.sweepOnce()
    // A rule tells its state when it comes to rest, which is right after the sweep.
    await nextTurn()
    if (interrupted.aborted) return
    // A folder that can not be read has been named as a problem.
    const unsettled = waiting.filter(({ reason }) => reason !== 'unreadable')
    for (const { path, reason } of unsettled) reporter.unsettled(path, reason)
    const named = new Set(problems.map(({ ruleId }) => ruleId))
    const states = [...watching.service.states()].filter(([id]) => !named.has(id))
    left.failed = problems.length + states.filter(([, state]) => isTrouble(state)).length
    left.unsettled = unsettled.length
    worker.noMore()
  }
  const looked = look()
  // Whatever went wrong with looking is said by `close`.
  looked.catch(() => worker.noMore())
  watching.service.events.on('problem', ({ error }) => {
    // Our own state can not be written. A watch tries again and again; a single look does not wait.
    if (exitCodeOf(error) === EXIT.resumable) void watching.close()
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

/** Files that are there can not be seen. */
function isTrouble({ kind }: WatchState): boolean {
  return TROUBLES.has(kind)
}

/** Watches until it is stopped. Rules that are added, changed or removed meanwhile are taken over. */
function keepWatching(
  watched: Watched,
  store: RuleStore,
  isMeant: (rule: WatchRule) => boolean,
): Filling {
  const { reporter } = watched.session
  let { rules } = watched
  const watching = reportedWatch(watched, () => rules)
  let changes = Promise.resolve()
  const failed = (error: unknown) => {
    if (!(error instanceof TransferError)) throw error
    reporter.problem(error)
  }
  const unfollow = followRules(store, {
    changed(all) {
      rules = all.filter(isMeant)
      changes = changes.then(() => watching.service.setRules(rules)).catch(failed)
      // Accounts are in the same file.
      watched.worker.nudge()
    },
    failed,
  })
  watching.start()
  return {
    async close() {
      unfollow()
      await changes
      await watching.close()
      return { failed: 0, unsettled: 0 }
    },
  }
}

function reportedWatch(
  watched: Watched,
  present: () => readonly WatchRule[],
  isNews: (state: WatchState) => boolean = () => true,
): OpenWatch {
  const { session, stores, worker, rules, batchId } = watched
  const { reporter } = session
  const watching = openWatch({
    stores,
    worker,
    rules,
    batchId,
    log: session.log,
    onQueued(transfers) {
      for (const transfer of transfers) reporter.transfer(transfer)
    },
  })
  const { events } = watching.service
  events.on('state', ({ ruleId, state }) => {
    const rule = present().find(({ id }) => id === ruleId)
    if (rule !== undefined && isNews(state)) reporter.rule(rule, state)
  })
  events.on('problem', (problem) => reporter.ruleProblem(problem))
  return watching
}

import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { followRules } from '#main/compose/follow-rules.ts'
import type { OpenEngine } from '#main/compose/open-engine.ts'
import { type OpenWatch, openWatch } from '#main/compose/open-watch.ts'
import { previewWatch } from '#main/compose/preview-watch.ts'
import { failedOf } from '#main/compose/unfinished.ts'
import { systemClock } from '#main/engine/clock.ts'
import type { Engine } from '#main/engine/engine.ts'
import { openRules, type RuleStore } from '#main/store/rule-store.ts'
import type { Brand } from '#main/target/parse-destination.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { WatchRule, WatchState } from '#shared/model/watch-rule.ts'
import { dryRun } from '../dry-run.ts'
import { EXIT, type ExitCode, exitCodeOf } from '../exit-code.ts'
import { putRule, ruleOnTrial } from '../put-rule.ts'
import type { RuleOptions } from '../rule-options.ts'
import type { Session } from '../session.ts'
import { baseUrlFor, readCredentials } from '../settings.ts'
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
  const { settings, env } = session
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
    baseUrl: baseUrlFor(settings, brandOf(meant)),
    credentials: readCredentials(env),
    command: 'feidi watch',
    fillQueue: async ({ stores: { transfers } }) => {
      transfers.enqueue(failedOf(transfers, meant), batchId, systemClock.nowMs())
      return takeUpUnfinished(transfers, batchId, session.reporter)
    },
    keepFilling: (open, engine) => {
      const watched = { session, open, engine, rules: meant, batchId }
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
  const baseUrl = baseUrlFor(settings, brandOf(active))
  return dryRun(session, baseUrl, (open) => previewWatch(open, active, interrupted))
}

function withDestination({ to, ...options }: WatchOptions) {
  if (to === undefined) throw new TransferError('usage', { detail: '--to' })
  return { ...options, to }
}

/** Rules remember on whose servers their destination is. One command talks to one of them. */
function brandOf(rules: readonly WatchRule[]): Brand {
  const brands = new Set(
    rules.map(({ account }) => (account?.endsWith('larksuite.com') ? 'lark' : 'feishu')),
  )
  if (brands.size > 1) {
    throw new TransferError('usage', { detail: 'open.feishu.cn + open.larksuite.com, --base-url' })
  }
  return brands.has('lark') ? 'lark' : 'feishu'
}

interface Watched {
  readonly session: Session
  readonly open: OpenEngine
  readonly engine: Engine
  readonly rules: readonly WatchRule[]
  readonly batchId: string
}

/** One sweep of every rule; work ends when what it found is settled. */
function lookOnce(watched: Watched): Filling {
  const { session, engine } = watched
  const { reporter, interrupted } = session
  const watching = reportedWatch(watched, () => watched.rules, isTrouble)
  const left = { failed: 0, unfinished: 0 }
  const look = async () => {
    const { waiting, problems } = await watching.service.sweepOnce()
    // A rule tells its state when it comes to rest, which is right after the sweep.
    await nextTurn()
    if (interrupted.aborted) return
    for (const { path, reason } of waiting) reporter.unsettled(path, reason)
    const troubles = [...watching.service.states().values()].filter(isTrouble)
    left.failed = problems.length + troubles.length
    left.unfinished = waiting.length
    engine.noMore()
  }
  const looked = look()
  // Whatever went wrong with looking is said by `close`.
  looked.catch(() => engine.noMore())
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

/** Files that are there can not be seen. */
function isTrouble({ kind }: WatchState): boolean {
  return kind === 'root-missing' || kind === 'no-permission'
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
  const unfollow = followRules(store, {
    changed(all) {
      rules = all.filter(isMeant)
      changes = changes.then(() => watching.service.setRules(rules))
    },
    failed: (error) => reporter.problem(error),
  })
  watching.start()
  return {
    async close() {
      unfollow()
      await changes
      await watching.close()
      return { failed: 0, unfinished: 0 }
    },
  }
}

function reportedWatch(
  { session, open, engine, rules, batchId }: Watched,
  present: () => readonly WatchRule[],
  isNews: (state: WatchState) => boolean = () => true,
): OpenWatch {
  const { reporter } = session
  const watching = openWatch({
    stores: open.stores,
    worker: engine,
    rules,
    batchId,
    log: session.log,
    onQueued: (transfers) => transfers.forEach((transfer) => void reporter.transfer(transfer)),
  })
  const { events } = watching.service
  events.on('state', ({ ruleId, state }) => {
    const rule = present().find(({ id }) => id === ruleId)
    if (rule !== undefined && isNews(state)) reporter.rule(rule, state)
  })
  events.on('problem', (problem) => reporter.ruleProblem(problem))
  return watching
}

import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '#main/lib/clock.ts'
import { isInside } from '#main/lib/is-inside.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { RuleStore } from '#main/store/rule-store.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { RuleStanding } from '#shared/contract/rule-channels.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { WatchProblem, WatchRule, WatchState } from '#shared/model/watch-rule.ts'
import type { WorkLog } from '../log-work.ts'
import { followRules } from './follow-rules.ts'
import type { Connections } from './follow-taker.ts'
import { type OpenWatch, openWatch } from './open-watch.ts'
import { RuleCounts } from './rule-counts.ts'
import { RuleTimes } from './rule-times.ts'
import type { QueueWorker } from './watch-queue.ts'

export interface WatchingOptions {
  readonly stores: Stores
  readonly rules: RuleStore
  readonly worker: QueueWorker & Connections
  /** New files are part of this batch. */
  readonly batchId?: string
  /** Rules that are watched; all of them when absent. */
  readonly isMeant?: (rule: WatchRule) => boolean
  readonly clock: Clock
  readonly log: WorkLog
  readonly onFault: (what: string, error: unknown) => void
}

interface WatchingEvents {
  /** Rules, their states or their figures are others now. */
  changed: []
  /** The file of rules and accounts was written, by any process. */
  fileChanged: []
  /** Files were queued, or queued again when there are none; the worker has not begun with them. */
  queued: [readonly Transfer[]]
  state: [WatchRule, WatchState]
  problem: [WatchProblem]
}

/**
 * Keeps the folders of rules uploaded. It only fills the queue, so neither a missing account nor a pause
 * concerns it, and the worker may be replaced under it.
 */
export class Watching {
  readonly events = new EventEmitter<WatchingEvents>()
  readonly #options: WatchingOptions
  readonly #counts: RuleCounts
  readonly #times: RuleTimes
  readonly #watch: OpenWatch
  #rules: readonly WatchRule[]
  #revision = 0
  #unfollow: () => void = () => {}
  #changes: Promise<void> = Promise.resolve()

  /**
   * Looks at nothing before `start` or `sweepOnce`.
   * @throws TransferError `settings-corrupt`, having moved the file aside
   */
  constructor(options: WatchingOptions) {
    const { stores, clock, rules, worker, log, batchId = randomUUID() } = options
    this.#options = options
    const all = rules.list()
    this.#rules = this.#meant(all)
    // Rules may have been removed while no process was watching.
    stores.follow.keepOnly(
      all.map(({ id }) => id),
      clock.nowMs(),
    )
    this.#counts = new RuleCounts(stores.files, clock)
    this.#times = new RuleTimes(stores.memos, clock)
    this.#watch = openWatch({
      stores,
      worker,
      rules: this.#rules,
      batchId,
      log,
      onQueued: (transfers) => this.events.emit('queued', transfers),
    })
    const { events } = this.#watch.service
    events.on('state', ({ ruleId, state }) => {
      const rule = this.#rules.find(({ id }) => id === ruleId)
      if (rule !== undefined) this.events.emit('state', rule, state)
      this.events.emit('changed')
    })
    events.on('handedOver', ({ ruleId }) => this.#happened(ruleId))
    events.on('problem', (problem) => {
      this.events.emit('problem', problem)
      this.events.emit('changed')
    })
    worker.events.on('transfer', (transfer) => this.#transferMoved(transfer))
  }

  get rules(): readonly WatchRule[] {
    return this.#rules
  }

  get revision(): number {
    return this.#revision
  }

  /** The live state of all rules. */
  get live(): LiveState['rules'] {
    const standings = this.#rules.map((rule) => [rule.id, this.standingOf(rule)] as const)
    return { revision: this.#revision, standings: Object.fromEntries(standings) }
  }

  /** Watches until it is closed. Rules that are added, changed or removed meanwhile are taken over. */
  start(): void {
    const { rules, onFault } = this.#options
    this.#watch.start()
    this.#unfollow = followRules(rules, {
      changed: (all) => {
        this.#apply(all)
        this.events.emit('fileChanged')
      },
      failed: (error) => onFault('rules', error),
    })
  }

  /** Looks at everything once. */
  sweepOnce() {
    return this.#watch.service.sweepOnce()
  }

  async close(): Promise<void> {
    this.#unfollow()
    await this.#changes
    await this.#watch.close()
    this.#times.save()
  }

  /** The rules were changed in this process, and that is taken over at once. */
  reload(): void {
    this.#apply(this.#options.rules.list())
  }

  /** On battery, known files are not read to see if they are still the same. New ones are found. */
  holdReading(isHeld: boolean): void {
    this.#watch.service.holdReading(isHeld)
  }

  /** The machine was asleep, or a drive was mounted: events may be missing. */
  wake(): void {
    this.#watch.service.wake()
  }

  scan(ruleId: string): void {
    this.#watch.service.scan(ruleId)
  }

  /** A file, or all in a folder, is not known to be up any more: the rules concerned look again. */
  forgotten(path: string): void {
    for (const { id, folder } of this.#rules) {
      if (!isInside(path, folder) && !isInside(folder, path)) continue
      this.#counts.changed(id)
      this.scan(id)
    }
    this.events.emit('changed')
  }

  /** A person has cancelled these: their files wait until they change. */
  cancelled(transferIds: readonly string[]): void {
    for (const id of transferIds) this.#watch.service.transferFailed(id)
    for (const { id } of this.#rules) this.#counts.changed(id)
  }

  /** The present state of each rule. */
  get states(): ReadonlyMap<string, WatchState> {
    return this.#watch.service.states()
  }

  standingOf(rule: WatchRule): RuleStanding {
    const seen = this.#watch.service.figures(rule.id)
    const { up, queued, failed, baseline, copy } = this.#counts.of(rule)
    return {
      state: this.states.get(rule.id) ?? {
        kind: rule.enabled ? 'scanning' : 'paused',
        scanned: 0,
      },
      counts: {
        up,
        queued,
        waiting: seen?.waiting ?? 0,
        failed: failed + (seen?.refused ?? 0),
        notNeeded: baseline + copy,
        leftOut: seen?.leftOut ?? 0,
      },
      follow: this.#followOf(rule),
      lastChangeAtMs: this.#times.of(rule.id),
    }
  }

  #followOf({ id, follow }: WatchRule): RuleStanding['follow'] {
    if (!follow) return null
    const store = this.#options.stores.follow
    return { pending: store.pending(id), stop: store.record(id)?.stop?.kind ?? null }
  }

  /** Files of a rule that are not in the queue although they should go up. */
  problemsOf(ruleId: string) {
    const { service } = this.#watch
    return { refused: service.troubles(ruleId), waiting: service.waiting(ruleId) }
  }

  #meant(rules: readonly WatchRule[]): readonly WatchRule[] {
    return rules.filter(this.#options.isMeant ?? (() => true))
  }

  #apply(all: readonly WatchRule[]): void {
    const rules = this.#meant(all)
    if (isDeepStrictEqual(rules, this.#rules)) return
    this.#rules = rules
    this.#revision += 1
    this.#counts.keepOnly(rules)
    this.events.emit('changed')
    this.#changes = this.#changes
      .then(() => this.#watch.service.setRules(rules))
      .catch((error: unknown) => this.#options.onFault('rules', error))
      .then(() => void this.events.emit('changed'))
  }

  #transferMoved({ path, state }: Transfer): void {
    for (const { id, folder } of this.#rules) {
      if (path === folder || !isInside(path, folder)) continue
      if (state.kind === 'done') this.#happened(id)
      else this.#counts.changed(id)
    }
  }

  #happened(ruleId: string): void {
    this.#times.happened(ruleId)
    this.#counts.changed(ruleId)
    this.events.emit('changed')
  }
}

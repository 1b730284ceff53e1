import { randomUUID } from 'node:crypto'
import { join, sep } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '#main/lib/clock.ts'
import { isInside } from '#main/lib/is-inside.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { RuleStore } from '#main/store/rule-store.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { RuleStanding } from '#shared/contract/rule-channels.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { Worker } from '../accounts/worker.ts'
import type { LivePublisher } from '../live/live-publisher.ts'
import type { WorkLog } from '../log-work.ts'
import { failedOf } from '../unfinished.ts'
import { followRules } from './follow-rules.ts'
import { type OpenWatch, openWatch } from './open-watch.ts'
import { RuleCounts } from './rule-counts.ts'
import { RuleTimes } from './rule-times.ts'

export interface WatchingOptions {
  readonly stores: Stores
  readonly rules: RuleStore
  readonly worker: Worker
  readonly publisher: LivePublisher
  readonly clock: Clock
  readonly log: WorkLog
  readonly onFault: (what: string, error: unknown) => void
}

/**
 * Keeps the folders of all rules uploaded as long as the program runs. It only fills the queue, so
 * neither a missing account nor a pause concerns it, and the worker may be replaced under it.
 */
export class Watching {
  readonly #options: WatchingOptions
  readonly #counts: RuleCounts
  readonly #times: RuleTimes
  #rules: readonly WatchRule[]
  #revision = 0
  #watch: OpenWatch | undefined
  #isReadingHeld = false
  #unfollow: () => void = () => {}
  #changes: Promise<void> = Promise.resolve()

  /** @throws TransferError `settings-corrupt`, having moved the file aside */
  constructor(options: WatchingOptions) {
    const { stores, clock, rules } = options
    this.#options = options
    this.#rules = rules.list()
    this.#counts = new RuleCounts(stores.files, clock)
    this.#times = new RuleTimes(stores.memos, clock)
  }

  get rules(): readonly WatchRule[] {
    return this.#rules
  }

  get revision(): number {
    return this.#revision
  }

  /** What pages are told live. */
  get live(): LiveState['rules'] {
    const standings = this.#rules.map((rule) => [rule.id, this.standingOf(rule)] as const)
    return { revision: this.#revision, standings: Object.fromEntries(standings) }
  }

  start(): void {
    const { stores, rules, worker, publisher, clock, log, onFault } = this.#options
    const batchId = randomUUID()
    const active = this.#rules.filter(({ enabled }) => enabled)
    // Failed files get another chance with every start: what was wrong may have been put right.
    const again = failedOf(stores.transfers, active)
    stores.transfers.enqueue(again, batchId, clock.nowMs())
    if (again.length > 0) worker.nudge()
    const watch = openWatch({
      stores,
      worker,
      rules: this.#rules,
      batchId,
      log,
      onQueued: (transfers) => publisher.reorder(...transfers.map(({ id }) => id)),
      onRetried: () => publisher.reorder(),
    })
    this.#watch = watch
    watch.service.holdReading(this.#isReadingHeld)
    watch.service.events.on('state', () => publisher.changed())
    watch.service.events.on('handedOver', ({ ruleId }) => this.#happened(ruleId))
    watch.service.events.on('problem', () => publisher.changed())
    worker.events.on('transfer', (transfer) => this.#transferMoved(transfer))
    watch.start()
    this.#unfollow = followRules(rules, {
      changed: (all) => this.#apply(all),
      failed: (error) => onFault('rules', error),
    })
  }

  async close(): Promise<void> {
    this.#unfollow()
    await this.#changes
    await this.#watch?.close()
    this.#times.save()
  }

  /** The rules were changed here: nobody has to wait until that is noticed. */
  reload(): void {
    this.#apply(this.#options.rules.list())
  }

  /** On battery, known files are not read to see if they are still the same. New ones are found. */
  holdReading(isHeld: boolean): void {
    this.#isReadingHeld = isHeld
    this.#watch?.service.holdReading(isHeld)
  }

  /** The machine was asleep, or a drive was mounted: events may be missing. */
  wake(): void {
    this.#watch?.service.wake()
  }

  scan(ruleId: string): void {
    this.#watch?.service.scan(ruleId)
  }

  /** A file, or all in a folder, is not known to be up any more: the rules concerned look again. */
  forgotten(path: string): void {
    for (const { id, folder } of this.#rules) {
      if (!isInside(path, folder) && !isInside(folder, path)) continue
      this.#counts.changed(id)
      this.scan(id)
    }
    this.#options.publisher.changed()
  }

  /** A person has cancelled these: their files wait until they change. */
  cancelled(transferIds: readonly string[]): void {
    for (const id of transferIds) this.#watch?.service.transferFailed(id)
    for (const { id } of this.#rules) this.#counts.changed(id)
  }

  standingOf(rule: WatchRule): RuleStanding {
    const service = this.#watch?.service
    const seen = service?.figures(rule.id)
    const { up, queued, failed, baseline, copy } = this.#counts.of(rule)
    return {
      state: service?.states().get(rule.id) ?? {
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
      lastChangeAtMs: this.#times.of(rule.id),
    }
  }

  /** Files of a rule that are not in the queue although they should go up. */
  problemsOf(ruleId: string) {
    const service = this.#watch?.service
    return {
      refused: service?.troubles(ruleId) ?? [],
      waiting: service?.waiting(ruleId) ?? [],
    }
  }

  #apply(rules: readonly WatchRule[]): void {
    if (isDeepStrictEqual(rules, this.#rules)) return
    const { publisher, onFault } = this.#options
    this.#rules = rules
    this.#revision += 1
    this.#counts.keepOnly(rules)
    publisher.changed()
    this.#changes = this.#changes
      .then(() => this.#watch?.service.setRules(rules))
      .catch((error: unknown) => onFault('rules', error))
      .then(() => publisher.changed())
  }

  #transferMoved({ path, state }: Transfer): void {
    for (const { id, folder } of this.#rules) {
      if (!path.startsWith(join(folder, sep))) continue
      if (state.kind === 'done') this.#happened(id)
      else this.#counts.changed(id)
    }
  }

  #happened(ruleId: string): void {
    this.#times.happened(ruleId)
    this.#counts.changed(ruleId)
    this.#options.publisher.changed()
  }
}

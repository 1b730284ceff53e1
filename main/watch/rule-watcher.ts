import { setTimeout as pause } from 'node:timers/promises'
import { WakeUp } from '#main/lib/wake-up.ts'
import type { TransferError } from '#shared/errors/transfer-error.ts'
import type { WaitingReason, WatchRule, WatchState } from '#shared/model/watch-rule.ts'
import { RuleFollower } from './follow/rule-follower.ts'
import type { HandedOver } from './hand-over/hand-over.ts'
import type { DirectoryEvents, OpenDirectoryEvents } from './notice/directory-events.ts'
import { EventHints } from './notice/event-hints.ts'
import { type Refused, RuleWork, type WorkTools } from './rule-work.ts'
import type { TroubleEvents } from './scan/disk-troubles.ts'
import { lookAtRoot, stateOfRoot, stateOfTrouble } from './scan/look-at-root.ts'
import { Passes } from './scan/passes.ts'
import { SWEEP_SHARE } from './timings.ts'

export interface RuleTools extends WorkTools {
  readonly openEvents: OpenDirectoryEvents
}

export interface RuleEvents extends TroubleEvents {
  state(state: WatchState): void
  handedOver(files: readonly HandedOver[]): void
  problem(path: string, error: TransferError): void
  /** Our own state on disk, or the queue, failed; it is tried again. */
  failed(error: unknown): void
  /** A rule that follows waits for a person; undefined: it does not, or not any more. */
  followStopped(error: TransferError | undefined): void
  /** It works again. */
  recovered(): void
}

/** The figures a rule's watcher has seen. */
export interface RuleFigures {
  readonly files: number
  readonly leftOut: number
  readonly waiting: number
  readonly refused: number
}

/** Keep watching, or look at everything once. */
export type WatchMode = 'watch' | 'once'

/** Progress is shown so often, and a sweep that is over sooner is not shown at all. */
const PROGRESS_EVERY_MS = 250
/** Other work gets its turn so often during a sweep. */
const URGENT_EVERY_MS = 20

/** Between two looks of a rule that follows, while something keeps it from planning. */
const FOLLOW_REST_MS = 1_000

/** A stop takes no longer than this. */
const STOP_MS = 1_000

/** A watcher that fails again and again makes for sweeps with pauses so many times as long between. */
const LOST_EVENTS_REST = 4

/** Watches one rule: a loop that does the most urgent thing there is, then sleeps until the next. */
export class RuleWatcher {
  readonly rule: WatchRule
  readonly #tools: RuleTools
  readonly #events: RuleEvents
  #mode: WatchMode
  readonly #work: RuleWork
  readonly #hints: EventHints
  readonly #stopping = new AbortController()
  readonly #passes = new Passes(() => this.#work.rechecks.isBusy || this.#mayFollow)
  readonly #wakeUp: WakeUp
  #running: Promise<void> | undefined
  #hashing: Promise<void> | undefined
  readonly #follower: RuleFollower | undefined
  /** All of the folder could be looked at. There is news since following looked. */
  #isWhole = false
  #isFollowDue = false
  #followAtMs = 0
  #state: WatchState = { kind: 'scanning', scanned: 0, expected: undefined }
  #directoryEvents: DirectoryEvents | undefined
  /** After a start there may be files of the time before. */
  #hasUnhashed = true
  #isPaused: boolean
  #sweepAtMs = 0
  #rootAtMs = 0
  #identity: string | undefined
  #knownFiles: number | undefined
  /** Until when events that were lost do not make for another sweep. */
  #restUntilMs = 0
  #failure: unknown
  #shownAtMs = 0
  #urgentAtMs = 0

  constructor(rule: WatchRule, tools: RuleTools, events: RuleEvents, mode: WatchMode) {
    this.rule = rule
    this.#tools = tools
    this.#wakeUp = new WakeUp(tools.clock)
    this.#events = events
    this.#mode = mode
    this.#isPaused = !rule.enabled
    const { signal } = this.#stopping
    this.#work = new RuleWork(rule, tools, signal, {
      handedOver: (files) => {
        this.#hasUnhashed = true
        events.handedOver(files)
      },
      refused: (path, error) => events.problem(path, error),
      troubled: (path, error) => events.troubled(path, error),
      healed: (path) => events.healed(path),
      readyToLook: () => this.#wakeUp.wake(),
    })
    this.#work.hashing.isUrgent = mode === 'once'
    const { root, selection } = this.#work.context
    const { burstEvents, quietMs } = tools.timings
    const { follow } = tools
    if (rule.follow && follow !== undefined) {
      const { scope } = this.#work.context
      const follower = new RuleFollower({
        ...{ rule, root, scope, signal, tools: follow, clock: tools.clock },
        onStop: (error) => events.followStopped(error),
        onTaken: () => this.#wakeUp.wake(),
      })
      this.#work.mayReplace = (path) => follower.mayReplace(path)
      this.#follower = follower
    }
    const onHint = () => this.#wakeUp.wake()
    this.#hints = new EventHints({ root, selection, burstEvents, quietMs, onHint })
  }

  get state(): WatchState {
    return this.#state
  }

  /** Files that will be uploaded but are not handed over yet, with the reason. */
  waiting(): { path: string; reason: WaitingReason; sinceMs: number }[] {
    return [...this.#work.waiting.list()]
  }

  get figures(): RuleFigures {
    const { scan, waiting, refused } = this.#work
    const { files, leftOut } = scan
    const bad = refused.size + this.#work.troubles.size
    return { files, leftOut, waiting: waiting.size, refused: bad }
  }

  /** Files that can not go where they belong, by absolute path. */
  get refused(): ReadonlyMap<string, Refused> {
    return this.#work.refused
  }

  /** Files and folders that can not be read, by absolute path. */
  get troubles(): Iterable<[string, Refused]> {
    return this.#work.troubles
  }

  /** The error that kept the last full look from completing; undefined when there was none. */
  get failure(): unknown {
    return this.#failure
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Stops; what was found is in the index. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopped'))
    this.#wakeUp.wake()
    // A drive that does not answer is not waited for: what comes of it later finds the work over.
    await Promise.race([this.#comesToRest(), pause(STOP_MS)])
    this.#passes.endAll()
  }

  async #comesToRest(): Promise<void> {
    await this.#running
    await Promise.all([this.#hashing, this.#work.drain(), this.#closeEvents()])
    await this.#follower?.drain()
  }

  /** Resolves when everything was looked at and every file that is settled was handed over. */
  pass(): Promise<void> {
    const over = this.#passes.add()
    this.sweepSoon()
    return over
  }

  /** From one look at everything to watching. */
  keepWatching(): void {
    if (this.#mode === 'watch') return
    this.#mode = 'watch'
    this.#work.hashing.isUrgent = false
    this.sweepSoon()
  }

  sweepSoon(): void {
    this.#sweepAtMs = 0
    this.#rootAtMs = 0
    this.#wakeUp.wake()
  }

  pause(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return
    this.#isPaused = isPaused
    this.sweepSoon()
  }

  /** Reports that a transfer of this rule has ended: work that waits for that may continue. */
  transferEnded(dir: string | undefined): void {
    this.#work.waiting.hurry((_path, reason) => reason === 'moving')
    if (dir !== undefined) this.#hints.dirty.mark(dir, performance.now())
    this.#isFollowDue = true
    this.#wakeUp.wake()
  }

  /** Absolute path of the rule's folder. */
  get root(): string {
    return this.#work.context.root
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        await this.#step()
      } catch (error) {
        if (signal.aborted) break
        this.#failure = error
        this.#isWhole = false
        this.#events.failed(error)
        this.#sweepAtMs = performance.now() + this.#tools.timings.retryMs
        await this.#sleepUntil(this.#sweepAtMs)
      }
    }
  }

  async #step(): Promise<void> {
    if (this.#isPaused) {
      await this.#closeEvents()
      this.#show({ kind: 'paused' })
      this.#passes.endAll()
      return this.#sleepUntil(Number.POSITIVE_INFINITY)
    }
    if (!(await this.#isRootThere())) {
      this.#passes.endAll()
      return this.#sleepUntil(performance.now() + this.#tools.timings.rootEveryMs)
    }
    const nowMs = performance.now()
    if (this.#sweepDueAtMs() <= nowMs || this.#isStepDue()) return this.#sweep()
    const dirs = [...this.#hints.dirty.takeDue(nowMs), ...this.#work.troubles.due(nowMs)]
    if (dirs.length > 0) return this.#lookAt([...new Set(dirs)])
    if (this.#work.waiting.nextDueAtMs() <= nowMs) return this.#lookAtDue()
    if (this.#takeRechecked()) return this.#lookAtDue()
    const again = this.#work.rechecks.takeFolders()
    if (again.length > 0) return this.#lookAt(again)
    await this.#followUp()
    this.#passes.lookedAt([])
    this.#work.hashing.atRest()
    this.#show(this.#restingState())
    if (this.#hasUnhashed) this.#hashing ??= this.#fillInHashes()
    return this.#sleepUntil(this.#nextAtMs())
  }

  // ---- Looking ----------------------------------------------------------------------------

  async #sweep(): Promise<void> {
    const { timings } = this.#tools
    const startedAtMs = performance.now()
    this.#sweepAtMs = Number.POSITIVE_INFINITY
    this.#isWhole = false
    this.#follower?.sweepBegins()
    this.#openEvents()
    this.#hints.lostEvents = false
    this.#hints.dirty.clear()
    this.#shownAtMs = startedAtMs
    this.#passes.sweepBegins()
    const isRootRead = await this.#work.sweep(() => this.#betweenFolders())
    this.#isWhole = isRootRead
    this.#isFollowDue = true
    const tookMs = performance.now() - startedAtMs
    const isDeaf = this.#hints.tooLowSetting !== undefined || this.#work.scan.deaf.size > 0
    const hasEvents = this.rule.noticing === 'events' && !isDeaf
    const everyMs = hasEvents ? timings.sweepEveryMs : timings.pollEveryMs
    const pauseMs = isRootRead ? Math.max(everyMs, tookMs / SWEEP_SHARE) : timings.rootEveryMs
    const isOver = this.#mode === 'once'
    this.#sweepAtMs = Math.min(
      this.#sweepAtMs,
      isOver ? Number.POSITIVE_INFINITY : performance.now() + pauseMs,
    )
    this.#restUntilMs = performance.now() + tookMs * LOST_EVENTS_REST
    this.#knownFiles = this.#work.scan.files
    this.#sweepIsOver()
  }

  async #lookAt(dirs: readonly string[]): Promise<void> {
    const { scan } = this.#work
    const startedAtMs = performance.now()
    await this.#work.lookAt(dirs, () => {})
    this.#isFollowDue = true
    const tookMs = performance.now() - startedAtMs
    for (const dir of dirs) this.#hints.dirty.scanned(dir, performance.now(), tookMs / dirs.length)
    if (scan.has('')) return
    // It is missing, or forbidden: then nothing tells when that is over.
    this.#rootAtMs = 0
    this.#sweepAtMs = Math.min(this.#sweepAtMs, performance.now() + this.#tools.timings.rootEveryMs)
  }

  async #lookAtDue(): Promise<void> {
    this.#passes.lookedAt(await this.#work.lookAtDue())
    this.#isFollowDue = true
  }

  /** Takes files that were found to be changed after all. A look at everything includes them. */
  #takeRechecked(): boolean {
    const paths = this.#work.waiting.lookSoon(this.#work.rechecks.takeChanged())
    this.#passes.alsoWaitFor(paths)
    return paths.length > 0
  }

  /** A long sweep does not keep anybody waiting. */
  async #betweenFolders(): Promise<void> {
    const nowMs = performance.now()
    this.#showProgress(nowMs)
    if (nowMs - this.#urgentAtMs < URGENT_EVERY_MS) return
    const dirs = this.#hints.dirty.takeDue(nowMs)
    if (dirs.length > 0) await this.#lookAt(dirs)
    if (this.#work.waiting.nextDueAtMs() <= nowMs) await this.#lookAtDue()
    this.#urgentAtMs = performance.now()
  }

  async #fillInHashes(): Promise<void> {
    this.#hasUnhashed = false
    try {
      await this.#work.fillInHashes()
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#events.failed(error)
    } finally {
      this.#hashing = undefined
    }
  }

  // ---- Following --------------------------------------------------------------------------

  /** A deletion has waited for long enough: all is looked at once more before it. */
  #isStepDue(): boolean {
    const { clock } = this.#tools
    return this.#follower !== undefined && this.#follower.dueAtMs <= clock.nowMs()
  }

  /** There is news, and no folder or file of the rule is out of sight. */
  get #mayFollow(): boolean {
    const { troubles } = this.#work
    const isDue = this.#isFollowDue && this.#isWhole && this.#follower?.isBusy === false
    return isDue && troubles.size === 0 && !this.#work.hasNewWaiting()
  }

  /** Follows, unless a folder or file can not be read, or may be one that has moved. */
  async #followUp(): Promise<void> {
    const follower = this.#follower
    if (follower === undefined || !this.#mayFollow) return
    if (performance.now() < this.#followAtMs) return
    const startedAtMs = performance.now()
    this.#isFollowDue = false
    const held = [...this.#work.waiting.list()].filter(({ reason }) => reason === 'approval')
    await follower.look(this.#work.scan.folders, new Set(held.map(({ path }) => path)))
    if (this.#mode === 'once') await follower.drain()
    const tookMs = performance.now() - startedAtMs
    this.#followAtMs = performance.now() + (this.#mode === 'once' ? 0 : tookMs / SWEEP_SHARE)
  }

  /** When following looks again, on the steady clock. */
  #followDueAtMs(): number {
    const follower = this.#follower
    if (follower === undefined) return Number.POSITIVE_INFINITY
    const stepAtMs = performance.now() + follower.dueAtMs - this.#tools.clock.nowMs()
    return this.#isFollowDue && this.#isWhole && follower.isBusy === false
      ? Math.min(stepAtMs, Math.max(this.#followAtMs, performance.now() + FOLLOW_REST_MS))
      : stepAtMs
  }

  // ---- The folder itself ------------------------------------------------------------------

  async #isRootThere(): Promise<boolean> {
    const nowMs = performance.now()
    if (this.#hints.rootInDoubt) this.#rootAtMs = 0
    if (nowMs < this.#rootAtMs) return this.#identity !== undefined
    this.#hints.rootInDoubt = false
    this.#rootAtMs = nowMs + this.#tools.timings.rootEveryMs
    const { root, scope } = this.#work.context
    const look = await lookAtRoot(root, this.rule.realFolder, scope.wasMount())
    if (look.kind === 'there') {
      if (look.isMount !== scope.wasMount()) scope.saveMount(look.isMount)
      // Another folder in its place: watches on the old one tell nothing.
      if (look.identity !== this.#identity) {
        await this.#closeEvents()
        this.#sweepAtMs = 0
      }
      this.#identity = look.identity
      return true
    }
    this.#identity = undefined
    await this.#closeEvents()
    this.#work.waiting.clear()
    this.#show(stateOfRoot(root, look))
    return false
  }

  #openEvents(): void {
    if (this.rule.noticing === 'polling' || this.#mode === 'once') return
    const { scan, context } = this.#work
    this.#directoryEvents ??= this.#tools.openEvents(context.root, this.#hints)
    this.#hints.tooLowSetting = undefined
    scan.events = {
      ...this.#directoryEvents,
      watch: async (folder, options) => {
        // One refusal is enough until the next sweep.
        if (this.#hints.tooLowSetting !== undefined) return false
        return (await this.#directoryEvents?.watch(folder, options)) ?? false
      },
    }
  }

  async #closeEvents(): Promise<void> {
    const events = this.#directoryEvents
    this.#directoryEvents = undefined
    this.#work.scan.events = undefined
    this.#work.scan.forgetAll()
    this.#hints.dirty.clear()
    await events?.close()
  }

  // ---- When -------------------------------------------------------------------------------

  #sweepDueAtMs(): number {
    if (!this.#hints.lostEvents) return this.#sweepAtMs
    return Math.min(this.#sweepAtMs, Math.max(this.#hints.quietAtMs(), this.#restUntilMs))
  }

  #nextAtMs(): number {
    const dueAtMs = Math.min(
      this.#sweepDueAtMs(),
      this.#hints.dirty.nextDueAtMs(),
      this.#work.waiting.nextDueAtMs(),
      this.#work.troubles.nextDueAtMs(),
      this.#followDueAtMs(),
    )
    return this.#mode === 'once' ? dueAtMs : Math.min(dueAtMs, this.#rootAtMs)
  }

  #sleepUntil(atMs: number): Promise<void> {
    return this.#wakeUp.sleep(Math.max(atMs - performance.now(), 0))
  }

  #sweepIsOver(): void {
    this.#failure = undefined
    this.#events.recovered()
    this.#passes.sweepIsOver(this.waiting().map(({ path }) => path))
  }

  // ---- What is shown ----------------------------------------------------------------------

  #restingState(): WatchState {
    const { scan, waiting, troubles, rechecks } = this.#work
    const setting = this.#hints.tooLowSetting
    if (setting !== undefined) return { kind: 'too-many-watches', setting }
    for (const [path, { meaning }] of troubles) return stateOfTrouble(path, meaning)
    const { progress } = rechecks
    if (progress !== undefined) return { kind: 'checking', ...progress }
    return { kind: 'watching', files: scan.files, waiting: waiting.size }
  }

  #showProgress(nowMs: number): void {
    if (nowMs - this.#shownAtMs < PROGRESS_EVERY_MS) return
    this.#shownAtMs = nowMs
    this.#show({ kind: 'scanning', scanned: this.#work.scan.files, expected: this.#knownFiles })
  }

  #show(state: WatchState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return
    this.#state = state
    this.#events.state(state)
  }
}

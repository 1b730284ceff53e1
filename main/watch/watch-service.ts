import { EventEmitter } from 'node:events'
import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '#main/lib/clock.ts'
import { errnoOf, sourceError } from '#main/lib/errno.ts'
import { access, constants, open } from '#main/lib/file-system.ts'
import { asTransferError, errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type {
  WaitingReason,
  WatchProblem,
  WatchRule,
  WatchState,
} from '#shared/model/watch-rule.ts'
import type { HandedOver } from './hand-over/hand-over.ts'
import { endedVersion } from './judge/ended-version.ts'
import { type OpenDirectoryEvents, openDirectoryEvents } from './notice/directory-events.ts'
import type {
  EndedTransfer,
  FileIndex,
  FollowTools,
  OpenProbe,
  TransferQueue,
  UploadedVersion,
} from './ports.ts'
import { type RuleFigures, type RuleTools, RuleWatcher, type WatchMode } from './rule-watcher.ts'
import { handleVanished, type VanishedCopy } from './scan/vanished-files.ts'
import { ReadingHold } from './settle/pace.ts'
import { WATCH_TIMINGS, type WatchTimings } from './timings.ts'

export interface WatchServiceOptions {
  readonly rules: readonly WatchRule[]
  readonly index: FileIndex
  readonly queue: TransferQueue
  readonly clock: Clock
  readonly timings?: Partial<WatchTimings>
  /** The source of events; chokidar by default. */
  readonly openEvents?: OpenDirectoryEvents
  /** Copies of files in a folder that are known to be no longer in Feishu. */
  readonly missing?: (folder: string, destination: Destination) => readonly VanishedCopy[]
  /** The tools of rules that follow; absent: none does. */
  readonly follow?: FollowTools
  /** The way to try to open a file. */
  readonly probe?: OpenProbe
}

export interface WatchEvents {
  state: [{ ruleId: string; state: WatchState }]
  /** Files are in the queue, on disk already. */
  handedOver: [{ ruleId: string; files: readonly HandedOver[] }]
  /**
   * A problem that keeps files from being uploaded; reported once, and again after it was solved in
   * between.
   */
  problem: [WatchProblem]
}

export interface WaitingFile {
  readonly ruleId: string
  /** Below the rule's folder. */
  readonly path: string
  readonly reason: WaitingReason
  readonly sinceMs: number
}

/** The result of one full look. */
export interface SweepSummary {
  readonly handedOver: number
  /** Files that will be uploaded, but are not settled. */
  readonly waiting: readonly WaitingFile[]
  readonly problems: readonly WatchProblem[]
  readonly states: ReadonlyMap<string, WatchState>
}

/** Keeps the folders of all rules uploaded. */
export class WatchService {
  readonly events = new EventEmitter<WatchEvents>()
  readonly #options: WatchServiceOptions
  readonly #hold = new ReadingHold()
  readonly #tools: RuleTools
  readonly #watchers = new Map<string, RuleWatcher>()
  readonly #problems = new Map<string, WatchProblem>()
  /** The errors of our own state, by rule. */
  readonly #failures = new Map<string, WatchProblem>()
  #rules: readonly WatchRule[]
  #isStarted = false
  #handedOver = 0

  constructor(options: WatchServiceOptions) {
    this.#options = options
    this.#rules = options.rules
    this.#tools = {
      index: options.index,
      queue: options.queue,
      clock: options.clock,
      openEvents: options.openEvents ?? openDirectoryEvents,
      probe: options.probe ?? tryToRead,
      hold: this.#hold,
      ...(options.follow !== undefined && { follow: options.follow }),
      timings: { ...WATCH_TIMINGS, ...options.timings },
    }
  }

  /** Begins to watch. Reports come as events. */
  start(): void {
    this.#isStarted = true
    for (const rule of this.#rules) {
      const watcher = this.#open(rule, 'watch')
      watcher.keepWatching()
      watcher.start()
    }
  }

  /** Stops watching and resolves when nothing is under way any more. It can be started again. */
  async stop(): Promise<void> {
    this.#isStarted = false
    const watchers = [...this.#watchers.values()]
    this.#watchers.clear()
    await Promise.all(watchers.map((watcher) => watcher.stop()))
  }

  /**
   * Looks at everything once and resolves when every file that is settled was handed over. Files that
   * have only just been written are waited for; those that keep changing are not.
   */
  async sweepOnce(): Promise<SweepSummary> {
    const before = this.#handedOver
    const watchers = this.#isStarted
      ? [...this.#watchers.values()]
      : this.#rules.map((rule) => this.#open(rule, 'once'))
    await Promise.all(
      watchers.map((watcher) => {
        const over = watcher.pass()
        watcher.start()
        return over
      }),
    )
    return {
      handedOver: this.#handedOver - before,
      waiting: this.waiting(),
      problems: this.problems(),
      states: this.states(),
    }
  }

  /** The machine was asleep, or a drive was mounted: events may be missing. */
  wake(): void {
    for (const watcher of this.#watchers.values()) watcher.sweepSoon()
  }

  /** Looks at everything in one rule's folder, now. */
  scan(ruleId: string): void {
    this.#watchers.get(ruleId)?.sweepSoon()
  }

  /** Takes other rules from here on. Rules that stay as they are continue undisturbed. */
  async setRules(rules: readonly WatchRule[]): Promise<void> {
    this.#rules = rules
    const wanted = new Map(rules.map((rule) => [rule.id, rule]))
    const leaving = [...this.#watchers.values()].filter(
      ({ rule }) => !isDeepStrictEqual(wanted.get(rule.id), rule),
    )
    for (const { rule } of leaving) this.#watchers.delete(rule.id)
    await Promise.all(leaving.map((watcher) => watcher.stop()))
    for (const { rule } of leaving) {
      this.#failures.delete(rule.id)
      this.#forget(rule.id, () => true)
      if (!wanted.has(rule.id)) this.#options.follow?.store.end(rule.id)
    }
    if (!this.#isStarted) return
    for (const rule of rules) if (!this.#watchers.has(rule.id)) this.#open(rule, 'watch').start()
  }

  /** Holds reading in the background until this is taken back: the machine runs on its battery. */
  holdReading(isHeld: boolean): void {
    this.#hold.set(isHeld)
  }

  states(): Map<string, WatchState> {
    return new Map([...this.#watchers].map(([id, watcher]) => [id, watcher.state]))
  }

  /**
   * Files that will be uploaded but are not handed over yet.
   * @param ruleId only of this rule
   */
  waiting(ruleId?: string): WaitingFile[] {
    return [...this.#watchers]
      .filter(([id]) => ruleId === undefined || id === ruleId)
      .flatMap(([id, watcher]) => watcher.waiting().map((file) => ({ ruleId: id, ...file })))
  }

  problems(): WatchProblem[] {
    return [...this.#failures.values(), ...this.#problems.values()]
  }

  /** Returns what a rule's watcher has seen so far; undefined when there is no such rule. */
  figures(ruleId: string): RuleFigures | undefined {
    return this.#watchers.get(ruleId)?.figures
  }

  /** Returns what keeps files of a rule from being uploaded at present, file by file. */
  troubles(ruleId: string): WatchProblem[] {
    const watcher = this.#watchers.get(ruleId)
    if (watcher === undefined) return []
    const { failure, refused, troubles, root } = watcher
    const problem = (path: string, error: TransferError, atMs: number) => ({
      ruleId,
      path,
      error: errorInfo(error, atMs),
    })
    const nowMs = this.#options.clock.nowMs()
    return [
      ...(failure === undefined ? [] : [problem(root, asProblem(failure), nowMs)]),
      ...[...troubles, ...refused].map(([path, { error, atMs }]) => problem(path, error, atMs)),
    ]
  }

  /**
   * The transfer is done: the file is up from here on.
   * @param version that was uploaded, as far as it is known
   */
  transferDone(transferId: string, version: UploadedVersion): void {
    const places = this.#tools.index.transferDone(transferId, endedVersion(version))
    this.#tellEnded(places)
  }

  /** The engine has given the transfer up, or it was cancelled: the file waits until it changes. */
  transferFailed(transferId: string): void {
    this.#tellEnded(this.#tools.index.transferFailed(transferId))
  }

  #tellEnded(places: readonly EndedTransfer[]): void {
    for (const { folder, dir, isOutdated } of places) {
      for (const watcher of this.#watchersOf(folder)) {
        watcher.transferEnded(isOutdated ? dir : undefined)
      }
    }
  }

  /** The file was gone when its turn came. It is new wherever it turns up, also where it was. */
  transferWithdrawn(transferId: string): void {
    this.#tellEnded(this.#tools.index.transferWithdrawn(transferId))
  }

  /** These copies are no longer in their folder in Feishu. */
  vanished(copies: readonly VanishedCopy[]): void {
    const { index, clock } = this.#options
    for (const watcher of this.#watchers.values()) {
      const ruleId = watcher.rule.id
      handleVanished(copies, watcher, index, (path, error) => {
        const problem = { ruleId, path, error: errorInfo(error, clock.nowMs()) }
        this.events.emit('problem', problem)
      })
    }
  }

  #watchersOf(folder: string): RuleWatcher[] {
    return [...this.#watchers.values()].filter((watcher) => watcher.root === folder)
  }

  #open(rule: WatchRule, mode: WatchMode): RuleWatcher {
    const known = this.#watchers.get(rule.id)
    if (known !== undefined) return known
    const { id: ruleId } = rule
    const watcher = new RuleWatcher(
      rule,
      this.#tools,
      {
        state: (state) => this.events.emit('state', { ruleId, state }),
        handedOver: (files) => {
          this.#handedOver += files.length
          this.events.emit('handedOver', { ruleId, files })
        },
        problem: (path, error) => this.#report(ruleId, path, error),
        troubled: (path, error) => this.#report(ruleId, path, error),
        healed: (path) => this.#forget(ruleId, (problem) => problem.path === path),
        failed: (error) => this.#fail(ruleId, rule.folder, asProblem(error)),
        followStopped: (error) => this.#tellStop(ruleId, rule.folder, error),
        recovered: () => this.#failures.delete(ruleId),
      },
      mode,
    )
    watcher.pause(!rule.enabled)
    if (!rule.follow) this.#options.follow?.store.end(ruleId)
    if (rule.onVanished === 'again') this.#takeMissing(rule)
    this.#watchers.set(ruleId, watcher)
    return watcher
  }

  /**
   * Forgets vanished copies that an earlier setting of the rule only reported, so that they are
   * uploaded.
   */
  #takeMissing({ folder, destination }: WatchRule): void {
    const { index, missing } = this.#options
    for (const { path } of missing?.(folder, destination) ?? []) index.forget(path, destination)
  }

  #report(ruleId: string, path: string, error: TransferError): void {
    const key = JSON.stringify([ruleId, error.code, error.context.detail])
    if (this.#problems.has(key)) return
    const problem = { ruleId, path, error: errorInfo(error, this.#options.clock.nowMs()) }
    this.#problems.set(key, problem)
    this.events.emit('problem', problem)
  }

  /** A person is asked once, and again after it was agreed to. */
  #tellStop(ruleId: string, path: string, error: TransferError | undefined): void {
    this.#forget(ruleId, ({ error: { code } }) => STOPS.has(String(code)) && code !== error?.code)
    if (error !== undefined) this.#report(ruleId, path, error)
  }

  #fail(ruleId: string, path: string, error: TransferError): void {
    if (this.#failures.get(ruleId)?.error.code === error.code) return
    const problem = { ruleId, path, error: errorInfo(error, this.#options.clock.nowMs()) }
    this.#failures.set(ruleId, problem)
    this.events.emit('problem', problem)
  }

  #forget(ruleId: string, isOver: (problem: WatchProblem) => boolean): void {
    for (const [key, problem] of this.#problems) {
      if (problem.ruleId === ruleId && isOver(problem)) this.#problems.delete(key)
    }
  }
}

/** The problems of a rule that waits for a person's approval. */
const STOPS: ReadonlySet<string> = new Set(['follow-limit', 'follow-folder-changed'])

/** Only Windows locks files against reading; elsewhere it is a question of permission, which is cheaper. */
async function tryToRead(path: string): Promise<void> {
  if (process.platform !== 'win32') return access(path, constants.R_OK)
  const handle = await open(path, constants.O_RDONLY)
  await handle.close()
}

function asProblem(error: unknown): TransferError {
  const isOfFileSystem = !(error instanceof TransferError) && errnoOf(error) !== undefined
  return isOfFileSystem ? sourceError(error, String(error)) : asTransferError(error)
}

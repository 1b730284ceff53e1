/** Makes one rule's own files in Feishu follow what happens here, after each look at everything. */
import { join, sep } from 'node:path'
import type { Clock } from '#main/lib/clock.ts'
import { isVanished } from '#main/lib/errno.ts'
import { lstat } from '#main/lib/file-system.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { FollowStep, FollowStop } from '#shared/model/follow.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import type { FollowRecord, FollowTools, IndexScope } from '../ports.ts'
import { approvedAt, decide, limitOf } from './decide.ts'
import { changedPins, type Pins, samePins, takePins } from './pins.ts'
import { Replacements } from './replacements.ts'
import type { FollowState, FollowView } from './view.ts'
import { viewOfRule } from './view-of-rule.ts'

export interface FollowerOptions {
  readonly rule: WatchRule
  readonly root: string
  readonly scope: Pick<IndexScope, 'places'>
  readonly tools: FollowTools
  readonly clock: Clock
  readonly signal: AbortSignal
  /** A person is asked, or is not asked any more. */
  readonly onStop: (error: TransferError | undefined) => void
  /** The steps that were due have been taken, as far as that was possible. */
  readonly onTaken: () => void
}

/** Work that could not be done is tried again after so long, doubled each time: all is looked at before it. */
const FIRST_AGAIN_MS = 60_000
const LONGEST_AGAIN_MS = 15 * 60_000

const STOP_CODES = {
  limit: 'follow-limit',
  'folder-changed': 'follow-folder-changed',
} as const satisfies Record<FollowStop['kind'], ErrorCode>

export class RuleFollower {
  readonly #options: FollowerOptions
  #taking: Promise<void> | undefined
  /** When a look is due although nothing has happened here, by the wall clock. */
  #dueAtMs = Number.POSITIVE_INFINITY
  readonly #replacements: Replacements
  #limit: number | undefined
  /** Looks in a row after which something that was due could not be done. */
  #failures = 0

  constructor(options: FollowerOptions) {
    this.#options = options
    const { rule, clock, tools, onStop } = options
    this.#replacements = new Replacements({
      ...{ rule, clock, store: tools.store },
      serverNowMs: () => tools.serverNowMs(rule),
      limit: () => this.#limitNow(),
      onStop: () => onStop(new TransferError('follow-limit', { detail: rule.folder })),
    })
  }

  /** Checks whether a changed file may go up in place of its older version. @param path below the folder */
  mayReplace(path: string): boolean {
    return this.#replacements.mayReplace(path)
  }

  /** When everything has to be looked at again for a step that comes due; ms since 1970. */
  get dueAtMs(): number {
    return this.#dueAtMs
  }

  /** True while calls are under way. */
  get isBusy(): boolean {
    return this.#taking !== undefined
  }

  /** All is being looked at, for whatever was due. */
  sweepBegins(): void {
    this.#dueAtMs = Number.POSITIVE_INFINITY
  }

  /** Resolves when no call is under way. */
  async drain(): Promise<void> {
    await this.#taking
  }

  /**
   * Plans by what a complete look has found, and begins with what is due.
   * @param dirs the folders that are there; all of them could be read
   * @param held files that wait for a person's approval, below the folder
   */
  async look(dirs: readonly string[], held: ReadonlySet<string>): Promise<void> {
    const { rule, root, tools } = this.#options
    const identity = tools.identityOf(rule)
    if (identity === undefined) {
      this.#again()
      return
    }
    const record = this.#pinned(await takePins(root, dirs))
    const view = await this.#plan(record, identity, dirs, held)
    if (view === undefined) return
    this.#limit = limitOf(view)
    this.#taking = tools
      .take({
        rule,
        identity,
        limit: this.#limit,
        folders: rule.subfolders === 'mirror' ? foldersOf(dirs) : [],
        signal: this.#options.signal,
        isStillSo: (step) => this.#isStillSo(step, record.pins, view),
      })
      .then((isDone) => this.#planNext(isDone))
      .catch(() => this.#again())
      .finally(() => {
        this.#taking = undefined
        this.#options.onTaken()
      })
  }

  /** The folder and its drives are the ones they were, or a person has agreed to those that are there. */
  #pinned(pins: Pins): FollowRecord {
    const { rule, root, tools, clock } = this.#options
    const nowMs = clock.nowMs()
    tools.store.clockIsAt(rule.id, nowMs)
    const before = tools.store.record(rule.id)
    const approvedAtMs = approvedAt(rule, nowMs)
    const isAgreed = before?.stop?.kind === 'folder-changed' && before.stop.atMs <= approvedAtMs
    if (before === undefined || isAgreed) {
      // A file that is missing on another drive was not deleted. Neither was one that had gone, by whatever clock.
      const gone = tools.store.files(root, rule.destination).map(({ goneAtMs }) => goneAtMs ?? 0)
      const sinceMs = gone.reduce((last, atMs) => Math.max(last, atMs + 1), nowMs)
      const record = { sinceMs, pins, stop: null }
      tools.store.save(rule.id, record)
      return record
    }
    const paths = changedPins(before.pins, pins)
    if (paths.length === 0 || before.stop?.kind === 'folder-changed') return before
    const stop = { kind: 'folder-changed', atMs: nowMs, paths } as const
    tools.store.save(rule.id, { ...before, stop })
    return { ...before, stop }
  }

  /** Undefined while the folder, or a drive in it, is another one: what it holds says nothing. */
  async #plan(
    record: FollowRecord,
    identity: string,
    dirs: readonly string[],
    held: ReadonlySet<string>,
  ): Promise<FollowView | undefined> {
    const { rule, root, scope, tools, clock } = this.#options
    if (record.stop?.kind === 'folder-changed') {
      this.#tellStop(record.stop)
      return undefined
    }
    const { store } = tools
    const over = this.#replacements.keepOnly(held)
    const nowMs = clock.nowMs()
    const state: FollowState = {
      steps: store.steps(rule.id).filter(({ id }) => !over.includes(id)),
      stop: record.stop,
      sinceMs: record.sinceMs,
      approvedAtMs: approvedAt(rule, nowMs),
      nowMs,
      serverNowMs: tools.serverNowMs(rule) ?? nowMs,
    }
    const inDoubt = new Set<string>()
    for (;;) {
      const view = viewOfRule({
        rule,
        root,
        identity,
        tools,
        dirs,
        places: scope.places(),
        inDoubt,
      })
      const decision = decide(view, state)
      const found = await this.#thereAfterAll(decision.add, view)
      if (found.length === 0) {
        const drop = [...decision.drop, ...over]
        store.revise(rule.id, { ...decision, drop, nowMs: state.nowMs })
        this.#tellStop(decision.stop)
        return view
      }
      for (const path of found) inDoubt.add(path)
    }
  }

  /** Paths of files that the index has as gone, and that can be seen, or can not be looked at. */
  async #thereAfterAll(
    steps: readonly Pick<FollowStep, 'kind' | 'fileToken'>[],
    view: FollowView,
  ): Promise<string[]> {
    const tokens = new Set(
      steps.flatMap(({ kind, fileToken }) => (kind === 'trash' ? fileToken : [])),
    )
    const paths = view.copies.filter(({ token }) => tokens.has(token)).map(({ path }) => path)
    const looks = await Promise.all(
      paths.map(async (path) => [path, await this.#isGone(path)] as const),
    )
    return looks.filter(([, isGone]) => !isGone).map(([path]) => path)
  }

  async #isStillSo(step: FollowStep, pins: Pins, view: FollowView): Promise<boolean> {
    const { root } = this.#options
    try {
      if (!(await samePins(root, pins))) return false
      if (step.kind !== 'trash') {
        await lstat(join(root, ...step.path.split('/')))
        return true
      }
      return (await this.#thereAfterAll([step], view)).length === 0
    } catch {
      return false
    }
  }

  async #isGone(path: string): Promise<boolean> {
    try {
      await lstat(this.#options.root + sep + path.replaceAll('/', sep))
      return false
    } catch (error) {
      return isVanished(error)
    }
  }

  #limitNow(): number {
    const { rule, root, tools } = this.#options
    this.#limit ??= limitOf({
      copies: tools.store
        .copies(root, rule.destination)
        .map((copy) => ({ ...copy, isOurs: copy.isProven })),
    })
    return this.#limit
  }

  #planNext(isDone: boolean): void {
    const { rule, tools, clock } = this.#options
    if (!isDone) {
      this.#again()
      return
    }
    this.#failures = 0
    const stop = tools.store.record(rule.id)?.stop ?? null
    this.#tellStop(stop)
    if (stop !== null) return
    const open = tools.store.steps(rule.id).filter(({ state }) => state === 'planned')
    const nowMs = clock.nowMs()
    const aheadMs = (tools.serverNowMs(rule) ?? nowMs) - nowMs
    for (const { kind, dueAtMs } of open) {
      if (dueAtMs === null) continue
      this.#dueAtMs = Math.min(this.#dueAtMs, kind === 'trash' ? dueAtMs - aheadMs : dueAtMs)
    }
  }

  #again(): void {
    const againMs = Math.min(FIRST_AGAIN_MS * 2 ** this.#failures, LONGEST_AGAIN_MS)
    this.#failures += 1
    this.#dueAtMs = Math.min(this.#dueAtMs, this.#options.clock.nowMs() + againMs)
  }

  #tellStop(stop: FollowStop | null): void {
    const { rule, onStop } = this.#options
    if (stop === null) {
      onStop(undefined)
      return
    }
    const detail = stop.paths.length === 0 ? rule.folder : stop.paths.join(', ') || rule.folder
    onStop(new TransferError(STOP_CODES[stop.kind], { detail }))
  }
}

function foldersOf(dirs: readonly string[]): string[][] {
  return dirs.filter((dir) => dir !== '').map((dir) => dir.split('/').map(remoteName))
}

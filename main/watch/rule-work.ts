import { basename, resolve } from 'node:path'
import type { Clock } from '#main/lib/clock.ts'
import { isPlaceholder } from '#main/lib/placeholder.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { RemoteLayout } from '#shared/transfer/remote-layout.ts'
import { HandOver, type HandOverEvents } from './hand-over/hand-over.ts'
import { reconcileQueued } from './hand-over/reconcile-queued.ts'
import { FileWork } from './judge/file-work.ts'
import { Hashing } from './judge/hashing.ts'
import { Rechecks } from './judge/rechecks.ts'
import type { FileIndex, FollowTools, OpenProbe, TransferQueue } from './ports.ts'
import { isBeginning, type RuleContext } from './rule-context.ts'
import { DiskTroubles, type TroubleEvents } from './scan/disk-troubles.ts'
import { FolderScan } from './scan/folder-scan.ts'
import { splitPath } from './scan/list-folder.ts'
import { Selection } from './scan/selection.ts'
import { Sweep } from './scan/sweep.ts'
import type { ReadingHold } from './settle/pace.ts'
import { WaitingFiles } from './settle/waiting-files.ts'
import { GONE_KEPT_MS, type WatchTimings } from './timings.ts'

export interface WorkTools {
  readonly index: FileIndex
  readonly queue: TransferQueue
  readonly clock: Clock
  readonly probe: OpenProbe
  readonly timings: WatchTimings
  readonly follow?: FollowTools
  /** Holds back reading in the background. */
  readonly hold: ReadingHold
}

/** Called between folders of a sweep, so that urgent work gets a turn. */
type OnFolder = () => Promise<void> | void

/** A file that can not go where it belongs. */
export interface Refused {
  readonly error: TransferError
  readonly atMs: number
}

/** The work on one rule's files, without the question when to do what. */
export class RuleWork {
  readonly context: RuleContext
  /** The problems on the disk. */
  readonly troubles: DiskTroubles
  readonly scan: FolderScan
  readonly waiting: WaitingFiles
  readonly rechecks: Rechecks
  readonly hashing: Hashing
  readonly #work: FileWork
  /** By absolute path, with the sweep that found it so. */
  readonly #refused = new Map<string, Refused & { readonly sweep: number }>()
  /** Asked before a changed file replaces its older version. */
  mayReplace: (path: string) => boolean = () => true
  #isReconciled = false
  #sweeps = 0

  constructor(
    rule: WatchRule,
    { index, queue, clock, probe, timings, hold }: WorkTools,
    signal: AbortSignal,
    events: HandOverEvents & TroubleEvents & { readyToLook(): void },
  ) {
    const root = resolve(rule.folder)
    const scope = index.scope(root, rule.destination)
    const selection = new Selection(rule)
    this.troubles = new DiskTroubles(root, events, timings.troubleEveryMs)
    const onUnopened = (path: string, error: unknown) => this.troubles.unopened(path, error)
    const tools = { queue, clock, probe, signal, isPlaceholder, onUnopened }
    const mayReplace = (path: string) => this.mayReplace(path)
    this.context = { rule, root, scope, selection, mayReplace, ...tools }
    const layout = new RemoteLayout({
      rootName: basename(root),
      overflow: rule.overflowFolders,
      places: scope.places(),
    })
    this.hashing = new Hashing(this.context, hold, (path) => {
      this.waiting.hurryTo(path)
      events.readyToLook()
    })
    this.rechecks = new Rechecks(this.context, this.hashing, () => events.readyToLook())
    const noting = this.#notingRefusals(events)
    this.#work = new FileWork(
      this.context,
      new HandOver(this.context, layout, noting),
      this.hashing,
      this.rechecks,
    )
    this.scan = new FolderScan(this.context, this.troubles, (path) =>
      noting.refused(path, new TransferError('source-name-invalid', { detail: path })),
    )
    this.waiting = new WaitingFiles(this.context, this.#work, this.troubles)
  }

  /** Files that can not go where they belong, as they were when they were last looked at. */
  get refused(): ReadonlyMap<string, Refused> {
    return this.#refused
  }

  /** Checks whether a file is not settled that may be a known one which was moved. */
  hasNewWaiting(): boolean {
    for (const { path } of this.waiting.list()) {
      const { dir, name } = splitPath(path)
      const row = this.context.scope.file(dir, name)
      if (row === undefined || row.gone) return true
    }
    return false
  }

  /** Looks at everything. Returns whether the rule's folder could be read. */
  async sweep(onFolder: OnFolder): Promise<boolean> {
    const { scope, rule, clock } = this.context
    if (!this.#isReconciled) await reconcileQueued(this.context)
    this.#isReconciled = true
    this.#sweeps += 1
    const isFresh = scope.isEmpty() || isBeginning(this.context)
    const sweep = this.#newSweep(isFresh, onFolder)
    await sweep.walk([''], 'all')
    await sweep.takeDoubtful()
    await this.#work.flush()
    if (!this.scan.has('')) return false
    this.scan.keepOnly(sweep.seen)
    for (const [path, refused] of this.#refused) {
      if (refused.sweep !== this.#sweeps) this.#refused.delete(path)
    }
    if (scope.begunFor() !== rule.id) scope.saveBegun(rule.id)
    scope.prune(clock.nowMs() - GONE_KEPT_MS)
    return true
  }

  /** Looks at folders in which something happened, and at folders in them that are new. */
  async lookAt(dirs: readonly string[], onFolder: OnFolder): Promise<void> {
    const sweep = this.#newSweep(false, onFolder)
    await sweep.walk([...new Set([...dirs, ...this.scan.linksInto(dirs)])], 'new')
    await sweep.takeDoubtful()
    await this.#work.flush()
  }

  lookAtDue(): Promise<string[]> {
    return this.waiting.lookAtDue()
  }

  fillInHashes(): Promise<void> {
    return this.hashing.fillIn()
  }

  async drain(): Promise<void> {
    await Promise.all([this.hashing.drain(), this.rechecks.drain()])
  }

  #notingRefusals(events: HandOverEvents): HandOverEvents {
    return {
      handedOver: (files) => {
        for (const { candidate } of files) this.#refused.delete(candidate.path)
        events.handedOver(files)
      },
      refused: (path, error) => {
        const atMs = this.context.clock.nowMs()
        this.#refused.set(path, { error, atMs, sweep: this.#sweeps })
        events.refused(path, error)
      },
    }
  }

  #newSweep(isFresh: boolean, onFolder: OnFolder): Sweep {
    const { scan, waiting, context } = this
    return new Sweep({ scan, waiting, signal: context.signal, isFresh, onFolder })
  }
}

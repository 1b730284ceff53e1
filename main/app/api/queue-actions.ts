import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { Ranked } from '#main/store/queue-order.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { QueueAction, QueueFilter, QueueSelection } from '#shared/contract/queue-channels.ts'
import type { TimelineEntry } from '#shared/contract/transfer-channels.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination, Transfer, TransferState } from '#shared/model/transfer.ts'
import { ACTION_KINDS } from '#shared/transfer/action-kinds.ts'
import { documentTypeFor } from '#shared/transfer/as-document.ts'
import { nextState } from '#shared/transfer/next-state.ts'
import { HELD } from '#shared/transfer/state-kinds.ts'
import type { Worker } from '../accounts/worker.ts'
import { type RenamedFinder, renamedFinder } from '../find-renamed.ts'
import type { Changes } from '../live/changes.ts'
import type { ProgressTracker } from '../live/progress-tracker.ts'
import type { TimelineRecorder } from '../live/timeline-recorder.ts'
import { everyTransfer } from '../unfinished.ts'
import type { Watching } from '../watching/watching.ts'
import type { FilterOf } from './filters.ts'
import { TAB_KINDS } from './tabs.ts'
import type { UndoBook } from './undo-book.ts'

export interface QueueActionsOptions {
  readonly stores: Stores
  readonly worker: Worker
  readonly changes: Changes
  readonly recorder: TimelineRecorder
  readonly moving: ProgressTracker
  readonly undo: UndoBook
  readonly clock: Clock
  readonly watching: Watching
  readonly filterOf: FilterOf
  /** A file that a browser sent is not needed any more, as far as one transfer goes. */
  readonly releaseKept: (path: string) => void
}

type StateAction = Exclude<QueueAction, 'to-top' | 'remove' | 'clear'>

/** Transfers moved in one go; the event loop breathes in between. */
const CHUNK = 100

/** From so many on, a person is shown how far it is. */
const BULK = 1_000

/** A person's actions on transfers: on disk first, then in the engine, then on the page. */
export class QueueActions {
  readonly #options: QueueActionsOptions
  #bulk: LiveState['bulk'] = null

  constructor(options: QueueActionsOptions) {
    this.#options = options
  }

  /** The action on very many transfers that is under way. */
  get bulk(): LiveState['bulk'] {
    return this.#bulk
  }

  async act(selection: QueueSelection, action: QueueAction): Promise<RequestOutput<'queue.act'>> {
    const { worker, undo } = this.#options
    // Runs that wait, and endpoints that are held, are tried as well.
    if (action === 'retry') worker.tryNow()
    if (action === 'remove' || action === 'clear') return this.#takeOff(selection, action)
    const before: Transfer[] = []
    const places: Ranked[] = []
    const findRenamed = renamedFinder()
    const total = action === 'cancel' ? this.atStake(selection).transfers : 0
    try {
      for (const chunk of this.#chunks(selection, action)) {
        const ids = action === 'as-file' ? chunk.filter(this.#goesAsFile) : chunk
        if (action === 'retry') await this.#followRenamed(ids, findRenamed)
        if (action === 'to-top') places.push(...this.#toTop(ids))
        else before.push(...(await this.#move(ids, action)))
        if (action === 'cancel') this.#progress('cancel', before.length, total)
        await nextTurn()
      }
    } finally {
      this.#bulk = null
    }
    const changed = before.length + places.length
    // An account that was refused stands still with its files queued: retrying is about that, too.
    const isForward = action === 'retry' || (changed > 0 && action !== 'pause')
    if (isForward && action !== 'cancel') worker.nudge()
    if (places.length > 0) return { changed, undo: undo.add(() => this.#putBack(places)) }
    // Pausing, resuming and trying again have a button for the way back.
    if (action !== 'cancel' || before.length === 0) return { changed, undo: null }
    const taken = undo.add(
      () => this.#uncancel(before),
      () => this.#forget(before.map(({ id }) => id)),
    )
    return { changed, undo: taken }
  }

  /** Restarts from scratch, as another account, what waits for a signed-out one. */
  async handOver(
    from: string,
    to: string,
    isMeant: (transfer: Transfer) => boolean,
  ): Promise<RequestOutput<'queue.hand-over'>> {
    const { stores, worker, changes, recorder, clock } = this.#options
    const waiting = [...everyTransfer(stores.transfers, { kinds: ['blocked'] })]
      .filter((transfer) => waitsFor(transfer, from) && isMeant(transfer))
      .map(({ id }) => id)
    let changed = 0
    for (let at = 0; at < waiting.length; at += CHUNK) {
      const moved = stores.controls.handOver(waiting.slice(at, at + CHUNK), to)
      for (const id of moved) recorder.add(id, { kind: 'continued', atMs: clock.nowMs() })
      changes.emit('reordered', moved)
      changed += moved.length
      await nextTurn()
    }
    if (changed > 0) worker.nudge()
    return { changed, left: waiting.length - changed }
  }

  /**
   * Sends transfers that are held elsewhere, from scratch.
   * @throws TransferError `one-file-only`: each of several files would replace the one before
   */
  async redirect(
    selection: QueueSelection,
    destination: Destination,
  ): Promise<RequestOutput<'queue.redirect'>> {
    const { stores, worker, changes, recorder, moving, clock, undo } = this.#options
    const chunks = [...this.#chunks(selection, 'redirect')]
    const asked = chunks.flat().length
    if (destination.kind === 'file' && asked > 1) throw new TransferError('one-file-only')
    const moved: Transfer[] = []
    for (const ids of chunks) {
      const before = stores.controls.redirect(ids, destination)
      for (const { id } of before) {
        moving.forget(id)
        recorder.add(id, { kind: 'continued', atMs: clock.nowMs() })
      }
      changes.emit(
        'reordered',
        before.map(({ id }) => id),
      )
      moved.push(...before)
      await nextTurn()
    }
    if (moved.length === 0) return { changed: 0, left: asked, undo: null }
    worker.nudge()
    const sendBack = async () => {
      let restored = 0
      for (let at = 0; at < moved.length; at += CHUNK) {
        const chunk = moved.slice(at, at + CHUNK)
        await this.#move(
          chunk.map(({ id }) => id),
          'pause',
        )
        restored += stores.controls.sendBack(chunk)
        changes.emit('reordered', [])
        await nextTurn()
      }
      return { restored, kept: moved.length - restored }
    }
    return { changed: moved.length, left: asked - moved.length, undo: undo.add(sendBack) }
  }

  /** Puts transfers beside another one in the order of the queue. Returns how many have moved. */
  moveBeside(ids: readonly string[], beside: string, side: 'before' | 'after'): number {
    const { stores, changes, worker } = this.#options
    const moved = stores.controls.moveBeside(ids, beside, side)
    changes.emit('reordered', moved)
    if (moved.length > 0) worker.nudge()
    return moved.length
  }

  /** Returns how much a cancellation would end and discard. */
  atStake(selection: QueueSelection): RequestOutput<'queue.at-stake'> {
    const { windows, transfers } = this.#options.stores
    const parts = filtersIn(selection)
      .map((filter) => this.#filterOf(filter, 'cancel'))
      .filter(({ kinds }) => kinds.length > 0)
      .map((filter) => ({
        transfers: windows.total(filter),
        sentBytes: windows.sentBytes(filter),
      }))
    const meant = idsIn(selection)
      .flatMap((id) => transfers.get(id) ?? [])
      .filter(({ state }) => ACTION_KINDS.cancel.includes(state.kind))
    const chosen = {
      transfers: meant.length,
      sentBytes: meant.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
    }
    return parts.reduce(
      (sum, each) => ({
        transfers: sum.transfers + each.transfers,
        sentBytes: sum.sentBytes + each.sentBytes,
      }),
      chosen,
    )
  }

  /**
   * Takes back what was added by mistake: what is new leaves as if it had never been asked for, and
   * what was at rest before is cancelled. A file that is in Feishu by now, or may be, stays.
   * @returns how many were taken back
   */
  async withdraw(
    {
      newIds,
      againIds,
    }: { readonly newIds: readonly string[]; readonly againIds: readonly string[] },
    batchId: string,
  ): Promise<number> {
    const { stores, changes } = this.#options
    const ids = [...newIds, ...againIds]
    const isNew = new Set(newIds)
    let takenBack = 0
    for (let at = 0; at < ids.length; at += CHUNK) {
      const moved = (await this.#move(ids.slice(at, at + CHUNK), 'cancel')).map(({ id }) => id)
      this.#forget(moved)
      const fresh = moved.filter((id) => isNew.has(id))
      takenBack += moved.length - fresh.length + stores.controls.discard(fresh, batchId).length
      this.#progress('cancel', at, ids.length)
      await nextTurn()
    }
    this.#bulk = null
    changes.emit('reordered', [])
    return takenBack
  }

  #progress(action: NonNullable<LiveState['bulk']>['action'], changed: number, total: number) {
    if (total < BULK) return
    this.#bulk = { action, changed: Math.min(changed, total), total }
    this.#options.changes.emit('changed')
  }

  /** Takes ended transfers off the list; the history keeps them. */
  async #takeOff(
    selection: QueueSelection,
    action: 'remove' | 'clear',
  ): Promise<RequestOutput<'queue.act'>> {
    const taken: string[] = []
    for (const ids of this.#chunks(selection, action)) {
      taken.push(...this.#list(ids, false))
      await nextTurn()
    }
    if (taken.length === 0) return { changed: 0, undo: null }
    const putBack = async () => {
      let restored = 0
      for (let at = 0; at < taken.length; at += CHUNK) {
        restored += this.#list(taken.slice(at, at + CHUNK), true).length
        await nextTurn()
      }
      return restored
    }
    return { changed: taken.length, undo: this.#options.undo.add(putBack) }
  }

  #list(ids: readonly string[], isListed: boolean): string[] {
    const { stores, changes } = this.#options
    const moved = stores.controls.setListed(ids, isListed)
    changes.emit('reordered', [])
    return moved
  }

  /** A cancel is final: what the uploads left in documents may be taken away, and files kept for them. */
  #forget(ids: readonly string[]): void {
    const { stores, worker, releaseKept } = this.#options
    stores.controls.forgetCancelled(ids)
    worker.nudge()
    for (const id of ids) {
      const transfer = stores.transfers.get(id)
      if (transfer?.state.kind === 'cancelled') releaseKept(transfer.path)
    }
  }

  /** The ids selected; those of a filter are looked up as it goes, so that a long queue is no long list. */
  *#chunks(selection: QueueSelection, action: QueueAction | 'redirect'): Generator<string[]> {
    const chosen = idsIn(selection)
    for (let at = 0; at < chosen.length; at += CHUNK) yield chosen.slice(at, at + CHUNK)
    for (const filter of filtersIn(selection)) yield* this.#chunksOf(filter, action)
  }

  *#chunksOf(asked: QueueFilter, action: QueueAction | 'redirect'): Generator<string[]> {
    const filter = this.#filterOf(asked, action)
    if (filter.kinds.length === 0) return
    for (let afterKey = 0; ; ) {
      const found = this.#options.stores.windows.ids({ ...filter, afterKey, limit: CHUNK })
      const last = found.at(-1)
      if (last === undefined) return
      afterKey = last.key
      yield found.map(({ id }) => id)
    }
  }

  /** Notes that a file goes up as it is, which could not become a document. False: there is nothing to note. */
  readonly #goesAsFile = (id: string): boolean => {
    const { transfers } = this.#options.stores
    const transfer = transfers.get(id)
    const type = transfer && documentTypeFor(transfer)
    if (type === undefined || transfer?.state.kind !== 'failed') return false
    const { error } = transfer.state
    if (!means(error, 'no-document')) return false
    const place = { kind: 'document', type, insteadFile: error.code } as const
    transfers.saveAttach(id, { place, fileToken: null })
    return true
  }

  /** A failed file may have another name by now: that is what some failures ask for. */
  async #followRenamed(ids: readonly string[], findRenamed: RenamedFinder): Promise<void> {
    const { transfers, controls } = this.#options.stores
    for (const id of ids) {
      const transfer = transfers.get(id)
      if (transfer?.state.kind !== 'failed') continue
      if (lookUp(transfer.state.error).domain !== 'source') continue
      const renamed = await findRenamed(transfer)
      if (renamed !== undefined) controls.follow(id, renamed)
    }
  }

  /** Returns the window of a filter, narrowed to the states that the action applies to. */
  #filterOf({ tab, ...filter }: QueueFilter, action: QueueAction | 'redirect') {
    const kinds = TAB_KINDS[tab].filter((kind) =>
      (action === 'redirect' ? HELD : ACTION_KINDS[action]).includes(kind),
    )
    return this.#options.filterOf({ ...filter, kinds })
  }

  /** Returns the transfers that were moved, as they were. */
  async #move(ids: readonly string[], action: StateAction): Promise<Transfer[]> {
    const { stores, worker, changes, recorder, moving, clock } = this.#options
    const nowMs = clock.nowMs()
    const moved = stores.controls.moveStates(ids, nowMs, (transfer) => this.#next(transfer, action))
    for (const { before } of moved) {
      recorder.ended(before.id)
      recorder.add(before.id, { ...TIMELINE_ENTRY[action], atMs: nowMs })
    }
    const movedIds = moved.map(({ before }) => before.id)
    changes.emit('reordered', movedIds)
    if (action === 'pause' || action === 'cancel') {
      await worker.halt(movedIds)
      if (action === 'cancel') this.#options.watching.cancelled(movedIds)
      for (const id of movedIds) {
        if (action === 'pause') moving.stopped(id)
        else moving.forget(id)
      }
    }
    return moved.map(({ before }) => before)
  }

  #next(transfer: Transfer, action: StateAction): TransferState {
    const { state, id } = transfer
    if (!ACTION_KINDS[action].includes(state.kind)) return state
    switch (action) {
      case 'pause':
        return nextState(state, { kind: 'paused' })
      case 'cancel':
        return nextState(state, { kind: 'cancelled' })
      default:
        // A run that only waits resumes by itself, and would not know that it was queued again.
        if (state.kind === 'waiting' && this.#options.worker.isAtWork(id)) return state
        return nextState(state, { kind: 'requeued' })
    }
  }

  #toTop(ids: readonly string[]): readonly Ranked[] {
    const { stores, changes } = this.#options
    const moved = stores.controls.toTop(ids)
    changes.emit(
      'reordered',
      moved.map(({ id }) => id),
    )
    return moved
  }

  async #putBack(places: readonly Ranked[]): Promise<number> {
    const { stores, changes } = this.#options
    let restored = 0
    for (let at = 0; at < places.length; at += CHUNK) {
      restored += stores.controls.putBack(places.slice(at, at + CHUNK))
      await nextTurn()
    }
    changes.emit('reordered', [])
    return restored
  }

  async #uncancel(cancelled: readonly Transfer[]): Promise<number> {
    const { stores, changes, recorder, worker, clock } = this.#options
    const states = new Map(cancelled.map(({ id, state }) => [id, state]))
    const ids = [...states.keys()]
    let restored = 0
    for (let at = 0; at < ids.length; at += CHUNK) {
      this.#progress('undo', at, ids.length)
      const nowMs = clock.nowMs()
      const chunk = ids.slice(at, at + CHUNK)
      const moved = stores.controls.moveStates(chunk, nowMs, ({ id, state }) => {
        const former = states.get(id)
        if (state.kind !== 'cancelled' || former === undefined) return state
        return HELD.includes(former.kind) ? former : { kind: 'queued' }
      })
      for (const { before } of moved) recorder.add(before.id, { kind: 'continued', atMs: nowMs })
      changes.emit(
        'reordered',
        moved.map(({ before }) => before.id),
      )
      restored += moved.length
      await nextTurn()
    }
    this.#bulk = null
    changes.emit('changed')
    worker.nudge()
    return restored
  }
}

/** Returns the filters that a selection is made of: one for each group, or the only one. */
function filtersIn(selection: QueueSelection): QueueFilter[] {
  if (!('filter' in selection)) return []
  const { filter } = selection
  return 'groups' in selection ? selection.groups.map((group) => ({ ...filter, group })) : [filter]
}

function idsIn(selection: QueueSelection): readonly string[] {
  return 'ids' in selection ? selection.ids : []
}

function waitsFor({ account, state }: Transfer, identity: string): boolean {
  return account === identity && state.kind === 'blocked' && state.error.code === 'signed-out'
}

const RETRIED = { kind: 'continued', by: 'retry' } as const

const TIMELINE_ENTRY = {
  pause: { kind: 'paused' },
  resume: { kind: 'continued' },
  retry: RETRIED,
  'as-file': RETRIED,
  cancel: { kind: 'cancelled' },
} as const satisfies Record<StateAction, Omit<TimelineEntry, 'atMs'>>

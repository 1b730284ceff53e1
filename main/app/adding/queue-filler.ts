import { randomUUID } from 'node:crypto'
import { planUpload } from '#main/engine/plan-upload.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { Destination, Handling } from '#shared/model/transfer.ts'
import { PENDING } from '#shared/transfer/state-kinds.ts'
import type { Worker } from '../accounts/worker.ts'
import type { QueueActions } from '../api/queue-actions.ts'
import type { UndoBook } from '../api/undo-book.ts'
import type { Changes } from '../live/changes.ts'

export interface FillingOptions {
  readonly stores: Stores
  readonly worker: Worker
  readonly changes: Changes
  readonly actions: QueueActions
  readonly undo: UndoBook
  readonly clock: Clock
  readonly onFault: (what: string, error: unknown) => void
}

/** The destination of files, and what was asked for besides. */
interface Wishes {
  readonly destination: Destination
  readonly handling: Handling
  readonly account: string | undefined
  readonly again: boolean
  readonly allowSensitive: boolean
}

interface Batch {
  readonly batchId: string
  readonly newIds: string[]
  /** Were at rest in the queue, and are asked for again. */
  readonly againIds: string[]
  /** Were on their way already. */
  there: number
  unchanged: number
  refused: number
}

/** A page is answered by then; what is found later shows in the live state. */
const ANSWER_AFTER_MS = 150

/** The result of reading a folder is told for so long: enough for every page to hear it. */
const TOLD_FOR_MS = 5_000

/** Puts files and folders in the queue, however many there are in them. */
export class QueueFiller {
  readonly #options: FillingOptions
  readonly #closing = new AbortController()
  readonly #batches = new Map<string, Batch>()
  readonly #underWay = new Set<Promise<void>>()
  #added: LiveState['added'] = []

  constructor(options: FillingOptions) {
    this.#options = options
  }

  /** Folders that are still being read. */
  get adding(): LiveState['adding'] {
    return [...this.#batches.values()].map(figuresOf)
  }

  /** Folders that have just been read. */
  get added(): LiveState['added'] {
    return this.#added
  }

  async add(paths: readonly string[], wishes: Wishes) {
    const { clock, undo, actions } = this.#options
    const batchId = randomUUID()
    const counts = { there: 0, unchanged: 0, refused: 0 }
    const batch: Batch = { batchId, newIds: [], againIds: [], ...counts }
    const stopped = new AbortController()
    const signal = AbortSignal.any([this.#closing.signal, stopped.signal])
    this.#batches.set(batch.batchId, batch)
    const filled = this.#fill(batch, paths, wishes, signal)
    const enough = new AbortController()
    const complete = await Promise.race([
      filled.then(() => true),
      clock.sleep(ANSWER_AFTER_MS, enough.signal).then(
        () => false,
        () => false,
      ),
    ])
    enough.abort()
    const takeBack = async () => {
      stopped.abort(new Error('taken back'))
      await filled
      const restored = await actions.withdraw(batch, batchId)
      return { restored, kept: figuresOf(batch).queued - restored }
    }
    const figures = figuresOf(batch)
    const canUndo = figures.queued > 0 || !complete
    return { ...figures, complete, undo: canUndo ? undo.add(takeBack, undefined, filled) : null }
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('closing'))
    await Promise.all(this.#underWay)
  }

  #fill(
    batch: Batch,
    paths: readonly string[],
    wishes: Wishes,
    signal: AbortSignal,
  ): Promise<void> {
    const filling = this.#queueAll(batch, paths, wishes, signal)
      .catch((error: unknown) => {
        if (!signal.aborted) this.#options.onFault('queue.add', error)
      })
      .finally(() => {
        this.#batches.delete(batch.batchId)
        this.#underWay.delete(filling)
        this.#tell(figuresOf(batch))
      })
    this.#underWay.add(filling)
    return filling
  }

  #tell(figures: LiveState['added'][number]): void {
    const { clock, changes } = this.#options
    this.#added = [...this.#added, figures]
    changes.emit('changed')
    clock.sleep(TOLD_FOR_MS, this.#closing.signal).then(
      () => {
        this.#added = this.#added.filter(({ batchId }) => batchId !== figures.batchId)
        changes.emit('changed')
      },
      () => {}, // Closing.
    )
  }

  async #queueAll(
    batch: Batch,
    paths: readonly string[],
    wishes: Wishes,
    signal: AbortSignal,
  ): Promise<void> {
    const { stores, clock, worker, changes } = this.#options
    const { batchId } = batch
    const store = stores.transfers
    for await (const chunk of planUpload(paths, {
      store,
      copies: stores.copies,
      clock,
      ...wishes,
      // Asked about beforehand: see `queue.sensitive`.
      maySend: wishes.allowSensitive ? undefined : async () => false,
      batchId,
      signal,
    })) {
      for (const planned of chunk) {
        if (planned.kind === 'unchanged') batch.unchanged += 1
        else if (planned.kind === 'refused') batch.refused += 1
        else if (planned.was === undefined) batch.newIds.push(planned.transfer.id)
        else if (PENDING.includes(planned.was)) batch.there += 1
        else batch.againIds.push(planned.transfer.id)
      }
      changes.emit('reordered', [])
      worker.nudge()
    }
  }
}

function figuresOf({ batchId, newIds, againIds, there, unchanged, refused }: Batch) {
  return { batchId, queued: newIds.length + againIds.length, there, unchanged, refused }
}

import { randomUUID } from 'node:crypto'
import { planUpload } from '#main/engine/plan-upload.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { Destination, Handling } from '#shared/model/transfer.ts'
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
  readonly queuedIds: string[]
  unchanged: number
  refused: number
}

/** A page is answered by then; what is found later shows in the live state. */
const ANSWER_AFTER_MS = 150

/** Puts files and folders in the queue, however many there are in them. */
export class QueueFiller {
  readonly #options: FillingOptions
  readonly #closing = new AbortController()
  readonly #batches = new Map<string, Batch>()
  readonly #underWay = new Set<Promise<void>>()

  constructor(options: FillingOptions) {
    this.#options = options
  }

  /** Folders that are still being read. */
  get adding(): LiveState['adding'] {
    return [...this.#batches.values()].map(({ batchId, queuedIds, unchanged }) => ({
      batchId,
      queued: queuedIds.length,
      unchanged,
    }))
  }

  async add(paths: readonly string[], wishes: Wishes) {
    const { clock, undo, actions } = this.#options
    const batch: Batch = { batchId: randomUUID(), queuedIds: [], unchanged: 0, refused: 0 }
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
    const taken = undo.add(async () => {
      stopped.abort(new Error('taken back'))
      await filled
      return actions.withdraw(batch.queuedIds)
    })
    return {
      batchId: batch.batchId,
      queued: batch.queuedIds.length,
      unchanged: batch.unchanged,
      refused: batch.refused,
      complete,
      undo: batch.queuedIds.length > 0 || !complete ? taken : null,
    }
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
        this.#options.changes.emit('changed')
      })
    this.#underWay.add(filling)
    return filling
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
        else batch.queuedIds.push(planned.transfer.id)
      }
      changes.emit('reordered', [])
      worker.nudge()
    }
  }
}

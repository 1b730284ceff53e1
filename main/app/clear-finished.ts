import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '#main/lib/clock.ts'
import type { QueueControls } from '#main/store/queue-controls.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import { SETTLED } from '#shared/transfer/state-kinds.ts'
import type { Changes } from './live/changes.ts'

const DAY_MS = 24 * 60 * 60_000
const LOOK_EVERY_MS = 60 * 60_000
/** Transfers a commit: the event loop breathes in between. */
const CHUNK = 500

/**
 * Takes transfers that came to their end before a time off the list. The history keeps them, and so
 * does the table of copies. Returns how many.
 */
export async function clearEnded(
  controls: Pick<QueueControls, 'clear'>,
  kinds: readonly TransferStateKind[],
  endedBeforeMs: number,
): Promise<number> {
  for (let cleared = 0; ; await nextTurn()) {
    const some = controls.clear(kinds, endedBeforeMs, CHUNK)
    cleared += some
    if (some < CHUNK) return cleared
  }
}

/** Takes off the list what has been finished for as many days as the person has set. */
export class FinishedKeeper {
  readonly #closed = new AbortController()
  readonly #clock: Clock
  readonly #controls: Pick<QueueControls, 'clear'>
  readonly #changes: Changes
  readonly #days: () => number | null
  readonly #onFault: (error: unknown) => void

  /** @param onFault told of a list that cannot be changed, for example on a full disk; it is tried again later */
  constructor(
    clock: Clock,
    controls: Pick<QueueControls, 'clear'>,
    changes: Changes,
    days: () => number | null,
    onFault: (error: unknown) => void,
  ) {
    this.#clock = clock
    this.#controls = controls
    this.#changes = changes
    this.#days = days
    this.#onFault = onFault
  }

  async keep(): Promise<void> {
    const { signal } = this.#closed
    while (!signal.aborted) {
      await this.look().catch(this.#onFault)
      await this.#clock.sleep(LOOK_EVERY_MS, signal).catch(() => {})
    }
  }

  async look(): Promise<void> {
    const days = this.#days()
    if (days === null) return
    const cleared = await clearEnded(this.#controls, SETTLED, this.#clock.nowMs() - days * DAY_MS)
    if (cleared > 0) this.#changes.emit('reordered', [])
  }

  close(): void {
    this.#closed.abort(new Error('closed'))
  }
}

import { randomUUID } from 'node:crypto'
import type { Clock } from '#main/lib/clock.ts'

/** A person has so long to take something back; pages show it for a little less. */
const UNDO_MS = 10_000

/** The outcome of an undo. */
interface Undone {
  readonly restored: number
  /** Transfers that could not be taken back any more. */
  readonly kept: number
}

interface Entry {
  readonly undo: () => number | Undone | Promise<number | Undone>
  readonly settle: () => void
  readonly expired: AbortController
}

const nothing = Promise.resolve()

/** Actions that can still be undone. Afterwards they become final by themselves. */
export class UndoBook {
  readonly #clock: Clock
  readonly #entries = new Map<string, Entry>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * @param undo undoes the action; returns how many transfers that concerned
   * @param settle makes it final once it can no longer be undone
   * @param done when the action is complete: the time to undo it begins then
   */
  add(undo: Entry['undo'], settle: Entry['settle'] = () => {}, done: Promise<void> = nothing) {
    const token = randomUUID()
    const expired = new AbortController()
    this.#entries.set(token, { undo, settle, expired })
    const untilMs = this.#clock.nowMs() + UNDO_MS
    done
      .then(() => this.#clock.sleep(UNDO_MS, expired.signal))
      .then(
        () => this.#take(token)?.settle(),
        () => {}, // Taken back, or settled by closing.
      )
    return { token, untilMs }
  }

  /** Returns 0 and 0 when the time for it has passed. */
  async undo(token: string): Promise<Undone> {
    const entry = this.#take(token)
    entry?.expired.abort()
    const undone = (await entry?.undo()) ?? 0
    return typeof undone === 'number' ? { restored: undone, kept: 0 } : undone
  }

  /** Makes all actions final. */
  close(): void {
    for (const token of [...this.#entries.keys()]) {
      const entry = this.#take(token)
      entry?.expired.abort()
      entry?.settle()
    }
  }

  #take(token: string): Entry | undefined {
    const entry = this.#entries.get(token)
    this.#entries.delete(token)
    return entry
  }
}

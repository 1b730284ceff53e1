import { randomUUID } from 'node:crypto'
import type { Clock } from '#main/lib/clock.ts'

/** A person has so long to take something back; pages show it for a little less. */
const UNDO_MS = 10_000

interface Entry {
  readonly undo: () => number | Promise<number>
  readonly settle: () => void
  readonly expired: AbortController
}

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
   */
  add(undo: Entry['undo'], settle: Entry['settle'] = () => {}) {
    const token = randomUUID()
    const expired = new AbortController()
    this.#entries.set(token, { undo, settle, expired })
    const untilMs = this.#clock.nowMs() + UNDO_MS
    this.#clock.sleep(UNDO_MS, expired.signal).then(
      () => this.#take(token)?.settle(),
      () => {}, // Taken back, or settled by closing.
    )
    return { token, untilMs }
  }

  async undo(token: string): Promise<number> {
    const entry = this.#take(token)
    entry?.expired.abort()
    return (await entry?.undo()) ?? 0
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

import type { Clock } from '#main/lib/clock.ts'

/** Often enough that an upload does not hang on dead sockets for long. */
const LOOK_EVERY_MS = 5_000
/** A machine under load is late by a second or two; asleep, by minutes. */
const JUMP_MS = 20_000

/**
 * Notices that the machine slept, or that its clock was set: a timer for five seconds went off, but
 * more or less time has passed. Systems say so themselves only on the desktop, and not always.
 */
export class ClockJumps {
  readonly #clock: Clock
  readonly #onJump: () => void
  readonly #closed = new AbortController()
  #dueAtMs = Number.POSITIVE_INFINITY

  constructor(clock: Clock, onJump: () => void) {
    this.#clock = clock
    this.#onJump = onJump
  }

  async keep(): Promise<void> {
    const { signal } = this.#closed
    while (!signal.aborted) {
      this.noticed()
      await this.#clock.sleep(LOOK_EVERY_MS, signal).catch(() => {})
      if (!signal.aborted && Math.abs(this.#clock.nowMs() - this.#dueAtMs) > JUMP_MS) {
        this.#onJump()
      }
    }
  }

  /** Notes that the jump up to now was handled elsewhere, so it does not count. */
  noticed(): void {
    this.#dueAtMs = this.#clock.nowMs() + LOOK_EVERY_MS
  }

  close(): void {
    this.#closed.abort(new Error('closed'))
  }
}

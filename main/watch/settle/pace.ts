import type { Clock } from '#main/lib/clock.ts'
import { WakeUp } from '#main/lib/wake-up.ts'

/** The largest share of the time, and so of the disk, for reading that no one waits for. */
const SHARE = 1 / 5
/** Time of reading before a rest: a rest after each small file would be too short for a timer. */
const STRETCH_MS = 50

/** Holds reading in the background: on battery, where the person chose that. */
export class ReadingHold {
  readonly #waiting = new Set<WakeUp>()
  #isHeld = false

  get isHeld(): boolean {
    return this.#isHeld
  }

  set(isHeld: boolean): void {
    this.#isHeld = isHeld
    if (!isHeld) for (const waiting of this.#waiting) waiting.wake()
  }

  /** Resolves when nothing is held any more; rejects with the signal's reason. */
  async released(clock: Clock, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (!this.#isHeld) return
    const wakeUp = new WakeUp(clock)
    this.#waiting.add(wakeUp)
    const wake = () => wakeUp.wake()
    signal.addEventListener('abort', wake)
    try {
      while (this.#isHeld && !signal.aborted) await wakeUp.sleep(Number.POSITIVE_INFINITY)
    } finally {
      signal.removeEventListener('abort', wake)
      this.#waiting.delete(wakeUp)
    }
    signal.throwIfAborted()
  }
}

/** The pace of reading in the background: one file at a time, with rests. */
export class Pace {
  readonly #clock: Clock
  readonly #hold: ReadingHold
  /** A person waits for the end: no rests. */
  isUrgent = false
  #last: Promise<unknown> = Promise.resolve()
  #sinceMs = 0
  /** Read before, and not rested for yet. */
  #owedMs = 0

  constructor(clock: Clock, hold: ReadingHold) {
    this.#clock = clock
    this.#hold = hold
  }

  /** Reads something when all that was asked for before is read. */
  read<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      await this.#hold.released(this.#clock, signal)
      this.#sinceMs = this.#clock.steadyMs()
      try {
        return await work()
      } finally {
        this.#owedMs += this.#clock.steadyMs() - this.#sinceMs
      }
    })
    this.#last = turn.catch(() => {})
    return turn
  }

  /** Asked for leave to read on, between two pieces; resolves when it may be. */
  readonly rest = async (_bytes: number, signal: AbortSignal): Promise<void> => {
    await this.#hold.released(this.#clock, signal)
    const busyMs = this.#owedMs + this.#clock.steadyMs() - this.#sinceMs
    if (this.isUrgent || busyMs < STRETCH_MS) return
    await this.#clock.sleep(busyMs * (1 / SHARE - 1), signal)
    this.#owedMs = 0
    this.#sinceMs = this.#clock.steadyMs()
  }
}

import type { Clock } from '#main/lib/clock.ts'

const EVERY_MS = 2_000
/** Five minutes. */
const MOST_SAMPLES = 150

/** The speed of the last minutes, for every page that asks, also about the time before it was opened. */
export class SpeedHistory {
  readonly #clock: Clock
  readonly #speed: () => number
  readonly #closed = new AbortController()
  readonly #samples: number[] = []

  /** @param speed tells the present speed, in bytes a second */
  constructor(clock: Clock, speed: () => number) {
    this.#clock = clock
    this.#speed = speed
  }

  /** The samples so far, oldest first: one every `everyMs`, in bytes a second. */
  get view() {
    return { everyMs: EVERY_MS, samples: [...this.#samples] }
  }

  async keep(): Promise<void> {
    const { signal } = this.#closed
    while (!signal.aborted) {
      this.#samples.push(this.#speed())
      if (this.#samples.length > MOST_SAMPLES) this.#samples.shift()
      await this.#clock.sleep(EVERY_MS, signal).catch(() => {})
    }
  }

  close(): void {
    this.#closed.abort(new Error('closed'))
  }
}

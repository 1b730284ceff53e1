/** A call is given up after this, or after three times what calls of its drive take at present. */
const LEAST_PATIENCE_MS = 5_000
const MOST_PATIENCE_MS = 60_000
const SLOWNESS = 3
/** A slow call is forgotten by and by. */
const FADE = 0.9

/** libuv has four threads for files; one has to be left for those that answer. */
const MOST_HELD_UP = 3

interface Call {
  start(): Promise<void>
  giveUp(): void
}

/** Drives with a call that was given up and has not come back. */
const heldUp = new Set<PatientLine>()

/**
 * The calls to one drive that may not answer, one at a time: a call that hangs holds a thread until the
 * kernel lets it go, so no second one follows it. While it hangs, all calls fail with ETIMEDOUT.
 */
export class PatientLine {
  readonly #waiting: Call[] = []
  readonly #owed: Call[] = []
  #usualMs = 0
  #isBusy = false

  /** @param late is given what a call brings after it was given up */
  run<T>(call: () => Promise<T>, late: (value: T) => void = () => {}): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(noAnswer())
      if (heldUp.has(this) || heldUp.size >= MOST_HELD_UP) return giveUp()
      let isGivenUp = false
      const start = () =>
        call().then(
          (value) => (isGivenUp ? late(value) : resolve(value)),
          (error) => reject(error),
        )
      this.#waiting.push({
        start,
        giveUp() {
          isGivenUp = true
          giveUp()
        },
      })
      void this.#next()
    })
  }

  /**
   * Queues a call that must be made eventually, whenever the drive answers, and whose outcome
   * concerns no one.
   */
  owe(call: () => Promise<unknown>): void {
    const start = () =>
      call().then(
        () => {},
        () => {},
      )
    this.#owed.push({ start, giveUp() {} })
    void this.#next()
  }

  async #next(): Promise<void> {
    const call = this.#isBusy ? undefined : (this.#waiting.shift() ?? this.#owed.shift())
    if (call === undefined) return
    this.#isBusy = true
    const startedAtMs = performance.now()
    const patience = setTimeout(() => this.#holdUp(call), this.#patienceMs())
    await call.start()
    clearTimeout(patience)
    this.#usualMs = Math.max(performance.now() - startedAtMs, this.#usualMs * FADE)
    this.#isBusy = false
    heldUp.delete(this)
    void this.#next()
  }

  #holdUp(running: Call): void {
    heldUp.add(this)
    for (const call of [running, ...this.#waiting.splice(0)]) call.giveUp()
  }

  #patienceMs(): number {
    return Math.min(Math.max(this.#usualMs * SLOWNESS, LEAST_PATIENCE_MS), MOST_PATIENCE_MS)
  }
}

/** Checks whether a thread of this process is held by a call that does not come back. */
export function isHeldUp(): boolean {
  return heldUp.size > 0
}

/** As the kernel says it of a network drive that is mounted "soft". */
function noAnswer(): NodeJS.ErrnoException {
  return Object.assign(new Error('ETIMEDOUT: no answer'), { code: 'ETIMEDOUT', syscall: 'wait' })
}

/** A shutdown that another program or the person has called off by then is over. */
const CALLED_OFF_MS = 10_000

export interface SessionEndOptions {
  /** Puts everything on disk, and sends nothing more. */
  readonly halt: () => void
  readonly resume: () => void
  readonly quit: () => void
}

/**
 * The end of a Windows session. It is announced as a question, which others may answer with no; when
 * it comes, the process ends with the return from its message, so all has to be on disk before.
 */
export class SessionEnd {
  readonly #options: SessionEndOptions
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: SessionEndOptions) {
    this.#options = options
  }

  announced(): void {
    clearTimeout(this.#timer)
    this.#options.halt()
    this.#timer = setTimeout(() => this.#options.resume(), CALLED_OFF_MS)
  }

  comes(): void {
    clearTimeout(this.#timer)
    this.#options.quit()
  }
}

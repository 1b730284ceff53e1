import type { LiveState } from '#shared/contract/live-state.ts'
import type { ShellApp } from './electron-parts.ts'
import type { Questions } from './questions.ts'

/** Checks whether quitting now would stop work that a person may be waiting for. */
export function isUploading({ engine, counts }: Pick<LiveState, 'engine' | 'counts'>): boolean {
  return engine.kind === 'working' && counts.byTab.active + counts.byState.queued > 0
}

export interface QuittingOptions {
  readonly app: Pick<ShellApp, 'on' | 'quit'>
  readonly questions: Questions
  readonly isUploading: () => boolean
  /** Comes to rest: what is acknowledged has to be on disk before the process is gone. */
  readonly close: () => Promise<void>
}

/** The way out: asks where something would be interrupted, then comes to rest before the process ends. */
export class Quitting {
  readonly #options: QuittingOptions
  #isMeant = false
  #isAsking = false
  #closing: Promise<void> | undefined
  #isClosed = false

  constructor(options: QuittingOptions) {
    this.#options = options
    options.app.on('before-quit', (event) => {
      if (this.#isMeant || !options.isUploading()) {
        this.#isMeant = true
        return
      }
      event.preventDefault()
      void this.#ask()
    })
    options.app.on('will-quit', (event) => {
      if (this.#isClosed) return
      event.preventDefault()
      this.#comeToRest(() => options.app.quit())
    })
  }

  /** True when nothing is opened or asked any more. */
  get isUnderWay(): boolean {
    return this.#isMeant
  }

  /** Without asking: the system shuts down, or the person has said so already. */
  now(): void {
    this.#isMeant = true
    this.#options.app.quit()
  }

  /** Comes to rest first, and then leaves the end of the process to `end`. */
  through(end: () => void): void {
    this.#isMeant = true
    this.#comeToRest(end)
  }

  #comeToRest(end: () => void): void {
    this.#closing ??= this.#options.close().finally(() => {
      this.#isClosed = true
      end()
    })
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    const answer = await this.#options.questions.ask({
      type: 'question',
      message: 'quitTitle',
      detail: 'quitDetail',
      buttons: ['keepUploading', 'quitNow'],
      onEscape: 'keepUploading',
    })
    this.#isAsking = false
    if (answer === 'quitNow') this.now()
  }
}

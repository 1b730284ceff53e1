import type { MainWindow } from './main-window.ts'
import type { Questions } from './questions.ts'

export interface WindowTroublesOptions {
  readonly questions: Questions
  readonly window: () => Pick<MainWindow, 'destroy' | 'reload'>
}

/** Asks what is to be done about a page that fails or hangs. */
export class WindowTroubles {
  readonly #options: WindowTroublesOptions
  #hanging = new AbortController()

  constructor(options: WindowTroublesOptions) {
    this.#options = options
  }

  async failedAgain(): Promise<void> {
    const { questions, window } = this.#options
    const answer = await questions.ask({
      type: 'error',
      message: 'windowFailed',
      detail: 'windowFailedDetail',
      buttons: ['reload', 'closeWindow'],
      onEscape: 'closeWindow',
    })
    if (answer === 'reload') window().reload()
    else window().destroy()
  }

  async hangs(): Promise<void> {
    const { questions, window } = this.#options
    this.#hanging.abort()
    this.#hanging = new AbortController()
    const { signal } = this.#hanging
    const answer = await questions.ask({
      type: 'warning',
      message: 'windowHangs',
      detail: 'windowHangsDetail',
      buttons: ['wait', 'reload'],
      onEscape: 'wait',
      signal,
    })
    if (answer === 'reload' && !signal.aborted) window().reload()
  }

  answersAgain(): void {
    this.#hanging.abort()
  }
}

/** Makes a write with a `client_token` take effect once, however often it is sent. */

import type { SimulatorClock } from './clock.ts'

interface Answered {
  readonly content: string
  readonly result: unknown
  readonly atMs: number
}

export class RepeatedCalls {
  readonly #clock: SimulatorClock
  readonly #lifeMs: number
  readonly #answers = new Map<string, Answered>()

  /** Tokens are forgotten after `lifeMs`; the pages do not say when. */
  constructor(clock: SimulatorClock, lifeMs: number) {
    this.#clock = clock
    this.#lifeMs = lifeMs
  }

  /**
   * Runs `work` for the first call with a token and repeats its result for later ones. Without a token every
   * call runs. Work that throws leaves the token unused. `again` judges a later call; it may refuse it.
   */
  once<T>(
    token: string | null,
    content: unknown,
    work: () => T,
    again: (sameContent: boolean) => void = () => undefined,
  ): T {
    if (token === null || token === '') return work()
    const text = JSON.stringify(content)
    const answered = this.#answers.get(token)
    const nowMs = this.#clock.nowMs()
    if (answered !== undefined && nowMs < answered.atMs + this.#lifeMs) {
      again(answered.content === text)
      return answered.result as T
    }
    const result = work()
    this.#answers.set(token, { content: text, result, atMs: nowMs })
    return result
  }
}

/** What makes a write with a `client_token` take effect once, however often it is sent. */

interface Answered {
  readonly content: string
  readonly result: unknown
}

export class RepeatedCalls {
  readonly #answers = new Map<string, Answered>()

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
    if (answered !== undefined) {
      again(answered.content === text)
      return answered.result as T
    }
    const result = work()
    this.#answers.set(token, { content: text, result })
    return result
  }
}

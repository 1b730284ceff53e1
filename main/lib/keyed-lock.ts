import { orAborted } from '#shared/or-aborted.ts'

/** One holder a key at a time; the others wait in line. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>()

  /**
   * Runs `work` when all earlier callers with the same key are done. Rejects with the signal's
   * reason when it aborts while waiting.
   */
  async hold<T>(key: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.#tails.get(key) ?? Promise.resolve()
    const { promise: tail, resolve: done } = Promise.withResolvers<void>()
    this.#tails.set(key, tail)
    try {
      await (signal === undefined ? turn : orAborted(turn, signal))
      return await work()
    } finally {
      // A caller that leaves the line early still stands between those before and those behind.
      void turn.then(() => {
        if (this.#tails.get(key) === tail) this.#tails.delete(key)
        done()
      })
    }
  }
}

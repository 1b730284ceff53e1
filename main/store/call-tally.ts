/** API calls by transfer that are counted and not written yet: they go with the next commit of the transfer. */
export class CallTally {
  readonly #unwritten = new Map<string, number>()

  note(id: string): void {
    this.#unwritten.set(id, (this.#unwritten.get(id) ?? 0) + 1)
  }

  /** Returns the calls that the caller writes now. */
  take(id: string): number {
    const calls = this.#unwritten.get(id) ?? 0
    this.#unwritten.delete(id)
    return calls
  }
}

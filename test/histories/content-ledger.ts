/** The contents of the watched folder over time: the truth that Drive is compared with. */
export class ContentLedger {
  /** The number of times each content came to be at a path where it was not. */
  readonly births = new Map<string, number>()
  /** Every content that was at a path. */
  readonly #contentsAt = new Map<string, Set<string>>()
  /** Since when each content that is there now has been there. */
  readonly #since = new Map<string, number>()
  /** The longest time that a content was there in one piece. */
  readonly #longestMs = new Map<string, number>()
  #files: ReadonlyMap<string, string> = new Map()

  /** Takes in what is there after a change. */
  note(files: ReadonlyMap<string, string>, nowMs: number): void {
    for (const [path, content] of files) {
      if (this.#files.get(path) === content) continue
      this.births.set(content, (this.births.get(content) ?? 0) + 1)
      this.#contentsAt.set(path, (this.#contentsAt.get(path) ?? new Set()).add(content))
    }
    const present = new Set(files.values())
    for (const [content, sinceMs] of this.#since) {
      if (present.has(content)) continue
      this.#longestMs.set(content, Math.max(this.restedMs(content, nowMs), nowMs - sinceMs))
      this.#since.delete(content)
    }
    for (const content of present) if (!this.#since.has(content)) this.#since.set(content, nowMs)
    this.#files = files
  }

  /** Every content that was at a path, in order. */
  contentsAt(path: string): string[] {
    return [...(this.#contentsAt.get(path) ?? [])]
  }

  /** For how long a content was there at most; -1 when it never was. */
  restedMs(content: string, nowMs: number): number {
    const sinceMs = this.#since.get(content)
    const presentMs = sinceMs === undefined ? -1 : nowMs - sinceMs
    return Math.max(this.#longestMs.get(content) ?? -1, presentMs)
  }
}

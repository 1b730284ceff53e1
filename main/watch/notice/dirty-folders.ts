/** Events within so many ms make one scan. */
const FOLD_MS = 50
/** A folder that keeps changing is scanned for at most this share of the time. */
const SCAN_SHARE = 1 / 10
const LONGEST_FOLD_MS = 5_000

/** Folders that something happened in, each with the time at which to look. */
export class DirtyFolders {
  readonly #dueAtMs = new Map<string, number>()
  /** Until when a folder that was scanned lately is left alone. */
  readonly #restUntilMs = new Map<string, number>()

  get size(): number {
    return this.#dueAtMs.size
  }

  /** An event: what comes while it waits is folded into the one scan. */
  mark(dir: string, nowMs: number): void {
    if (this.#dueAtMs.has(dir)) return
    this.#dueAtMs.set(dir, Math.max(nowMs + FOLD_MS, this.#restUntilMs.get(dir) ?? 0))
  }

  /** The folder was scanned; after a long scan it gets a long rest. */
  scanned(dir: string, nowMs: number, tookMs: number): void {
    this.#forgetRested(nowMs)
    const restMs = Math.min(tookMs / SCAN_SHARE, LONGEST_FOLD_MS)
    if (restMs > FOLD_MS) this.#restUntilMs.set(dir, nowMs + restMs)
  }

  nextDueAtMs(): number {
    let first = Number.POSITIVE_INFINITY
    for (const dueAtMs of this.#dueAtMs.values()) if (dueAtMs < first) first = dueAtMs
    return first
  }

  /** Takes the folders that are due. */
  takeDue(nowMs: number): string[] {
    const due = [...this.#dueAtMs].filter(([, dueAtMs]) => dueAtMs <= nowMs).map(([dir]) => dir)
    for (const dir of due) this.#dueAtMs.delete(dir)
    return due
  }

  clear(): void {
    this.#dueAtMs.clear()
  }

  #forgetRested(nowMs: number): void {
    if (this.#restUntilMs.size < 1_000) return
    for (const [dir, untilMs] of this.#restUntilMs)
      if (untilMs < nowMs) this.#restUntilMs.delete(dir)
  }
}

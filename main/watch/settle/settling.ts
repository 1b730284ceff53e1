import type { WaitingReason } from '#shared/model/watch-rule.ts'

/** A file that is not ready, or not known to be. */
export interface UnsettledFile {
  readonly dir: string
  readonly name: string
  readonly stamp: string
  readonly reason: WaitingReason
  /** Looks in a row that found it not ready for the same reason. */
  readonly looks: number
  readonly sinceMs: number
}

/** Files due within so many ms are looked at together. */
const TICK_MS = 20

/** The files that wait, by path, and when to look at each. Times are of one steady clock. */
export class Settling {
  readonly #files = new Map<string, { file: UnsettledFile; tick: number }>()
  readonly #ticks = new Map<number, Set<string>>()

  get size(): number {
    return this.#files.size
  }

  get(path: string): UnsettledFile | undefined {
    return this.#files.get(path)?.file
  }

  put(path: string, file: UnsettledFile, dueAtMs: number): void {
    this.delete(path)
    const tick = Math.ceil(dueAtMs / TICK_MS)
    this.#files.set(path, { file, tick })
    const others = this.#ticks.get(tick)
    if (others === undefined) this.#ticks.set(tick, new Set([path]))
    else others.add(path)
  }

  delete(path: string): void {
    const entry = this.#files.get(path)
    if (entry === undefined) return
    this.#files.delete(path)
    const others = this.#ticks.get(entry.tick)
    others?.delete(path)
    if (others?.size === 0) this.#ticks.delete(entry.tick)
  }

  clear(): void {
    this.#files.clear()
    this.#ticks.clear()
  }

  /** When the next is due; Infinity when none waits. */
  nextDueAtMs(): number {
    let first = Number.POSITIVE_INFINITY
    for (const tick of this.#ticks.keys()) if (tick < first) first = tick
    return first * TICK_MS
  }

  /** Returns up to `limit` paths that are due. They stay until they are put again or deleted. */
  due(nowMs: number, limit: number): string[] {
    const paths: string[] = []
    const ticks = [...this.#ticks.keys()]
      .filter((tick) => tick * TICK_MS <= nowMs)
      .sort((a, b) => a - b)
    for (const tick of ticks) {
      for (const path of this.#ticks.get(tick) ?? []) {
        paths.push(path)
        if (paths.length === limit) return paths
      }
    }
    return paths
  }

  *[Symbol.iterator](): Generator<[string, UnsettledFile]> {
    for (const [path, { file }] of this.#files) yield [path, file]
  }
}

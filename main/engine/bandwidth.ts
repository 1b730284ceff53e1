import type { Clock } from '#main/lib/clock.ts'

/**
 * A bandwidth limit shared by all calls: every slice waits for its turn on one virtual line that
 * carries `bytesPerSecond`.
 */
export class Bandwidth {
  readonly #clock: Clock
  #bytesPerSecond: number | undefined
  #lineFreeAtMs = 0

  /** @param bytesPerSecond undefined for no limit */
  constructor(clock: Clock, bytesPerSecond: number | undefined) {
    this.#clock = clock
    this.#bytesPerSecond = bytesPerSecond
  }

  /** Changes the limit at once, for slices that have not been asked for yet. */
  set bytesPerSecond(bytesPerSecond: number | undefined) {
    this.#bytesPerSecond = bytesPerSecond
  }

  /** True when slices may have to wait. */
  get limited(): boolean {
    return this.#bytesPerSecond !== undefined
  }

  /** Resolves when so many bytes may leave. Rejects with the signal's reason when it aborts first. */
  readonly take = async (bytes: number, signal: AbortSignal): Promise<void> => {
    if (this.#bytesPerSecond === undefined) return
    const nowMs = this.#clock.steadyMs()
    const startMs = Math.max(nowMs, this.#lineFreeAtMs)
    this.#lineFreeAtMs = startMs + (bytes * 1_000) / this.#bytesPerSecond
    if (startMs > nowMs) await this.#clock.sleep(startMs - nowMs, signal)
  }
}

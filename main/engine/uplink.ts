import type { MemoStore } from './ports.ts'

const MEMO_KEY = 'uplink-bytes-per-second'
/** Smaller calls measure the round trip, not the line. */
const LEAST_BYTES = 256 * 1024
/** Weight of the newest measurement. */
const SMOOTHING = 0.3

/** What one upload call gets out of the line, smoothed, and remembered over restarts. */
export class Uplink {
  readonly #memos: MemoStore
  #bytesPerSecond: number | undefined

  constructor(memos: MemoStore) {
    this.#memos = memos
    this.#bytesPerSecond = memos.recall<number>(MEMO_KEY)
  }

  /** Undefined until the first measurement. */
  get bytesPerSecond(): number | undefined {
    return this.#bytesPerSecond
  }

  /** A call sent `bytes` and was answered after `durationMs`. */
  measured(bytes: number, durationMs: number): void {
    if (bytes < LEAST_BYTES || durationMs <= 0) return
    const rate = (bytes * 1_000) / durationMs
    const before = this.#bytesPerSecond
    this.#bytesPerSecond = before === undefined ? rate : before + SMOOTHING * (rate - before)
    // A tenth of a change is not worth a write to disk with every part.
    if (before === undefined || Math.abs(this.#bytesPerSecond - before) > before / 10) {
      this.#memos.remember(MEMO_KEY, this.#bytesPerSecond)
    }
  }
}

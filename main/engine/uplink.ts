import type { MemoStore } from './ports.ts'

const MEMO_KEY = 'uplink-bytes-per-second'
/** Smaller calls measure the round trip, not the line. */
const LEAST_BYTES = 256 * 1024
/** Weight of the newest measurement. */
const SMOOTHING = 0.3
/** A line whose speed jumps about must not cost a write to disk with every part. */
const CALLS_BETWEEN_WRITES = 16

/** The speed of one upload call as last remembered; undefined when none was ever measured. */
export function rememberedUplink(memos: Pick<MemoStore, 'recall'>): number | undefined {
  return memos.recall<number>(MEMO_KEY)
}

/** The throughput of one upload call, smoothed, and remembered across restarts. */
export class Uplink {
  readonly #memos: MemoStore
  #bytesPerSecond: number | undefined
  #remembered: number | undefined
  #callsSinceWrite = CALLS_BETWEEN_WRITES

  constructor(memos: MemoStore) {
    this.#memos = memos
    this.#remembered = rememberedUplink(memos)
    this.#bytesPerSecond = this.#remembered
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
    this.#keep(this.#bytesPerSecond)
  }

  #keep(bytesPerSecond: number): void {
    const kept = this.#remembered
    this.#callsSinceWrite += 1
    if (kept !== undefined && this.#callsSinceWrite < CALLS_BETWEEN_WRITES) return
    // A tenth of a change is not worth a write.
    if (kept !== undefined && Math.abs(bytesPerSecond - kept) <= kept / 10) return
    this.#remembered = bytesPerSecond
    this.#callsSinceWrite = 0
    try {
      this.#memos.remember(MEMO_KEY, bytesPerSecond)
    } catch {
      // The call that was measured has succeeded; a disk that fails here must not undo that.
    }
  }
}

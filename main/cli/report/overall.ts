import type { Transfer } from '#shared/model/transfer.ts'
import type { Progress } from '#shared/model/work.ts'

interface Known {
  readonly sizeBytes: number
  readonly movedBytes: number
}

/** Speed is that of so many seconds past. */
const SPEED_WINDOW_MS = 10_000

/** Adds up what all transfers of a command have moved. */
export class Overall {
  readonly #transfers = new Map<string, Known>()
  #samples: { atMs: number; movedBytes: number }[] = []
  #totalBytes = 0
  #movedBytes = 0

  /** Takes in a transfer's state; a settled one counts in full, a skipped one not at all. */
  transfer({ id, state, sizeBytes, sentBytes }: Transfer): void {
    const over = state.kind === 'skipped' || state.kind === 'failed' || state.kind === 'blocked'
    if (over) this.#set(id, { sizeBytes: 0, movedBytes: 0 })
    else this.#set(id, { sizeBytes, movedBytes: state.kind === 'done' ? sizeBytes : sentBytes })
    // Ended transfers are in the sums: a watch may run for months.
    if (over || state.kind === 'done') this.#transfers.delete(id)
  }

  /** Bytes acknowledged and on their way. */
  progress({ id, sentBytes, inFlightBytes }: Progress): void {
    const known = this.#transfers.get(id)
    if (known === undefined) return
    const movedBytes = Math.min(known.sizeBytes, sentBytes + inFlightBytes)
    this.#set(id, { ...known, movedBytes })
  }

  /** Totals and present speed. */
  now(): { percent: number; movedBytes: number; totalBytes: number; bytesPerSecond: number } {
    const nowMs = performance.now()
    this.#samples.push({ atMs: nowMs, movedBytes: this.#movedBytes })
    this.#samples = this.#samples.filter(({ atMs }) => nowMs - atMs <= SPEED_WINDOW_MS)
    const first = this.#samples[0] ?? { atMs: nowMs, movedBytes: this.#movedBytes }
    const seconds = (nowMs - first.atMs) / 1_000
    const gained = Math.max(0, this.#movedBytes - first.movedBytes)
    return {
      percent: this.#totalBytes > 0 ? Math.floor((this.#movedBytes * 100) / this.#totalBytes) : 0,
      movedBytes: this.#movedBytes,
      totalBytes: this.#totalBytes,
      bytesPerSecond: seconds > 0 ? gained / seconds : 0,
    }
  }

  #set(id: string, next: Known): void {
    const before = this.#transfers.get(id)
    this.#totalBytes += next.sizeBytes - (before?.sizeBytes ?? 0)
    this.#movedBytes += next.movedBytes - (before?.movedBytes ?? 0)
    this.#transfers.set(id, next)
  }
}

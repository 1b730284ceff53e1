import type { Tally } from '#main/store/queue-windows.ts'
import { IN_QUEUE } from '#shared/transfer/state-kinds.ts'

interface Amount {
  readonly files: number
  readonly bytes: number
}

export interface RoundFigures {
  readonly done: Amount
  readonly ahead: Amount & { readonly calls: number }
}

/** The counts behind "3 of 1,204 files": all since the queue was last empty. */
export class BatchProgress {
  #doneBefore: Amount | undefined
  #lastDone: Amount = { files: 0, bytes: 0 }
  #wasEmpty = false

  figures(tallies: readonly Tally[]): RoundFigures {
    const done = sum(tallies.filter(({ kind }) => kind === 'done' || kind === 'skipped'))
    const ahead = sum(tallies.filter(({ kind }) => IN_QUEUE.includes(kind)))
    if (this.#doneBefore === undefined) this.#doneBefore = done
    else if (this.#wasEmpty && ahead.files > 0) this.#doneBefore = this.#lastDone
    this.#wasEmpty = ahead.files === 0
    this.#lastDone = done
    const { files, bytes } = this.#doneBefore
    // Skipped files can be taken up again, and then there is less than before.
    return {
      done: { files: Math.max(0, done.files - files), bytes: Math.max(0, done.bytes - bytes) },
      ahead,
    }
  }
}

function sum(tallies: readonly Tally[]) {
  const total = { files: 0, bytes: 0, calls: 0 }
  for (const { transfers, bytes, calls } of tallies) {
    total.files += transfers
    total.bytes += bytes
    total.calls += calls
  }
  return total
}

import type { Tally } from '#main/store/amount-reads.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import { IN_QUEUE, NEEDS_ACTION } from '#shared/transfer/state-kinds.ts'
import {
  type Amount,
  isBoundByCalls,
  type Load,
  minus,
  plus,
  workOf,
} from '#shared/transfer/work-size.ts'

/** The reason why progress fell. */
export type Fall =
  | { readonly because: 'added'; readonly files: number }
  | { readonly because: 'restarted' }

export interface RoundFigures {
  /** Rises with each round. */
  readonly round: number
  readonly done: Amount
  readonly skipped: Amount
  /** Failed, or waiting for a person. */
  readonly failed: Amount
  readonly ahead: Amount
  readonly sentBytes: number
  readonly totalBytes: number
  /** Of all work, from 0 to 1; only a fall makes it less. */
  readonly share: number
  readonly isBoundByCalls: boolean
  /** Present for a while after progress fell. */
  readonly fall: Fall | undefined
}

interface Ended {
  readonly done: Amount
  readonly skipped: Amount
  readonly failed: Amount
}

/** A fall is explained for so long. */
const EXPLAINED_MS = 15_000

/** All bytes may have left, and the last answer still be to come. */
const ALMOST_ALL = 0.9999

const NONE: Amount = { files: 0, bytes: 0, calls: 0 }

/** The figures of all transfers since the queue was last empty, or since the program started. */
export class Round {
  #number = 0
  /** Transfers that had come to their end before the round began. */
  #before: Ended | undefined
  #ended: Ended = { done: NONE, skipped: NONE, failed: NONE }
  #wasEmpty = false
  #share = 0
  #totalFiles = 0
  #totalWork = 0
  #restarts = 0
  #fall: { readonly atMs: number; readonly fall: Fall } | undefined

  /**
   * @param begun what has moved of the files that are ahead
   * @param restarts how often a file has begun again so far
   * @param nowMs by the steady clock
   */
  figures(tallies: readonly Tally[], begun: Load, restarts: number, nowMs: number): RoundFigures {
    const ahead = amountOf(tallies, IN_QUEUE)
    const ended = {
      done: amountOf(tallies, ['done']),
      skipped: amountOf(tallies, ['skipped']),
      failed: amountOf(tallies, NEEDS_ACTION),
    }
    const isNew = this.#wasEmpty && ahead.files > 0
    if (isNew || this.#before === undefined) this.#begin(this.#before ? this.#ended : ended)
    this.#wasEmpty = ahead.files === 0
    this.#ended = ended
    const [done, skipped, failed] = this.#sinceBegin(ended)
    const all = [done, skipped, failed, ahead].reduce(sum)
    const left = minus(ahead, begun)
    const totalWork = workOf(all)
    const openWork = workOf(left) + workOf(failed)
    const most = ahead.files > 0 ? ALMOST_ALL : 1
    const share = totalWork > 0 ? Math.min(most, Math.max(0, 1 - openWork / totalWork)) : 0
    this.#follow(share, all.files, totalWork, restarts, nowMs)
    const sentBytes = done.bytes + ahead.bytes - left.bytes
    return {
      ...{ round: this.#number, done, skipped, failed, ahead, sentBytes },
      totalBytes: all.bytes - skipped.bytes,
      share: this.#share,
      isBoundByCalls: isBoundByCalls(all),
      fall: this.#fallAt(nowMs),
    }
  }

  #begin(before: Ended): void {
    this.#before = before
    this.#number += 1
    this.#share = 0
    this.#totalWork = 0
    this.#totalFiles = 0
    this.#fall = undefined
  }

  /** Counts fall when a transfer that had ended before is taken up again: it is not taken off twice. */
  #sinceBegin(ended: Ended): [Amount, Amount, Amount] {
    const before = this.#before ?? ended
    this.#before = {
      done: least(before.done, ended.done),
      skipped: least(before.skipped, ended.skipped),
      failed: least(before.failed, ended.failed),
    }
    const { done, skipped, failed } = this.#before
    return [since(ended.done, done), since(ended.skipped, skipped), since(ended.failed, failed)]
  }

  #follow(share: number, files: number, work: number, restarts: number, nowMs: number): void {
    const added = files - this.#totalFiles
    const hasRestarted = restarts > this.#restarts
    if (share >= this.#share) this.#share = share
    else if (added > 0 || work > this.#totalWork || hasRestarted) {
      const fall: Fall = added > 0 ? { because: 'added', files: added } : { because: 'restarted' }
      // Files of one folder come in several portions.
      const earlier = this.#fallAt(nowMs)
      const files = earlier?.because === 'added' && added > 0 ? earlier.files + added : added
      this.#fall = { atMs: nowMs, fall: added > 0 ? { because: 'added', files } : fall }
      this.#share = share
    }
    this.#totalFiles = files
    this.#totalWork = work
    this.#restarts = restarts
  }

  #fallAt(nowMs: number): Fall | undefined {
    const known = this.#fall
    return known !== undefined && nowMs - known.atMs < EXPLAINED_MS ? known.fall : undefined
  }
}

function amountOf(tallies: readonly Tally[], kinds: readonly TransferStateKind[]): Amount {
  return tallies
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ transfers: files, bytes, calls }) => ({ files, bytes, calls }))
    .reduce(sum, NONE)
}

function sum(a: Amount, b: Amount): Amount {
  return { files: a.files + b.files, ...plus(a, b) }
}

function since(now: Amount, before: Amount): Amount {
  return { files: now.files - before.files, ...minus(now, before) }
}

function least(a: Amount, b: Amount): Amount {
  return a.files <= b.files ? a : b
}

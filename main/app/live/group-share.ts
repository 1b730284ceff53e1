import type { Tally } from '#main/store/amount-reads.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { ENDED_WELL } from '#shared/transfer/state-kinds.ts'
import { callsFor, type Load, plus, shareOfFile, workOf } from '#shared/transfer/work-size.ts'

/**
 * Returns the progress of a group, from 0 to 1. Cancelled files leave the total; failed ones stay in it, and
 * are not done.
 * @param begun what has moved of the files that are not done
 */
export function shareOfGroup(tallies: readonly Tally[], begun: Load): number {
  const work = (...kinds: readonly Tally['kind'][]) =>
    tallies.reduce((sum, tally) => sum + (kinds.includes(tally.kind) ? workOf(tally) : 0), 0)
  const whole = tallies.reduce((sum, tally) => sum + workOf(tally), 0) - work('cancelled')
  const share = whole > 0 ? (work(...ENDED_WELL) + workOf(begun)) / whole : 0
  return Math.min(1, Math.max(0, share))
}

/** Returns what has moved of transfers beyond what is acknowledged. */
export function beyondAcknowledged(
  transfers: readonly Transfer[],
  movedBytes: (transfer: Transfer) => number,
): Load {
  return transfers
    .map((transfer) => {
      const bytes = movedBytes(transfer) - transfer.sentBytes
      return { bytes, calls: callsFor(transfer.sizeBytes) * shareOfFile(bytes, transfer.sizeBytes) }
    })
    .reduce(plus, { bytes: 0, calls: 0 })
}

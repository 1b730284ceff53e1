/** The size of an upload as work: its bytes, and the calls it costs. */
import { totalCalls, uploadCost } from './call-cost.ts'

export interface Amount {
  readonly files: number
  readonly bytes: number
  /** About how many calls they cost from the beginning. */
  readonly calls: number
}

/** An amount of which files do not matter. */
export type Load = Omit<Amount, 'files'>

/**
 * A call counts as so many bytes. Feishu takes 5 calls a second, and a line of 20 Mbit/s carries half
 * a MiB in the time of one. So small files count by their number, and large ones by their bytes.
 */
const CALL_WORTH_BYTES = 512 * 1024

/** Returns the one measure that progress counts in, in bytes. */
export function workOf({ bytes, calls }: Load): number {
  return bytes + calls * CALL_WORTH_BYTES
}

export function plus(a: Load, b: Load): Load {
  return { bytes: a.bytes + b.bytes, calls: a.calls + b.calls }
}

/** Returns what is left of a load; never less than nothing. */
export function minus(whole: Load, part: Load): Load {
  return {
    bytes: Math.max(0, whole.bytes - part.bytes),
    calls: Math.max(0, whole.calls - part.calls),
  }
}

/** Returns whether an amount is more a matter of calls than of bytes. */
export function isBoundByCalls({ bytes, calls }: Load): boolean {
  return calls * CALL_WORTH_BYTES > bytes
}

/** Returns about how many calls a file costs; the store counts the same in SQL. */
export function callsFor(sizeBytes: number): number {
  return totalCalls(uploadCost(sizeBytes, undefined))
}

/** A file's bytes that have moved, as a share from 0 to 1. */
export function shareOfFile(movedBytes: number, sizeBytes: number): number {
  return sizeBytes > 0 ? Math.min(1, movedBytes / sizeBytes) : 0
}

/** Returns a share in whole percent; what is not at its end is never 100%. */
export function percentOf(share: number): number {
  return share >= 1 ? 100 : Math.min(99, Math.floor(share * 100 + 1e-9))
}

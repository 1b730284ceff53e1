/** The choice between one call and parts, by the line and by the calls that are left. Pure. */
import {
  BLOCK_SIZE_BYTES,
  fitsSingleCall,
  SINGLE_CALL_LIMIT_BYTES,
  type SingleCallLimit,
} from './plan-parts.ts'

/** Calls that are left of today. */
export interface CallsLeft {
  readonly whole: number
  /** Beyond those that files in parts need; 0 as well when no upload in parts can begin. */
  readonly parts: number
}

export interface SingleCallFacts {
  /** Measured speed of one call; undefined as long as none was measured. */
  readonly uplinkBytesPerSecond: number | undefined
  readonly limit?: SingleCallLimit | undefined
  /** Undefined: the line alone decides. */
  readonly left?: CallsLeft | undefined
}

/** When no parts are left a single call may take so long; what is lost with it is sent again. */
const LONGEST_WITHOUT_PARTS_SECONDS = 120

/**
 * Checks whether a file goes in one call. The line decides while there are calls of both kinds; when those of one kind
 * are used up, a file of up to 20 MiB goes the other way. A limit that the person has set is kept.
 */
export function goesInOneCall(
  sizeBytes: number,
  { uplinkBytesPerSecond, limit = 'auto', left }: SingleCallFacts,
): boolean {
  const byLine = fitsSingleCall(sizeBytes, uplinkBytesPerSecond, limit)
  if (limit !== 'auto' || left === undefined || sizeBytes > SINGLE_CALL_LIMIT_BYTES) return byLine
  const hasParts = left.parts >= Math.ceil(sizeBytes / BLOCK_SIZE_BYTES)
  if (byLine) return left.whole > 0 || !hasParts
  if (hasParts || left.whole <= 0) return false
  const seconds = sizeBytes / (uplinkBytesPerSecond ?? Number.POSITIVE_INFINITY)
  return seconds <= LONGEST_WITHOUT_PARTS_SECONDS
}

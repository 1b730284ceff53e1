/** The division of a file into parts, and the files that are not divided at all. */
import { DAILY_CALLS } from './quota-day.ts'

/** `upload_all` takes files up to this size, inclusive (上传素材 / 上传文件: size). */
export const SINGLE_CALL_LIMIT_BYTES = 20 * 1024 * 1024

/** The size of a part as documented (上传素材-预上传: block_size). For forecasts only: the server's answer decides. */
export const BLOCK_SIZE_BYTES = 4 * 1024 * 1024

/** Losing a single call loses all of it, so it should not take longer than this. */
const SINGLE_CALL_LONGEST_SECONDS = 15

/** `file_name` may have so many characters (上传素材: file_name). */
export const FILE_NAME_LIMIT_CHARACTERS = 250

/** The name of a folder may have so many bytes in UTF-8 (新建文件夹: name). */
export const FOLDER_NAME_LIMIT_BYTES = 256

/** Up to which size a file goes in one call: found by the speed of the line, or so many bytes. */
export type SingleCallLimit = 'auto' | number

/** A transaction lives 24 h, which touch two days at most: what has more parts can never be finished. */
const MOST_PARTS = 2 * DAILY_CALLS

/** A byte range of the source; `start` inclusive, `end` exclusive. */
export interface PartRange {
  readonly start: number
  readonly end: number
}

/** The server's plan: its block size and the number of blocks. */
export interface PartPlan {
  readonly blockSizeBytes: number
  readonly blockCount: number
}

/**
 * Returns the range of a part in the file. Every part is one block long, the last one is what
 * remains.
 * @throws RangeError when `seq` is not in the plan
 */
export function partRange(seq: number, plan: PartPlan, sizeBytes: number): PartRange {
  if (!Number.isInteger(seq) || seq < 0 || seq >= plan.blockCount) {
    throw new RangeError(`seq ${seq} is not in a plan of ${plan.blockCount} parts`)
  }
  const start = seq * plan.blockSizeBytes
  return { start, end: Math.min(start + plan.blockSizeBytes, sizeBytes) }
}

/**
 * Checks whether a plan covers the file exactly, no part missing, none empty, and can be carried
 * out at all.
 */
export function planFits(plan: PartPlan, sizeBytes: number): boolean {
  const { blockSizeBytes, blockCount } = plan
  return (
    Number.isInteger(blockSizeBytes) &&
    blockSizeBytes > 0 &&
    blockCount <= MOST_PARTS &&
    blockCount === Math.ceil(sizeBytes / blockSizeBytes)
  )
}

/**
 * Checks whether a file is uploaded in one call: small enough for the API, and for the limit that
 * was set. Without a limit, a file should not be so slow that losing the call would hurt.
 * @param uplinkBytesPerSecond measured speed of one call; undefined as long as none was measured
 */
export function fitsSingleCall(
  sizeBytes: number,
  uplinkBytesPerSecond: number | undefined,
  limit: SingleCallLimit = 'auto',
): boolean {
  if (sizeBytes > SINGLE_CALL_LIMIT_BYTES) return false
  if (limit !== 'auto') return sizeBytes <= limit
  if (uplinkBytesPerSecond === undefined) return true
  return sizeBytes <= uplinkBytesPerSecond * SINGLE_CALL_LONGEST_SECONDS
}

/** The parts without an acknowledgement, lowest first: the first is the resume point. */
export function* missingParts(
  plan: PartPlan,
  acknowledged: Iterable<number>,
): Generator<number, void> {
  const done = new Set(acknowledged)
  for (let seq = 0; seq < plan.blockCount; seq++) if (!done.has(seq)) yield seq
}

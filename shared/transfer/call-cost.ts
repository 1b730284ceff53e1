/** The cost of uploads in calls. */
import { BLOCK_SIZE_BYTES, fitsSingleCall, type SingleCallLimit } from './plan-parts.ts'

/** The number of times each call is made, or will be; calls that are not made are left out. */
export type CallCounts = Readonly<Partial<Record<CountedCall, number>>>

type CountedCall =
  | 'upload_all'
  | 'upload_prepare'
  | 'upload_part'
  | 'upload_finish'
  | 'list_folder'
  | 'create_folder'
  | 'import_tasks'
  | 'move_docs_to_wiki'

/** The upload calls of a file that begins at its first byte. */
export function uploadCost(
  sizeBytes: number,
  uplinkBytesPerSecond: number | undefined,
  singleCallLimit: SingleCallLimit = 'auto',
): CallCounts {
  if (fitsSingleCall(sizeBytes, uplinkBytesPerSecond, singleCallLimit)) return { upload_all: 1 }
  const parts = Math.ceil(sizeBytes / BLOCK_SIZE_BYTES)
  return { upload_prepare: 1, upload_part: parts, upload_finish: 1 }
}

/** A file becomes a document by a task, which is looked at until it is done: twice as a rule. */
export const IMPORT_COST: CallCounts = { import_tasks: 3 }

/** Documents are made in a folder, and moved below a page of a wiki from there. */
export const TO_WIKI_COST: CallCounts = { ...IMPORT_COST, move_docs_to_wiki: 1 }

export function addCalls(a: CallCounts, b: CallCounts): CallCounts {
  const sum: Partial<Record<CountedCall, number>> = { ...a }
  for (const [call, times] of Object.entries(b) as [CountedCall, number][]) {
    sum[call] = (sum[call] ?? 0) + times
  }
  return sum
}

export function totalCalls(counts: CallCounts): number {
  return Object.values(counts).reduce((sum, times) => sum + times, 0)
}

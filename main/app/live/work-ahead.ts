import type { Tally } from '#main/store/amount-reads.ts'
import type { CallCounts } from '#shared/transfer/call-cost.ts'
import { BLOCK_SIZE_BYTES } from '#shared/transfer/plan-parts.ts'
import type { WorkAhead } from '#shared/transfer/plan-queue.ts'
import { IN_QUEUE } from '#shared/transfer/state-kinds.ts'
import type { Load } from '#shared/transfer/work-size.ts'

/**
 * The work that is in the queue, as a plan sees it.
 * @param moved what is up of it, taken from the parts first: files in one call are up or they are not
 */
export function workAhead(tallies: readonly Tally[], moved: Load): WorkAhead {
  const ahead = tallies.filter(({ kind }) => IN_QUEUE.includes(kind))
  const sum = (of: (tally: Tally) => number) => ahead.reduce((all, tally) => all + of(tally), 0)
  const partFiles = sum(({ large }) => large)
  const partBytes = sum(({ largeBytes }) => largeBytes)
  const wholeFiles = sum(({ transfers }) => transfers) - partFiles
  const wholeBytes = sum(({ bytes }) => bytes) - partBytes
  // A file in parts costs two calls more than it has parts.
  const parts = Math.max(0, sum(({ calls }) => calls) - wholeFiles - 2 * partFiles)
  const [partsLeft, callsBeyond] = taken(parts, moved.calls)
  const [partBytesLeft, bytesBeyond] = taken(partBytes, moved.bytes)
  const [wholeLeft] = taken(wholeFiles, callsBeyond)
  const [wholeBytesLeft] = taken(wholeBytes, bytesBeyond)
  return {
    ...{ wholeFiles: wholeLeft, wholeBytes: wholeBytesLeft },
    ...{ partFiles, parts: partsLeft, partBytes: partBytesLeft },
  }
}

/** The rest of an amount, and the part that could not be taken from it. */
function taken(amount: number, by: number): readonly [left: number, beyond: number] {
  return [Math.max(0, amount - by), Math.max(0, by - amount)]
}

export const NO_WORK: WorkAhead = {
  ...{ wholeFiles: 0, wholeBytes: 0, partFiles: 0, parts: 0, partBytes: 0 },
}

/** Returns the work of one file, by the calls that it will cost. */
export function workOfFile(sizeBytes: number, calls: CallCounts): WorkAhead {
  const { upload_all: whole = 0, upload_part: parts = 0, upload_finish: files = 0 } = calls
  return {
    ...{ wholeFiles: whole, wholeBytes: whole * sizeBytes, partFiles: files, parts },
    partBytes: Math.min(files * sizeBytes, parts * BLOCK_SIZE_BYTES),
  }
}

export function addWork(a: WorkAhead, b: WorkAhead): WorkAhead {
  return {
    wholeFiles: a.wholeFiles + b.wholeFiles,
    wholeBytes: a.wholeBytes + b.wholeBytes,
    partFiles: a.partFiles + b.partFiles,
    parts: a.parts + b.parts,
    partBytes: a.partBytes + b.partBytes,
  }
}

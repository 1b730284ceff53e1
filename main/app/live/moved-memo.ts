/** The bytes that have moved, for a process that only looks at the home: what is on its way is on no disk. */
import { z } from 'zod'
import type { MemoStore } from '#main/engine/ports.ts'
import { bytesSchema } from '#shared/model/numbers.ts'

const KEY = 'moved-bytes'

const memoSchema = z.object({ pid: z.number(), moved: z.record(z.string(), bytesSchema) })

/** @param moved the progress of each transfer in bytes, by id */
export function rememberMoved(
  memos: Pick<MemoStore, 'remember'>,
  moved: Readonly<Record<string, number>>,
): void {
  try {
    memos.remember(KEY, { pid: process.pid, moved })
  } catch {
    // It is told again. A failing disk is reported by those who depend on it.
  }
}

/** Returns what the process that owns the home has said last; nothing of one that is gone. */
export function recallMoved(
  memos: Pick<MemoStore, 'recall'>,
  ownerPid: number | undefined,
): Readonly<Record<string, number>> {
  const { success, data } = memoSchema.safeParse(memos.recall(KEY))
  return success && data.pid === ownerPid ? data.moved : {}
}

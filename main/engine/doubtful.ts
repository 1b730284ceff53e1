/**
 * Files in Feishu that may be ours or another user's: unknown, so none is ever replaced as ours.
 */
import type { UploadPoint } from '#shared/model/transfer.ts'
import type { MemoStore } from './ports.ts'

/** Remembers files that appeared while the outcome of an upload of ours was uncertain. */
export function rememberDoubtful(
  memos: MemoStore,
  point: UploadPoint,
  tokens: readonly string[],
): void {
  const key = keyOf(point)
  const known = memos.recall<string[]>(key) ?? []
  memos.remember(key, [...new Set([...known, ...tokens])])
}

/** Forgets one that is ours after all. */
export function forgetDoubtful(memos: MemoStore, point: UploadPoint, token: string): void {
  const known = memos.recall<string[]>(keyOf(point)) ?? []
  if (!known.includes(token)) return
  memos.remember(
    keyOf(point),
    known.filter((other) => other !== token),
  )
}

/** Checks whether a file in this folder is one of them. */
export function isDoubtful(memos: Pick<MemoStore, 'recall'>, point: UploadPoint, token: string) {
  return memos.recall<string[]>(keyOf(point))?.includes(token) ?? false
}

function keyOf({ parentNode }: UploadPoint): string {
  return `doubtful-files ${parentNode}`
}

/** The size from which on a tenant has refused files; no page says what an edition takes. */
import { means } from '#shared/errors/meaning.ts'
import type { TransferError } from '#shared/errors/transfer-error.ts'
import type { MemoStore } from './ports.ts'

const memo = (identity: string) => `size-refused ${identity}`

/** Returns the smallest size that was refused; undefined: none was, or a larger one was taken since. */
export function refusedSize(
  memos: Pick<MemoStore, 'recall'>,
  identity: string,
): number | undefined {
  return memos.recall<number>(memo(identity))
}

/** A file of that size was refused; only a refusal for its size counts. */
export function noteRefusedSize(
  memos: MemoStore,
  identity: string,
  sizeBytes: number,
  error: TransferError,
): void {
  if (!means(error, 'too-large-there')) return
  const known = refusedSize(memos, identity)
  if (known === undefined || sizeBytes < known) memos.remember(memo(identity), sizeBytes)
}

/** A file of that size is up: the tenant takes it now. */
export function noteTakenSize(memos: MemoStore, identity: string, sizeBytes: number): void {
  const known = refusedSize(memos, identity)
  if (known !== undefined && sizeBytes >= known) memos.remember(memo(identity), undefined)
}

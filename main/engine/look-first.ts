import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Fingerprint, UploadPoint } from '#shared/model/transfer.ts'
import { ADOPTED_MEMO } from './ports.ts'
import type { Run } from './run.ts'

const NS_PER_MS = 1_000_000n

/**
 * What went up after the copy of an adopted home was made is not known here, so a file from before may
 * be there already. Where the folder has one of its name that we know nothing of, a person has to look;
 * asked for again, the file goes up.
 * @throws TransferError `maybe-there-already`, once a transfer
 */
export async function lookFirst(
  run: Run,
  point: UploadPoint,
  fingerprint: Fingerprint,
): Promise<void> {
  const { memos, targets, copies } = run.tools
  const { id, fileName, handling } = run.transfer
  const adoptedAtMs = memos.recall<number>(ADOPTED_MEMO)
  if (adoptedAtMs === undefined || changedAfter(fingerprint, adoptedAtMs)) return
  if (point.family !== 'files' || point.replaces !== undefined || handling.again) return
  const told = `maybe-there-already ${id}`
  if (memos.recall<boolean>(told) === true) return
  const there = await targets.filesNamed(point, fileName, run.context)
  const ours = copies.known(there.map(({ token }) => token))
  if (there.every(({ token }) => ours.has(token))) return
  memos.remember(told, true)
  throw new TransferError('maybe-there-already', { detail: fileName })
}

function changedAfter({ ctimeNs, mtimeNs }: Fingerprint, atMs: number): boolean {
  return BigInt(ctimeNs || mtimeNs) / NS_PER_MS > BigInt(Math.floor(atMs))
}

import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Fingerprint, UploadPoint } from '#shared/model/transfer.ts'
import { ADOPTED_MEMO } from './ports.ts'
import type { Run } from './run.ts'

const NS_PER_MS = 1_000_000n

/**
 * Looks for an earlier upload of the file. Uploads made after an adopted home was copied are not
 * known here, so a file from before may be there already. If the folder has an unknown file of its
 * name, a person has to look; asked for again, the file is uploaded.
 * @throws TransferError `maybe-there-already`, once per transfer
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
  const isListed = point.family === 'files' || point.document !== undefined
  if (!isListed || point.replaces !== undefined || handling.again) return
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

import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Fingerprint, UploadPoint, UploadTransaction } from '#shared/model/transfer.ts'
import { missingParts, partRange, planFits } from '#shared/transfer/plan-parts.ts'
import type { BufferLease } from './buffer-pool.ts'
import { checksumOf } from './checksum.ts'
import { land } from './landing.ts'
import type { Run } from './run.ts'
import { sameFingerprint } from './source.ts'

/** upload_id and progress live 24 h (分片上传素材-预上传); the last hour is not relied on. */
const TRANSACTION_LIFE_MS = 23 * 3_600_000

/** Sending a part again after reading it anew helps against a bad read, not against bad maths. */
const MOST_REREADS = 2

/**
 * Opens an upload transaction for the file as it is now.
 * @throws TransferError `plan-invalid` when the server's plan does not cover the file
 */
export async function openTransaction(
  run: Run,
  point: UploadPoint,
  fingerprint: Fingerprint,
): Promise<UploadTransaction> {
  const { calls, clock, store } = run.tools
  const { id, fileName } = run.transfer
  const plan = await calls.prepare(point, fileName, fingerprint.sizeBytes, run.context)
  if (!planFits(plan, fingerprint.sizeBytes)) {
    throw new TransferError('plan-invalid', {
      detail: `${plan.blockCount} x ${plan.blockSizeBytes} for ${fingerprint.sizeBytes} bytes`,
    })
  }
  const preparedAtMs = clock.nowMs()
  const transaction: UploadTransaction = {
    ...plan,
    identity: calls.identity,
    point,
    fingerprint,
    preparedAtMs,
    expiresAtMs: preparedAtMs + TRANSACTION_LIFE_MS,
  }
  store.openTransaction(id, transaction)
  return transaction
}

/**
 * Sends the parts that are not acknowledged yet, in seq order, closes the transaction and completes
 * the transfer.
 * @throws TransferError `source-changed` when the file is no longer the one the transaction is for
 */
export async function uploadInParts(run: Run, transaction: UploadTransaction): Promise<void> {
  const { calls, sources, store } = run.tools
  run.move({ kind: 'sending' })
  await sendMissingParts(run, transaction)
  const { point, uploadId, blockCount, blockSizeBytes, fingerprint } = transaction
  const now = await sources.inspect(run.transfer.path)
  if (!sameFingerprint(now, fingerprint)) throw new TransferError('source-changed')
  run.move({ kind: 'finishing' })
  const checksums = store.acknowledgedParts(run.transfer.id).map((part) => part.checksum)
  const landing = { call: 'upload_finish' as const, point, fingerprint, checksums }
  const finish = () => calls.finish({ point, uploadId, blockCount }, run.context)
  if (await land(run, landing, blockSizeBytes, finish)) return
  throw new TransferError('transaction-expired', { detail: 'finish was not confirmed' })
}

interface ReadPart {
  readonly seq: number
  readonly lease: BufferLease
  readonly start: number
  checksum: number
}

async function sendMissingParts(run: Run, transaction: UploadTransaction): Promise<void> {
  const { store, calls } = run.tools
  const acknowledged = store.acknowledgedParts(run.transfer.id).map((part) => part.seq)
  const missing = missingParts(transaction, acknowledged)
  const [first] = missing
  if (acknowledged.length > 0 && first !== undefined) run.note({ kind: 'resumed', seq: first })
  const underWay = new Set<Promise<void>>()
  let failure: unknown
  for (const seq of missing) {
    // One more than can be in flight: the next part is read while the others travel. Reading is
    // awaited, so that parts line up at the gate in seq order.
    while (underWay.size > calls.lanes) await Promise.race(underWay)
    if (failure !== undefined) break
    try {
      const part = await readPart(run, transaction, seq)
      const sending = sendPart(run, transaction, part)
        .catch((error: unknown) => {
          failure ??= error
        })
        .finally(() => underWay.delete(sending))
      underWay.add(sending)
    } catch (error) {
      failure ??= error
      break
    }
  }
  // Parts that are on their way still count: their acknowledgement saves sending them again.
  await Promise.all(underWay)
  if (failure !== undefined) throw failure
}

async function readPart(
  run: Run,
  { blockSizeBytes, blockCount, fingerprint }: UploadTransaction,
  seq: number,
): Promise<ReadPart> {
  const plan = { blockSizeBytes, blockCount }
  const { start, end } = partRange(seq, plan, fingerprint.sizeBytes)
  const lease = await run.tools.pool.lease(end - start, run.context.stopping)
  try {
    await run.tools.sources.read(run.transfer.path, fingerprint, start, lease.bytes)
    return { seq, lease, start, checksum: await checksumOf(lease.bytes) }
  } catch (error) {
    lease.release()
    throw error
  }
}

async function sendPart(run: Run, transaction: UploadTransaction, part: ReadPart): Promise<void> {
  const { seq, lease } = part
  try {
    for (let rereads = 0; !(await sentWell(run, transaction, part, rereads)); rereads++) {
      await run.tools.sources.read(
        run.transfer.path,
        transaction.fingerprint,
        part.start,
        lease.bytes,
      )
      part.checksum = await checksumOf(lease.bytes)
    }
    const sizeBytes = lease.bytes.length
    // On disk first: only then does anybody hear of it.
    run.tools.store.acknowledgePart(run.transfer.id, {
      seq,
      sizeBytes,
      checksum: part.checksum,
      acknowledgedAtMs: run.tools.clock.nowMs(),
    })
    run.acknowledged(sizeBytes)
  } finally {
    lease.release()
  }
}

/** False when Feishu found the part damaged and it should be read again. */
async function sentWell(
  run: Run,
  { point, uploadId }: UploadTransaction,
  { seq, lease, checksum }: ReadPart,
  rereads: number,
): Promise<boolean> {
  try {
    const body = { point, uploadId, seq, bytes: lease.bytes, checksum }
    await run.tools.calls.sendPart({ ...body, onProgress: run.inFlight }, run.context)
    return true
  } catch (error) {
    if (!asksForReread(error) || rereads >= MOST_REREADS) throw error
    return false
  }
}

function asksForReread(error: unknown): boolean {
  return error instanceof TransferError && lookUp(error).policy === 'reread-part'
}

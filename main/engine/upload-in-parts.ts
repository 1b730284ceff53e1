import type { BufferLease } from '#main/lib/buffer-pool.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Fingerprint, UploadPoint, UploadTransaction } from '#shared/model/transfer.ts'
import { DEADLINE_NEAR_MS, TRANSACTION_LIFE_MS } from '#shared/transfer/deadline.ts'
import { missingParts, partRange, planFits } from '#shared/transfer/plan-parts.ts'
import { land } from './landing.ts'
import type { Run } from './run.ts'
import { hadBetterRestart, reserveParts } from './start-in-parts.ts'
import { confirmSent } from './verify-source.ts'

/**
 * Times a part is read again: resending it then helps against a bad read, not against bad maths.
 */
const MOST_REREADS = 2

/**
 * Opens an upload transaction for the file as it is now.
 * @throws TransferError `plan-invalid` when the server's plan does not cover the file, and as `reserveParts`
 *   when its parts could not be sent in time
 */
export async function openTransaction(
  run: Run,
  point: UploadPoint,
  fingerprint: Fingerprint,
): Promise<UploadTransaction> {
  const { calls, clock, store } = run.tools
  const { id, fileName } = run.transfer
  const release = reserveParts(run, point.family, fingerprint.sizeBytes)
  try {
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
  } finally {
    release()
  }
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
  run.move({ kind: 'finishing' })
  const parts = store.acknowledgedParts(run.transfer.id)
  const sent = { blockSizeBytes, sha256s: parts.map(({ sha256 }) => sha256) }
  const version = { sources, file: run.transfer, fingerprint }
  const contentHash = await confirmSent(version, sent, run.context.stopping)
  const checksums = parts.map(({ checksum }) => checksum)
  const landing = { call: 'upload_finish' as const, point, fingerprint, checksums, contentHash }
  const finish = () => calls.finish({ point, uploadId, blockCount }, run.context)
  if (await land(run, landing, blockSizeBytes, finish)) return
  throw new TransferError('transaction-expired', { detail: 'finish was not confirmed' })
}

interface ReadPart {
  readonly seq: number
  readonly lease: BufferLease
  readonly start: number
}

interface PartSums {
  readonly checksum: number
  readonly sha256: string
}

async function sendMissingParts(run: Run, transaction: UploadTransaction): Promise<void> {
  const { store, calls } = run.tools
  const acknowledged = store.acknowledgedParts(run.transfer.id).map((part) => part.seq)
  const [first] = missingParts(transaction, acknowledged)
  const deadline = new Deadline(run, transaction, acknowledged.length)
  if (acknowledged.length > 0 && first !== undefined) run.note({ kind: 'resumed', seq: first })
  const underWay = new Set<Promise<void>>()
  let summedUp: Promise<unknown> = Promise.resolve()
  const failed = new AbortController()
  const stopping = AbortSignal.any([run.context.stopping, failed.signal])
  const partRun: Run = { ...run, context: { ...run.context, stopping } }
  let failure: unknown
  // Parts that are on their way still count. Those that wait, perhaps for hours, are not sent any more.
  const fail = (error: unknown) => {
    failure ??= error
    failed.abort(error)
  }
  for (const seq of missingParts(transaction, acknowledged)) {
    // Two more than can be in flight: one stands ready and one is summed up while the next is read.
    // Each step is taken by one part after another, so that they line up at the gate in seq order.
    while (underWay.size > calls.lanes + 1) await Promise.race(underWay)
    if (failure !== undefined) break
    try {
      deadline.beforePart()
      const part = await readPart(partRun, transaction, seq)
      const sums = summedUp.then(() => computeSums(run, part))
      summedUp = sums
      const sending = sums
        .then((found) => sendPart(partRun, transaction, part, found))
        .catch(fail)
        .finally(() => underWay.delete(sending))
      underWay.add(sending)
    } catch (error) {
      fail(error)
      break
    }
  }
  await Promise.all(underWay)
  if (failure !== undefined) throw failure
}

/** Watches over the life of an upload while its parts are sent. */
class Deadline {
  readonly #run: Run
  readonly #transaction: UploadTransaction
  #sent: number
  #isSaid = false

  constructor(run: Run, transaction: UploadTransaction, acknowledged: number) {
    this.#run = run
    this.#transaction = transaction
    this.#sent = acknowledged
  }

  /** @throws TransferError `transaction-expired` when it is better to begin again, before Feishu forgets the upload */
  beforePart(): void {
    const { clock } = this.#run.tools
    const { expiresAtMs } = this.#transaction
    const nowMs = clock.nowMs()
    if (hadBetterRestart(this.#transaction, this.#sent, nowMs, this.#run.tools)) {
      this.#run.note({ kind: 'restarted', because: 'transaction-over' })
      throw new TransferError('transaction-expired', { detail: 'begun again in time' })
    }
    this.#sent += 1
    if (this.#isSaid || expiresAtMs - nowMs > DEADLINE_NEAR_MS) return
    this.#isSaid = true
    this.#run.note({ kind: 'deadline-near', untilMs: expiresAtMs })
  }
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
    await run.tools.sources.read(run.transfer, fingerprint, start, lease.bytes)
    return { seq, lease, start }
  } catch (error) {
    lease.release()
    throw error
  }
}

async function computeSums(run: Run, { lease: { bytes } }: ReadPart): Promise<PartSums> {
  const { checksum, sha256s } = await run.tools.sumsOf(bytes, bytes.length)
  return { checksum, sha256: sha256s[0] ?? '' }
}

async function sendPart(
  run: Run,
  transaction: UploadTransaction,
  part: ReadPart,
  firstSums: PartSums,
): Promise<void> {
  const { seq, lease } = part
  try {
    let sums = firstSums
    for (let rereads = 0; !(await trySendPart(run, transaction, part, sums, rereads)); rereads++) {
      await run.tools.sources.read(run.transfer, transaction.fingerprint, part.start, lease.bytes)
      sums = await computeSums(run, part)
    }
    const sizeBytes = lease.bytes.length
    // On disk first: only then does anybody hear of it.
    run.tools.store.acknowledgePart(run.transfer.id, {
      seq,
      sizeBytes,
      ...sums,
      acknowledgedAtMs: run.tools.clock.nowMs(),
    })
    run.part(seq, 'acknowledged')
    run.acknowledged(sizeBytes)
  } finally {
    lease.release()
  }
}

/** False when Feishu found the part damaged and it should be read again. */
async function trySendPart(
  run: Run,
  { point, uploadId }: UploadTransaction,
  { seq, lease }: ReadPart,
  { checksum }: PartSums,
  rereads: number,
): Promise<boolean> {
  try {
    const body = { point, uploadId, seq, bytes: lease.bytes, checksum }
    let handedOver = 0
    const onProgress = (bytes: number) => {
      if (handedOver === 0) run.part(seq, 'under-way')
      handedOver += bytes
      if (handedOver === 0) run.part(seq, 'returned')
      run.inFlight(bytes)
    }
    await run.tools.calls.sendPart({ ...body, onProgress }, run.context)
    return true
  } catch (error) {
    if (!asksForReread(error) || rereads >= MOST_REREADS) throw error
    return false
  }
}

function asksForReread(error: unknown): boolean {
  return error instanceof TransferError && lookUp(error).policy === 'reread-part'
}

/**
 * Calls that make a file appear in a folder. Their answer may be lost, by the network or by a crash of
 * ours; then nothing is guessed: the folder is looked at.
 */
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { PendingLanding, UploadPoint } from '#shared/model/transfer.ts'
import { forgetDoubtful } from './doubtful.ts'
import { type LandedAnswer, OutcomeUnknown } from './ports.ts'
import type { Run } from './run.ts'
import { recordReplaceOutcome } from './same-name.ts'
import { isTransactionOver, type Landed, settle } from './settle-landing.ts'

type NewLanding = Pick<
  PendingLanding,
  'call' | 'point' | 'fingerprint' | 'checksums' | 'contentHash'
>

/**
 * Makes the call and completes the transfer with its file token.
 * @returns whether the file is up; false when the transaction is over and the file is not there
 * @throws TransferError when Feishu refused
 * @throws OutcomeUnknown when the answer was lost and the file is not there yet: the landing stays on
 *   disk, to be settled in a while
 */
export async function land(
  run: Run,
  landing: NewLanding,
  blockSizeBytes: number,
  call: () => Promise<LandedAnswer>,
): Promise<boolean> {
  const { store, landings } = run.tools
  if (landing.point.family === 'medias') {
    // No one sees a media file that no document shows, so making one too many is harmless.
    const answer = await mediaAnswer(call)
    if (answer === undefined) return false
    complete(run, landing, blockSizeBytes, { ...answer, proof: 'answer' })
    return true
  }
  const announced = async () => {
    const pending = await announce(run, landing)
    let answer: LandedAnswer
    try {
      answer = await call()
    } catch (error) {
      if (error instanceof OutcomeUnknown) return settled(run, pending, blockSizeBytes, error)
      // A refusal is certain. An abort is not: the landing stays on disk for the next start.
      if (error instanceof TransferError) store.dropLanding(run.transfer.id)
      throw error
    }
    // The file is up: should the disk fail now, the landing on it is how we find the file again.
    complete(run, landing, blockSizeBytes, { ...answer, proof: 'answer' })
    return true
  }
  const key = nameKey(landing.point, run.transfer.fileName)
  return landings.hold(key, announced, run.context.stopping)
}

/** Undefined when the transaction is over, be it by a finish whose answer was lost. */
async function mediaAnswer(call: () => Promise<LandedAnswer>): Promise<LandedAnswer | undefined> {
  try {
    return await call()
  } catch (error) {
    if (isTransactionOver(error)) return undefined
    throw error
  }
}

/**
 * Settles a landing that was left open by an earlier run.
 * @returns whether the file is up; false when it certainly is not
 * @throws OutcomeUnknown when that can not be told yet
 */
export async function settlePending(run: Run, pending: PendingLanding): Promise<boolean> {
  const key = nameKey(pending.point, run.transfer.fileName)
  const blockSizeBytes =
    run.tools.store.transaction(run.transfer.id)?.blockSizeBytes ?? pending.fingerprint.sizeBytes
  const look = () => settled(run, pending, blockSizeBytes)
  return run.tools.landings.hold(key, look, run.context.stopping)
}

async function settled(
  run: Run,
  pending: PendingLanding,
  blockSizeBytes: number,
  lost?: OutcomeUnknown,
): Promise<boolean> {
  const mine = pending.asked?.mine
  const landed: Landed | undefined =
    mine === undefined ? await settle(run, pending, lost) : { fileToken: mine, proof: 'person' }
  if (landed === undefined) return false
  forgetDoubtful(run.tools.memos, pending.point, landed.fileToken)
  complete(run, pending, blockSizeBytes, landed)
  return true
}

async function announce(run: Run, landing: NewLanding): Promise<PendingLanding> {
  const { targets, calls, store } = run.tools
  const { id, fileName } = run.transfer
  const before = await targets.filesNamed(landing.point, fileName, run.context)
  const pending: PendingLanding = {
    ...landing,
    tokensBefore: before.map(({ token }) => token),
    startedAtServerMs: calls.serverNowMs(),
  }
  store.openLanding(id, pending)
  return pending
}

function complete(
  run: Run,
  landing: NewLanding,
  blockSizeBytes: number,
  { fileToken, version, url, proof }: Landed,
): void {
  const { store, clock, calls, attacher, targets } = run.tools
  const { id } = run.transfer
  const finishedAtMs = clock.nowMs()
  const landedAtServerMs = calls.toldServerNowMs()
  const { fingerprint, checksums, contentHash } = landing
  targets.landed(landing.point, { fileName: run.transfer.fileName, fileToken })
  recordReplaceOutcome(run, landing.point, fileToken)
  const attach = store.pendingAttach(id)?.place ?? attacher.placeFor(run.transfer)
  store.complete(id, {
    fileToken,
    fingerprint,
    blockSizeBytes,
    checksums,
    contentHash,
    proof,
    ...(version !== undefined && { version }),
    ...(url !== undefined && { url }),
    finishedAtMs,
    ...(landedAtServerMs !== undefined && { landedAtServerMs }),
    ...(attach !== undefined && { attach }),
  })
  run.move(
    attach === undefined
      ? { kind: 'landed', fileToken, finishedAtMs }
      : { kind: 'attaching', fileToken },
  )
}

function nameKey(point: UploadPoint, fileName: string): string {
  return `${point.parentNode}/${fileName}`
}

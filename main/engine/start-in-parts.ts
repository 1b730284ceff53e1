/** The beginning of uploads in parts, and the end of those that can not be there in time. */
import { TransferError } from '#shared/errors/transfer-error.ts'
import { partsOfIdentity } from '#shared/model/account.ts'
import type { UploadFamily, UploadTransaction } from '#shared/model/transfer.ts'
import { isInVain, TRANSACTION_LIFE_MS, timeFor } from '#shared/transfer/deadline.ts'
import { BLOCK_SIZE_BYTES } from '#shared/transfer/plan-parts.ts'
import type { WorkCost } from '#shared/transfer/plan-queue.ts'
import { planStart } from '#shared/transfer/plan-start.ts'
import type { CallsLeft } from '#shared/transfer/single-call.ts'
import { assumedCost } from '#shared/transfer/work-cost.ts'
import { openMs, type WorkHours } from '#shared/transfer/work-hours.ts'
import type { UploadCall } from './endpoints.ts'
import type { Run, RunTools } from './run.ts'

/** The cost of parts as measured; what was never measured costs nothing, so that nothing is refused for it. */
export function costOf({ uplink, calls }: Pick<RunTools, 'uplink' | 'calls'>): WorkCost {
  const { secondsPerCall } = assumedCost()
  const { bytesPerSecond } = uplink
  // The speed is that of one call; several may be under way.
  const ofAll =
    bytesPerSecond === undefined ? Number.POSITIVE_INFINITY : bytesPerSecond * calls.lanes
  return { secondsPerCall, secondsPerByte: 1 / ofAll }
}

/** The hours in which files go up; null: at any time. */
export function hoursOf({ hours }: Pick<RunTools, 'hours'>): WorkHours | null {
  return hours?.() ?? null
}

/**
 * Keeps the parts that a file needs, beside those of uploads that were begun.
 * @returns gives them back: the upload is on disk, where others see it, or did not begin
 * @throws TransferError `daily-quota-used` or `daily-share-used` when no part may be sent today, `parts-reserved` when
 *   they are all needed, `too-many-parts` for more than two days have
 */
export function reserveParts(run: Run, family: UploadFamily, sizeBytes: number): () => void {
  const { calls, clock, opening } = run.tools
  const { id } = run.transfer
  calls.assertToday(family, 'upload_part')
  const parts = Math.ceil(sizeBytes / BLOCK_SIZE_BYTES)
  const nowMs = clock.nowMs()
  const plan = planStart(
    { parts, bytes: sizeBytes },
    {
      ...{ nowMs, ...calls.callsOfDay(family, 'upload_part'), ...reservedBy(run, family) },
      ...{ cost: costOf(run.tools), hours: hoursOf(run.tools) },
    },
  )
  if (plan.kind === 'never') throw new TransferError('too-many-parts', { detail: String(parts) })
  if (plan.kind === 'later') {
    const code = plan.because === 'hours' ? 'upload-hours-short' : 'parts-reserved'
    throw new TransferError(code, { retryAfterMs: plan.atMs - nowMs })
  }
  if (plan.isSlow) run.note({ kind: 'too-slow' })
  opening.set(id, { parts, family })
  return () => void opening.delete(id)
}

/** The calls of today that a small file may take: parts are left to the large files of the queue. */
export function callsLeft(run: Run, family: UploadFamily): CallsLeft {
  const { calls, store } = run.tools
  const today = (call: UploadCall) => calls.callsOfDay(family, call).today
  const canBegin = today('upload_prepare') > 0 && today('upload_finish') > 0
  const { reserved } = reservedBy(run, family)
  const free = today('upload_part') - Math.max(reserved, store.partsAhead())
  return { whole: today('upload_all'), parts: canBegin ? Math.max(0, free) : 0 }
}

/** The parts that other uploads of the app still need, and their bytes. */
function reservedBy({ tools, transfer }: Run, family: UploadFamily) {
  const { store, calls, clock, opening } = tools
  const nowMs = clock.nowMs()
  const app = partsOfIdentity(calls.identity).appId
  const begun = store.begun().filter(({ id, expiresAtMs, identity, ...each }) => {
    const isOther = id !== transfer.id && !opening.has(id) && each.family === family
    return isOther && expiresAtMs > nowMs && partsOfIdentity(identity).appId === app
  })
  const about = [...opening].flatMap(([id, each]) =>
    id !== transfer.id && each.family === family ? each.parts : [],
  )
  const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0)
  const beginning = sum(about)
  return {
    reserved: sum(begun.map(({ missingParts }) => missingParts)) + beginning,
    reservedBytes:
      sum(begun.map(({ missingBytes }) => missingBytes)) + beginning * BLOCK_SIZE_BYTES,
  }
}

/** Checks whether it is better to begin again now: the rest can not be there in time, and a new upload can. */
export function hadBetterRestart(
  { expiresAtMs, blockCount, fingerprint, blockSizeBytes }: UploadTransaction,
  acknowledged: number,
  nowMs: number,
  tools: Pick<RunTools, 'uplink' | 'calls' | 'hours'>,
): boolean {
  const cost = costOf(tools)
  const hours = hoursOf(tools)
  const missingParts = blockCount - acknowledged
  const missingBytes = Math.min(fingerprint.sizeBytes, missingParts * blockSizeBytes)
  if (!isInVain({ expiresAtMs, missingParts, missingBytes }, nowMs, cost, hours)) return false
  const whole = { parts: blockCount, bytes: fingerprint.sizeBytes }
  return (
    nowMs >= expiresAtMs ||
    timeFor(whole, cost) <= openMs(hours, nowMs, nowMs + TRANSACTION_LIFE_MS)
  )
}

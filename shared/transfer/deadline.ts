/** The life of an upload transaction: upload_id and progress live 24 h (分片上传素材-预上传). */
import type { WorkCost } from './plan-queue.ts'
import { openMs, type WorkHours } from './work-hours.ts'

const HOUR_MS = 3_600_000
/** The last hour is not relied on when an upload is resumed. */
export const TRANSACTION_LIFE_MS = 23 * HOUR_MS
/** An upload that is nearly there may use the last hour too, but for these minutes. */
const LAST_HOUR_MS = 55 * 60_000
/** A person is warned when so little is left. */
export const DEADLINE_NEAR_MS = 2 * HOUR_MS
/** A measured speed is only about right. */
const CERTAINTY = 1.25

/** An upload in parts that was begun. */
export interface Begun {
  readonly expiresAtMs: number
  readonly missingParts: number
  readonly missingBytes: number
}

/** The time that parts take. */
export function timeFor(
  { parts, bytes }: { readonly parts: number; readonly bytes: number },
  { secondsPerByte, secondsPerCall }: WorkCost,
): number {
  return Math.max(bytes * secondsPerByte, parts * secondsPerCall) * 1_000
}

/**
 * Checks whether an upload has to go before all others, whatever their order: it would expire otherwise.
 * @param hours only their time counts; null: at any time
 */
export function isUrgent(
  begun: Begun,
  nowMs: number,
  cost: WorkCost,
  hours: WorkHours | null = null,
): boolean {
  const needMs = timeFor({ parts: begun.missingParts, bytes: begun.missingBytes }, cost)
  if (begun.expiresAtMs <= nowMs) return false
  return openMs(hours, nowMs, begun.expiresAtMs) < DEADLINE_NEAR_MS + CERTAINTY * needMs
}

/**
 * Checks whether the rest of an upload would be sent in vain: it can not be there before Feishu forgets the upload.
 * @param cost as measured; too dear rather than too cheap would end uploads without need
 * @param hours as for `isUrgent`
 */
export function isInVain(
  begun: Begun,
  nowMs: number,
  cost: WorkCost,
  hours: WorkHours | null = null,
): boolean {
  const lastMs = begun.expiresAtMs + LAST_HOUR_MS
  const needMs = timeFor({ parts: begun.missingParts, bytes: begun.missingBytes }, cost)
  const isOver = nowMs >= begun.expiresAtMs
  // Before its end, only what is far from possible is given up.
  return nowMs > lastMs || needMs / (isOver ? 1 : CERTAINTY) > openMs(hours, nowMs, lastMs)
}

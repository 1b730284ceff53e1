/** When an upload in parts may begin, so that it can end: Feishu forgets it after a day. Pure. */
import { TRANSACTION_LIFE_MS, timeFor } from './deadline.ts'
import type { WorkCost } from './plan-queue.ts'
import { nextQuotaDayMs } from './quota-day.ts'
import { openMs, type WorkHours } from './work-hours.ts'

export interface PartsOfFile {
  readonly parts: number
  readonly bytes: number
}

export interface StartBasis {
  readonly nowMs: number
  /** Parts that may be sent today, and on any later day. */
  readonly today: number
  readonly daily: number
  /** Parts that uploads which were begun still need. */
  readonly reserved: number
  readonly cost: WorkCost
  /** Null: at any time. */
  readonly hours: WorkHours | null
}

export type StartPlan =
  /** `isSlow`: it can hardly end within Feishu's day, as fast as the line is. */
  | { readonly kind: 'now'; readonly isSlow: boolean }
  /** `reserved`: today's parts are there, but others need them. */
  | { readonly kind: 'later'; readonly atMs: number; readonly because: 'used' | 'reserved' }
  /** No day and the next together have so many parts. */
  | { readonly kind: 'never' }

/** A file that cannot begin within so many days can never. */
const MOST_DAYS = 60

/** Decides when a file may begin: now, or at the first time from which enough parts are free within its life. */
export function planStart(file: PartsOfFile, basis: StartBasis): StartPlan {
  const { nowMs, today, daily, reserved } = basis
  const fits = (atMs: number, free: number) =>
    free > 0 && free + (touchesNextDay(atMs) ? daily : 0) >= file.parts
  if (fits(nowMs, today - reserved)) return { kind: 'now', isSlow: !hasTime(file, basis) }
  const because = fits(nowMs, today) ? 'reserved' : 'used'
  let dayMs = nowMs
  let free = today - reserved
  for (let day = 0; day < MOST_DAYS; day++) {
    if (day > 0 && fits(dayMs, free)) return { kind: 'later', atMs: dayMs, because }
    // A file of more parts than a day has begins late on one day, and ends on the next.
    const lateMs = lateStart(file, basis, dayMs, free)
    if (lateMs !== undefined) return { kind: 'later', atMs: lateMs, because }
    dayMs = nextQuotaDayMs(dayMs)
    // Parts that begun uploads could not send on a day are sent on the next.
    free = daily + Math.min(0, free)
  }
  return { kind: 'never' }
}

function touchesNextDay(startMs: number): boolean {
  return startMs + TRANSACTION_LIFE_MS > nextQuotaDayMs(startMs)
}

/** The time of a day from which its parts and those of the next are both within the life of an upload. */
function lateStart(
  file: PartsOfFile,
  { daily, cost }: StartBasis,
  dayMs: number,
  free: number,
): number | undefined {
  if (free <= 0 || file.parts <= free || file.parts > free + daily) return undefined
  const overMs = timeFor({ parts: file.parts - free, bytes: 0 }, cost)
  const startMs = nextQuotaDayMs(dayMs) + overMs - TRANSACTION_LIFE_MS
  return startMs > dayMs ? Math.ceil(startMs) : undefined
}

function hasTime(file: PartsOfFile, { nowMs, cost, hours }: StartBasis): boolean {
  return timeFor(file, cost) <= openMs(hours, nowMs, nowMs + TRANSACTION_LIFE_MS)
}

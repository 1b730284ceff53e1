/** When an upload in parts may begin, so that it can end: Feishu forgets it after a day. Pure. */
import { TRANSACTION_LIFE_MS, timeFor } from './deadline.ts'
import type { WorkCost } from './plan-queue.ts'
import { nextQuotaDayMs } from './quota-day.ts'
import { afterOpenMs, nextBegin, openMs, type WorkHours } from './work-hours.ts'

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
  /** The bytes of those. */
  readonly reservedBytes?: number
  readonly cost: WorkCost
  /** Null: at any time. */
  readonly hours: WorkHours | null
}

export type StartPlan =
  /** `isSlow`: it can hardly end within Feishu's day, as fast as the line is. */
  | { readonly kind: 'now'; readonly isSlow: boolean }
  /** `reserved`: today's parts are there, but others need them. `hours`: these leave too little time from now on. */
  | {
      readonly kind: 'later'
      readonly atMs: number
      readonly because: 'used' | 'reserved' | 'hours'
    }
  /** No day and the next together have so many parts. */
  | { readonly kind: 'never' }

/** A file that cannot begin within so many days can never. */
const MOST_DAYS = 60
/** A line that is busy with others is looked at again after so long: its speed may change. */
const BUSY_LOOK_MS = 15 * 60_000

/** Hours of that many days are looked at: they repeat every week. */
const DAYS_OF_HOURS = 8

/** Decides when a file may begin: now, or at the first time from which enough parts are free within its life. */
export function planStart(file: PartsOfFile, given: StartBasis): StartPlan {
  const { nowMs, today, daily, reserved } = given
  const opensAtMs = hasTime(file, given) ? nowMs : openingFor(file, given)
  const basis = { ...given, partMs: partTime(file, given, opensAtMs !== undefined) }
  const fits = (atMs: number, free: number) =>
    free > 0 && partsFrom(basis, { atMs, free, next: daily, aheadMs: 0 }) >= file.parts
  if (hasCallsBeside(file, basis)) {
    if (opensAtMs !== undefined && opensAtMs > nowMs) {
      return { kind: 'later', atMs: opensAtMs, because: 'hours' }
    }
    const aheadMs = timeOfReserved(basis)
    // A line on which those can not end either says nothing: its speed is one of other times, or it is too slow.
    const isBusy = aheadMs <= TRANSACTION_LIFE_MS && !hasTimeBeside(file, basis, aheadMs)
    if (!isBusy) return { kind: 'now', isSlow: opensAtMs === undefined }
    return { kind: 'later', atMs: nowMs + BUSY_LOOK_MS, because: 'reserved' }
  }
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
  return isBeyondCalls(file, basis) ? { kind: 'never' } : { kind: 'now', isSlow: true }
}

/** The next beginning of the hours from which the file has the time that it takes; undefined: it never has. */
function openingFor(file: PartsOfFile, basis: StartBasis): number | undefined {
  const { hours, nowMs } = basis
  if (hours === null) return undefined
  let at: Date | undefined = new Date(nowMs)
  for (let opening = 0; opening < DAYS_OF_HOURS; opening++) {
    at = nextBegin(hours, at)
    if (at === undefined) return undefined
    if (hasTime(file, { ...basis, nowMs: at.getTime() })) return at.getTime()
  }
  return undefined
}

/** The line is to blame rather than the calls: it may become faster. */
function isBeyondCalls({ parts }: PartsOfFile, { daily }: StartBasis): boolean {
  return parts > 2 * daily
}

/** Checks whether a file has its calls from now on, beside those of uploads that were begun. */
function hasCallsBeside({ parts }: PartsOfFile, basis: StartBasis): boolean {
  const { nowMs, today, daily, reserved } = basis
  const touchesNext = nowMs + TRANSACTION_LIFE_MS > nextQuotaDayMs(nowMs)
  return today > reserved && today - reserved + (touchesNext ? daily : 0) >= parts
}

/** Checks whether it has the time as well: begun uploads come first, and may spill into tomorrow. */
function hasTimeBeside(file: PartsOfFile, basis: TimedBasis, aheadMs: number): boolean {
  const { nowMs: atMs, today, daily, reserved, hours } = basis
  const ofToday = Math.min(1, openMs(hours, atMs, nextQuotaDayMs(atMs)) / Math.max(1, aheadMs))
  const free = today - reserved * ofToday
  const next = daily - reserved * (1 - ofToday)
  if (partsFrom(basis, { atMs, free, next, aheadMs }) < file.parts) return false
  return overtimeOf(file, basis) === 0
}

function timeOfReserved({ reserved, reservedBytes = 0, cost }: StartBasis): number {
  return timeFor({ parts: reserved, bytes: reservedBytes }, cost)
}

interface TimedBasis extends StartBasis {
  /** The time of one part. */
  readonly partMs: number
}

interface Span {
  readonly atMs: number
  /** Calls that are free on that day, and on the next. */
  readonly free: number
  readonly next: number
  /** The time that uploads before it take. */
  readonly aheadMs: number
}

/** Parts of a file that can leave within the life of an upload that begins then, by calls and by time. */
function partsFrom({ partMs, hours }: TimedBasis, span: Span): number {
  const { atMs, free, next, aheadMs } = span
  const midnightMs = nextQuotaDayMs(atMs)
  const todayMs = openMs(hours, atMs, midnightMs)
  const nextMs = openMs(hours, midnightMs, atMs + TRANSACTION_LIFE_MS)
  const spiltMs = Math.max(0, aheadMs - todayMs)
  return (
    Math.min(free, Math.max(0, todayMs - aheadMs) / partMs) +
    Math.min(next, Math.max(0, nextMs - spiltMs) / partMs)
  )
}

/** One that can never end in time is not judged by time: the line may become faster, or the hours longer. */
function partTime(file: PartsOfFile, { cost }: StartBasis, canEnd: boolean): number {
  return canEnd ? timeFor(file, cost) / file.parts : 1e-6
}

/** The time of a day from which its parts and those of the next are both within the life of an upload. */
function lateStart(
  file: PartsOfFile,
  { partMs, daily, hours }: TimedBasis,
  dayMs: number,
  free: number,
): number | undefined {
  if (free <= 0 || file.parts <= free || file.parts > free + daily) return undefined
  const overMs = partMs * (file.parts - free)
  const midnightMs = nextQuotaDayMs(dayMs)
  const endMs = afterOpenMs(hours, midnightMs, midnightMs + TRANSACTION_LIFE_MS, overMs)
  const startMs = endMs - TRANSACTION_LIFE_MS
  return startMs > dayMs ? Math.ceil(startMs) : undefined
}

function hasTime(file: PartsOfFile, { nowMs, cost, hours }: StartBasis): boolean {
  return timeFor(file, cost) <= openMs(hours, nowMs, nowMs + TRANSACTION_LIFE_MS)
}

/**
 * Returns how much longer the file would take than it has, behind uploads that were begun; nothing for one that
 * would be too slow on its own as well.
 */
function overtimeOf(file: PartsOfFile, basis: StartBasis): number {
  const { reserved, reservedBytes = 0, nowMs, cost, hours } = basis
  if (reserved === 0 || !hasTime(file, basis)) return 0
  const all = { parts: file.parts + reserved, bytes: file.bytes + reservedBytes }
  return Math.max(0, timeFor(all, cost) - openMs(hours, nowMs, nowMs + TRANSACTION_LIFE_MS))
}

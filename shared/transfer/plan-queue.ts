/**
 * The plan of a queue by days: what goes up today, what tomorrow, and when all is up. Pure.
 *
 * Two things are scarce: time (the line, the calls' own time, the hours a person has set) and the calls of each day.
 * Files in one call and parts draw on different counts, so a day takes of both. The plan is the earliest
 * end there is: one call of a part costs the same time on every day, and so a closed form tells whether
 * a number of days is enough. More calls, or more time, can therefore never make it later.
 */
import { BLOCK_SIZE_BYTES } from './plan-parts.ts'
import { nextQuotaDayMs, quotaDay } from './quota-day.ts'
import { afterOpenMs, openMs, type WorkHours } from './work-hours.ts'

/** The work that is still to do. */
export interface WorkAhead {
  /** Files that go in one call, and their bytes. */
  readonly wholeFiles: number
  readonly wholeBytes: number
  /** Files in parts, the parts of them that are not up, and their bytes. */
  readonly partFiles: number
  readonly parts: number
  readonly partBytes: number
}

/** Calls of a day that may be made to each of the two endpoints that count: `Infinity` when nothing limits them. */
export interface DayCalls {
  readonly whole: number
  readonly parts: number
}

/** The time that work takes. */
export interface WorkCost {
  readonly secondsPerByte: number
  /** More than 0. */
  readonly secondsPerCall: number
}

export interface PlanBasis {
  readonly nowMs: number
  readonly ahead: WorkAhead
  readonly cost: WorkCost
  /** Left of today. */
  readonly today: DayCalls
  /** Those of any later day. */
  readonly daily: DayCalls
  /** Null: at any time. */
  readonly hours: WorkHours | null
  /** Small files go in parts on days whose single calls are used up, where no large file needs those. */
  readonly smallInParts?: boolean
  /** No call is possible before: the quota of the month is used up. */
  readonly notBeforeMs?: number | undefined
}

/** The work of one quota day. */
interface PlannedDay {
  /** `YYYY-MM-DD` in Beijing. */
  readonly day: string
  readonly fromMs: number
  readonly untilMs: number
  readonly wholeFiles: number
  readonly parts: number
  readonly bytes: number
  /** The reason for the end of that day; undefined: the work is done. */
  readonly limit: DayLimit | undefined
  /** The same for files in one call and for parts alone. */
  readonly limits: {
    readonly whole: DayLimit | undefined
    readonly parts: DayLimit | undefined
  }
}

type DayLimit = 'calls' | 'time'

export interface QueuePlan {
  /** From today to the day of the end. */
  readonly days: readonly PlannedDay[]
  /** Undefined: not within a year, or never with these hours and limits. */
  readonly doneAtMs: number | undefined
}

const MOST_DAYS = 400
/** Amounts are reckoned in fractions; this much is nothing. */
const NOTHING = 1e-6

interface Day {
  readonly fromMs: number
  readonly untilMs: number
  readonly seconds: number
  readonly calls: DayCalls
}

/** Seconds of one call to each endpoint, its bytes and its part of the calls around it included. */
interface Costs {
  readonly whole: number
  readonly part: number
}

/** The room of some days: files whole, parts, and parts that take nothing from the files. */
interface Room {
  readonly whole: number
  readonly parts: number
  readonly freeParts: number
}

/** Plans the days of a queue. */
export function planQueue(basis: PlanBasis): QueuePlan {
  const { ahead, nowMs } = basis
  if (ahead.wholeFiles + ahead.parts <= 0) return { days: [], doneAtMs: nowMs }
  const costs = costsOf(basis)
  const days: Day[] = []
  let room: Room = { whole: 0, parts: 0, freeParts: 0 }
  for (let fromMs = nowMs; days.length < MOST_DAYS; ) {
    const day = dayFrom(basis, fromMs, days.length === 0)
    days.push(day)
    const withDay = plus(room, roomOf(day.seconds, day.calls, costs))
    if (isEnough(withDay, ahead, costs)) {
      const seconds = leastSeconds(day, room, ahead, costs)
      const doneAtMs = endIn(day, basis, seconds)
      return { days: amounts([...days.slice(0, -1), { ...day, seconds }], ahead, costs), doneAtMs }
    }
    room = withDay
    fromMs = day.untilMs
  }
  return { days: amounts(days, ahead, costs), doneAtMs: undefined }
}

function costsOf({ ahead, cost: { secondsPerByte, secondsPerCall } }: PlanBasis): Costs {
  const { wholeFiles, wholeBytes, partFiles, parts, partBytes } = ahead
  const ofParts = (parts + 2 * partFiles) * secondsPerCall + partBytes * secondsPerByte
  return {
    whole: secondsPerCall + (wholeBytes / Math.max(1, wholeFiles)) * secondsPerByte,
    part: parts > 0 ? ofParts / parts : secondsPerCall,
  }
}

function dayFrom(basis: PlanBasis, fromMs: number, isFirst: boolean): Day {
  const untilMs = nextQuotaDayMs(fromMs)
  const beginMs = Math.max(fromMs, basis.notBeforeMs ?? 0)
  const seconds = openMs(basis.hours, beginMs, untilMs) / 1_000
  const calls = withSpareParts(isFirst ? basis.today : basis.daily, basis)
  return { fromMs, untilMs, seconds, calls }
}

/** As an upload does (`single-call.ts`), but for queues with large files: these are planned as if they left no part. */
function withSpareParts(calls: DayCalls, { ahead, smallInParts }: PlanBasis): DayCalls {
  if (smallInParts !== true || ahead.parts > 0) return calls
  const meanBytes = ahead.wholeBytes / Math.max(1, ahead.wholeFiles)
  return { ...calls, whole: calls.whole + calls.parts / Math.max(1, meanBytes / BLOCK_SIZE_BYTES) }
}

function endIn({ fromMs, untilMs }: Day, { hours, notBeforeMs = 0 }: PlanBasis, seconds: number) {
  return Math.ceil(afterOpenMs(hours, Math.max(fromMs, notBeforeMs), untilMs, seconds * 1_000))
}

function roomOf(seconds: number, calls: DayCalls, costs: Costs): Room {
  const whole = Math.min(calls.whole, seconds / costs.whole)
  const parts = Math.min(calls.parts, seconds / costs.part)
  const freeSeconds = Math.max(0, seconds - whole * costs.whole)
  return { whole, parts, freeParts: Math.min(calls.parts, freeSeconds / costs.part) }
}

function plus(a: Room, b: Room): Room {
  return {
    whole: a.whole + b.whole,
    parts: a.parts + b.parts,
    freeParts: a.freeParts + b.freeParts,
  }
}

/** A part beyond the free ones takes the time of so many whole files, on whatever day. */
function isEnough(room: Room, { wholeFiles, parts }: WorkAhead, costs: Costs): boolean {
  if (parts > room.parts + NOTHING) return false
  const dear = Math.max(0, parts - room.freeParts)
  return wholeFiles <= room.whole - (dear * costs.part) / costs.whole + NOTHING
}

/** The time of the last day that is needed. */
function leastSeconds(day: Day, before: Room, ahead: WorkAhead, costs: Costs): number {
  let enough = day.seconds
  let tooFew = 0
  for (let step = 0; step < 60 && enough - tooFew > 0.000_5; step++) {
    const middle = (enough + tooFew) / 2
    if (isEnough(plus(before, roomOf(middle, day.calls, costs)), ahead, costs)) enough = middle
    else tooFew = middle
  }
  return enough
}

/** Divides the work among the days and fills the first ones first. */
function amounts(days: readonly Day[], ahead: WorkAhead, costs: Costs): PlannedDay[] {
  const rooms = days.map(({ seconds, calls }) => roomOf(seconds, calls, costs))
  const total = rooms.reduce(plus, { whole: 0, parts: 0, freeParts: 0 })
  let dear = Math.max(0, ahead.parts - total.freeParts)
  const left = { whole: ahead.wholeFiles, parts: ahead.parts }
  return days.map((day, index) => {
    const room = rooms[index] ?? { whole: 0, parts: 0, freeParts: 0 }
    const dearParts = Math.min(dear, room.parts - room.freeParts)
    dear -= dearParts
    const parts = Math.min(left.parts, room.freeParts + dearParts)
    const secondsLeft = Math.max(0, day.seconds - parts * costs.part)
    const whole = Math.min(left.whole, day.calls.whole, secondsLeft / costs.whole)
    const planned = wholeNumbers(left, { whole, parts })
    left.whole -= whole
    left.parts -= parts
    return {
      ...{ day: quotaDay(day.fromMs), fromMs: day.fromMs, untilMs: day.untilMs },
      wholeFiles: planned.whole,
      parts: planned.parts,
      bytes: Math.round(bytesOf(planned, ahead)),
      ...limitsOf(day, { whole, parts }, left),
    }
  })
}

/** Rounds what is left rather than what is taken, so that the days add up to all. */
function wholeNumbers(left: DayCalls, taken: DayCalls): DayCalls {
  const rounded = (amount: number) => Math.ceil(amount - NOTHING)
  return {
    whole: rounded(left.whole) - rounded(left.whole - taken.whole),
    parts: rounded(left.parts) - rounded(left.parts - taken.parts),
  }
}

function bytesOf({ whole, parts }: DayCalls, ahead: WorkAhead): number {
  const { wholeFiles, wholeBytes, partBytes } = ahead
  const ofWhole = (whole * wholeBytes) / Math.max(1, wholeFiles)
  return ofWhole + (parts * partBytes) / Math.max(1, ahead.parts)
}

function limitsOf({ calls }: Day, taken: DayCalls, left: DayCalls) {
  const limitOf = (kind: keyof DayCalls): DayLimit | undefined => {
    if (left[kind] <= NOTHING) return undefined
    return taken[kind] >= calls[kind] - NOTHING ? 'calls' : 'time'
  }
  const limits = { whole: limitOf('whole'), parts: limitOf('parts') }
  const isByCalls = limits.whole === 'calls' || limits.parts === 'calls'
  return { limits, limit: isByCalls ? 'calls' : (limits.whole ?? limits.parts) }
}

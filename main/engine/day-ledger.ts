import { isRecent } from '#main/lib/pause.ts'
import { DAILY_CALLS, hourOfQuotaDay, quotaDay } from '#shared/transfer/quota-day.ts'
import type { Endpoint } from './endpoints.ts'
import type { MemoStore, QuotaStore } from './ports.ts'

/** Days that are remembered, today included. */
const DAYS = 8
const HOURS = 24
/** An estimate changes with every call; the disk hears of it now and then. */
const SAVE_EVERY_MS = 60_000
/** The part of the day that a machine has at least, whatever others need. */
const OWN_PART = 0.5
/** A day that Feishu has called used up is asked about again after so long. */
const ASK_AGAIN_MS = 3_600_000

interface DayOfOthers {
  readonly day: string
  /** Calls that other machines have made in each hour of the day, as far as we can tell. */
  readonly hours: readonly number[]
  /** Feishu has said that the day's calls are used up; undefined: not, or not any more. */
  readonly endedAtMs?: number
}

export interface DayLedgerOptions {
  readonly appKey: string
  readonly memos: Pick<MemoStore, 'recall'> & Partial<MemoStore>
  readonly quota: Pick<QuotaStore, 'callsUsed'>
  /** The calls a day that this machine may make to an endpoint; undefined: all that others leave. */
  readonly callsPerDay?: number | undefined
}

/**
 * The calls of a day as far as they are this machine's to make. The calls of others show in two ways: by
 * what they leave of the rate (`fair-share.ts`), and by how early Feishu says that the day's calls are used up. The
 * calls they usually make from this hour on are left to them, up to half of the day.
 */
export class DayLedger {
  readonly #options: DayLedgerOptions
  /** Oldest first, by endpoint. */
  readonly #days = new Map<string, readonly DayOfOthers[]>()
  readonly #savedAtMs = new Map<string, number>()

  constructor(options: DayLedgerOptions) {
    this.#options = options
  }

  /** A call was let through. @param part the part of the rate that this machine has, 1 when alone */
  counted(endpoint: Endpoint, part: number, nowMs: number): void {
    if (endpoint.callsPerDay === undefined) return
    const today = this.#today(endpoint, nowMs)
    const { endedAtMs, ...open } = today
    const others = 1 / Math.max(part, 1 / DAILY_CALLS) - 1
    if (others === 0 && endedAtMs === undefined) return
    this.#keep(endpoint, withOthers(open, others, nowMs), nowMs, endedAtMs !== undefined)
  }

  /** Feishu says that the day's calls are used up: those we have not made, others have. */
  ended(endpoint: Endpoint, nowMs: number): void {
    if (endpoint.callsPerDay === undefined) return
    const { appKey, quota } = this.#options
    const today = this.#today(endpoint, nowMs)
    const own = quota.callsUsed(appKey, endpoint.path, quotaDay(nowMs))
    const unknown = Math.max(0, endpoint.callsPerDay - own - sumFrom(today, 0))
    const ended = { ...withOthers(today, unknown, nowMs), endedAtMs: nowMs }
    this.#keep(endpoint, ended, nowMs, true)
  }

  /** Checks whether Feishu has called the day used up, and has let no call through since. */
  hasEnded(endpoint: Endpoint, nowMs: number): boolean {
    return this.#today(endpoint, nowMs).endedAtMs !== undefined
  }

  /** When the day, which Feishu has called used up, is asked about again; undefined: it is not, or that is due. */
  endedUntilMs(endpoint: Endpoint, nowMs: number): number | undefined {
    if (endpoint.callsPerDay === undefined) return undefined
    const { endedAtMs } = this.#today(endpoint, nowMs)
    if (endedAtMs === undefined || !isRecent(endedAtMs, nowMs, ASK_AGAIN_MS)) return undefined
    return endedAtMs + ASK_AGAIN_MS
  }

  /** The calls to an endpoint that this machine may make today, those made included. */
  allowance(endpoint: Endpoint, nowMs: number): number {
    const today = this.#today(endpoint, nowMs)
    return this.#beside(endpoint, today, sumFrom(today, 0), hourOfQuotaDay(nowMs))
  }

  /** Those that it may make on a day to come, if others do as they usually do. */
  dailyAllowance(endpoint: Endpoint, nowMs: number): number {
    return this.#beside(endpoint, this.#today(endpoint, nowMs), 0, 0)
  }

  /** The calls left by others: less those they have made, and those they usually make from an hour on. */
  #beside(endpoint: Endpoint, today: DayOfOthers, made: number, fromHour: number): number {
    const { callsPerDay: budget = DAILY_CALLS } = this.#options
    const all = endpoint.callsPerDay ?? DAILY_CALLS
    const before = this.#known(endpoint).filter(({ day }) => day !== today.day)
    const usual = median(before.map((day) => sumFrom(day, fromHour)))
    return Math.min(budget, Math.max(Math.floor(all - made - usual), all * OWN_PART))
  }

  #today(endpoint: Endpoint, nowMs: number): DayOfOthers {
    const day = quotaDay(nowMs)
    return (
      this.#known(endpoint).find((known) => known.day === day) ?? {
        day,
        hours: Array<number>(HOURS).fill(0),
      }
    )
  }

  #known({ path }: Endpoint): readonly DayOfOthers[] {
    const known = this.#days.get(path) ?? this.#options.memos.recall(this.#key(path)) ?? []
    this.#days.set(path, known)
    return known
  }

  #keep(endpoint: Endpoint, today: DayOfOthers, nowMs: number, atOnce: boolean): void {
    const { path } = endpoint
    const before = this.#known(endpoint).filter(({ day }) => day !== today.day)
    const days = [...before, today].slice(-DAYS)
    this.#days.set(path, days)
    if (!atOnce && isRecent(this.#savedAtMs.get(path) ?? 0, nowMs, SAVE_EVERY_MS)) return
    this.#savedAtMs.set(path, nowMs)
    try {
      this.#options.memos.remember?.(this.#key(path), days)
    } catch {
      // It is estimated again. A failing disk is reported by those who depend on it.
    }
  }

  #key(path: string): string {
    return `calls-of-others ${this.#options.appKey} ${path}`
  }
}

function withOthers(day: DayOfOthers, calls: number, nowMs: number): DayOfOthers {
  const hour = hourOfQuotaDay(nowMs)
  return { ...day, hours: day.hours.with(hour, (day.hours[hour] ?? 0) + calls) }
}

function sumFrom({ hours }: DayOfOthers, hour: number): number {
  return hours.slice(hour).reduce((sum, calls) => sum + calls, 0)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

/** Frequency limits as the gateway keeps them, and the ban on concurrent calls. */
import type { SimulatorClock } from './clock.ts'
import { Refusal } from './refusal.ts'

export interface RateLimits {
  /** 上传素材 … 完成上传, 新建文件夹: 5 QPS. */
  readonly writesPerSecond: number
  /** 获取文件夹中的文件清单: 20 QPS. */
  readonly listsPerSecond: number
  /** 10,000 calls a day for each endpoint with the write limit. */
  readonly writesPerDay: number
}

const DOCUMENTED_RATES: RateLimits = {
  writesPerSecond: 5,
  listsPerSecond: 20,
  writesPerDay: 10_000,
}

/** The documented limits with single ones replaced. */
export function fullRate(rate: Partial<RateLimits> | 'off'): RateLimits | 'off' {
  return rate === 'off' ? 'off' : { ...DOCUMENTED_RATES, ...rate }
}

/** Which limit an endpoint falls under. */
export type RateClass = 'write' | 'list' | 'none'

const DAY_MS = 24 * 60 * 60 * 1000
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000

interface Usage {
  /** Arrival times of the calls accepted in the last second. */
  recent: number[]
  day: number
  callsToday: number
}

export class RateGate {
  readonly #clock: SimulatorClock
  readonly #usage = new Map<string, Usage>()
  readonly #inFlight = new Map<string, number>()
  #limits: RateLimits | 'off'
  /** Calls refused with 99991400 so far. */
  refusals = 0

  constructor(clock: SimulatorClock, limits: RateLimits | 'off') {
    this.#clock = clock
    this.#limits = limits
  }

  setLimits(limits: RateLimits | 'off'): void {
    this.#limits = limits
  }

  /** Admits a call whose head has just arrived, or refuses it with 429 and 99991400. */
  admit(app: string, endpoint: string, rateClass: RateClass): void {
    if (this.#limits === 'off' || rateClass === 'none') return
    const nowMs = this.#clock.nowMs()
    const perSecond =
      rateClass === 'write' ? this.#limits.writesPerSecond : this.#limits.listsPerSecond
    const usage = this.#usageOf(app, endpoint, nowMs)
    if (rateClass === 'write' && usage.callsToday >= this.#limits.writesPerDay) {
      const midnightMs = (usage.day + 1) * DAY_MS - SHANGHAI_OFFSET_MS
      throw this.#refuse(this.#limits.writesPerDay, midnightMs - nowMs)
    }
    const oldestMs = usage.recent[0]
    if (oldestMs !== undefined && usage.recent.length >= perSecond) {
      throw this.#refuse(perSecond, oldestMs + 1000 - nowMs)
    }
    usage.recent.push(nowMs)
    usage.callsToday++
  }

  /** Forgets the calls counted so far. */
  reset(): void {
    this.#usage.clear()
    this.refusals = 0
  }

  /** Counts a call as being in flight for its app. Returns how many are, with this one. */
  enter(app: string): number {
    const count = (this.#inFlight.get(app) ?? 0) + 1
    this.#inFlight.set(app, count)
    return count
  }

  leave(app: string): void {
    this.#inFlight.set(app, (this.#inFlight.get(app) ?? 1) - 1)
  }

  callsToday(app: string, endpoint: string): number {
    return this.#usageOf(app, endpoint, this.#clock.nowMs()).callsToday
  }

  #usageOf(app: string, endpoint: string, nowMs: number): Usage {
    const key = `${app} ${endpoint}`
    const day = Math.floor((nowMs + SHANGHAI_OFFSET_MS) / DAY_MS)
    let usage = this.#usage.get(key)
    if (usage === undefined) {
      usage = { recent: [], day, callsToday: 0 }
      this.#usage.set(key, usage)
    }
    if (usage.day !== day) {
      usage.day = day
      usage.callsToday = 0
    }
    usage.recent = usage.recent.filter((atMs) => atMs > nowMs - 1000)
    return usage
  }

  /** 频控策略: the headers say the limit and the whole seconds to wait. */
  #refuse(limit: number, waitMs: number): Refusal {
    this.refusals++
    const seconds = Math.max(1, Math.ceil(waitMs / 1000))
    return new Refusal(99991400, undefined, {
      headers: {
        'x-ogw-ratelimit-limit': String(limit),
        'x-ogw-ratelimit-reset': String(seconds),
      },
    })
  }
}

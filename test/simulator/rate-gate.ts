/** Frequency limits as the gateway keeps them, and the ban on concurrent calls. */
import type { SimulatorClock } from './clock.ts'
import { Refusal } from './refusal.ts'

export interface RateLimits {
  /** 上传素材 … 完成上传, 新建文件夹: 5 QPS. */
  readonly writesPerSecond: number
  /** 获取文件夹中的文件清单, 列出数据表, 列出字段: 20 QPS. */
  readonly listsPerSecond: number
  /** 10,000 calls a day for each endpoint with the write limit. */
  readonly writesPerDay: number
  /** 新增记录, 更新记录 and their batches: 50 QPS. */
  readonly recordsPerSecond: number
  /** 创建块, 更新块, 删除块: 3 QPS for an app; too many are answered with HTTP 400. */
  readonly documentsPerSecond: number
  /** 获取文档所有块, 获取所有子块, 获取文档基本信息: 5 QPS for an app; too many are answered with HTTP 400. */
  readonly documentReadsPerSecond: number
  /** The pages of edits: 3 edits a second of one document, by any caller; too many are HTTP 429. */
  readonly editsPerSecond: number
  /** 获取知识空间节点信息, 增加协作者权限, 创建浮动图片: 100 a minute. */
  readonly callsPerMinute: number
  /**
   * Too many of the calls with the write limit, in a second or a day, are answered with 1061045 and no header, as
   * their own pages say, instead of 99991400 as 频控策略 says.
   */
  readonly silent: boolean
}

const DOCUMENTED_RATES: RateLimits = {
  writesPerSecond: 5,
  listsPerSecond: 20,
  writesPerDay: 10_000,
  recordsPerSecond: 50,
  documentsPerSecond: 3,
  documentReadsPerSecond: 5,
  editsPerSecond: 3,
  callsPerMinute: 100,
  silent: false,
}

/** The documented limits with single ones replaced. */
export function fullRate(rate: Partial<RateLimits> | 'off'): RateLimits | 'off' {
  return rate === 'off' ? 'off' : { ...DOCUMENTED_RATES, ...rate }
}

/** Which limit an endpoint falls under. */
export type RateClass =
  | 'write'
  | 'list'
  | 'record'
  | 'document'
  | 'document-read'
  | 'minute'
  | 'none'

interface RateWindow {
  readonly limit: Exclude<keyof RateLimits, 'silent'>
  readonly ms: number
  /** HTTP status of the refusal. */
  readonly status: 429 | 400
}

const SECOND_MS = 1000
const WINDOWS = {
  write: { limit: 'writesPerSecond', ms: SECOND_MS, status: 429 },
  list: { limit: 'listsPerSecond', ms: SECOND_MS, status: 429 },
  record: { limit: 'recordsPerSecond', ms: SECOND_MS, status: 429 },
  document: { limit: 'documentsPerSecond', ms: SECOND_MS, status: 400 },
  'document-read': { limit: 'documentReadsPerSecond', ms: SECOND_MS, status: 400 },
  minute: { limit: 'callsPerMinute', ms: 60 * SECOND_MS, status: 429 },
} as const satisfies Record<Exclude<RateClass, 'none'>, RateWindow>

const EDITS: RateWindow = { limit: 'editsPerSecond', ms: SECOND_MS, status: 429 }

const DAY_MS = 24 * 60 * 60 * 1000
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000

interface Usage {
  /** Arrival times of the calls accepted in the last window. */
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

  /**
   * Admits a call whose head has just arrived, or refuses it.
   * @param contentionStatus what 1061045 comes with at this endpoint
   */
  admit(app: string, endpoint: string, rateClass: RateClass, contentionStatus = 200): void {
    if (this.#limits === 'off' || rateClass === 'none') return
    try {
      this.#admit(app, endpoint, rateClass, this.#limits)
    } catch (error) {
      if (rateClass !== 'write' || !this.#limits.silent) throw error
      throw new Refusal(1061045, undefined, { status: contentionStatus })
    }
  }

  #admit(
    app: string,
    endpoint: string,
    rateClass: Exclude<RateClass, 'none'>,
    limits: RateLimits,
  ): void {
    const nowMs = this.#clock.nowMs()
    const usage = this.#usageOf(app, endpoint, nowMs)
    if (rateClass === 'write' && usage.callsToday >= limits.writesPerDay) {
      const midnightMs = (usage.day + 1) * DAY_MS - SHANGHAI_OFFSET_MS
      throw this.#refuse(limits.writesPerDay, midnightMs - nowMs)
    }
    this.#count(usage, limits, WINDOWS[rateClass])
  }

  /** Admits an edit of a document, which has a limit of its own over all calls that edit, or refuses it. */
  admitEdit(documentId: string): void {
    if (this.#limits === 'off') return
    this.#count(this.#usageOf('edits', documentId, this.#clock.nowMs()), this.#limits, EDITS)
  }

  /** Forgets the calls counted so far. */
  reset(): void {
    this.#usage.clear()
    this.refusals = 0
  }

  /** Counts a call as being in flight for its app, or for its table. Returns how many are, with this one. */
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
    return usage
  }

  #count(usage: Usage, limits: RateLimits, { limit, ms, status }: RateWindow): void {
    const nowMs = this.#clock.nowMs()
    usage.recent = usage.recent.filter((atMs) => atMs > nowMs - ms)
    const oldestMs = usage.recent[0]
    if (oldestMs !== undefined && usage.recent.length >= limits[limit]) {
      throw this.#refuse(limits[limit], oldestMs + ms - nowMs, status)
    }
    usage.recent.push(nowMs)
    usage.callsToday++
  }

  /** 频控策略: the headers say the limit and the whole seconds to wait. */
  #refuse(limit: number, waitMs: number, status: 429 | 400 = 429): Refusal {
    this.refusals++
    const seconds = Math.max(1, Math.ceil(waitMs / 1000))
    return new Refusal(99991400, undefined, {
      status,
      headers: {
        'x-ogw-ratelimit-limit': String(limit),
        'x-ogw-ratelimit-reset': String(seconds),
      },
    })
  }
}

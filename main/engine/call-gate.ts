import type { Clock } from '#main/lib/clock.ts'
import { isOn } from '#main/lib/pause.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Hold } from '#shared/model/work.ts'
import {
  callSucceeded,
  callsCollided,
  fixedLanes,
  type LaneWindow,
  laneMissed,
} from '#shared/transfer/lane-window.ts'
import {
  admitted,
  alone,
  clockSetBack,
  nextCallMs,
  onTheWire,
  type Pace,
  paceAfter,
  refused,
  taken,
} from '#shared/transfer/pace.ts'
import { MONTH_USED, nextQuotaDayMs, quotaDay } from '#shared/transfer/quota-day.ts'
import { DayLedger } from './day-ledger.ts'
import type { Endpoint } from './endpoints.ts'
import { LaneMemory } from './lane-memory.ts'
import { MonthMemory } from './month-memory.ts'
import type { CallContext, MemoStore, QuotaStore, SharedLimiter } from './ports.ts'
import { ShareMemory } from './share-memory.ts'
import { SharedTurns } from './shared-turns.ts'

/** `auto` finds the number of calls in flight; `serial` is one; a number is fixed. */
export type LaneSetting = 'auto' | 'serial' | number

export interface CallGateOptions {
  /** The app whose limits these are; never a secret. */
  readonly appKey: string
  readonly clock: Clock
  readonly quota: QuotaStore
  readonly memos: MemoStore
  readonly lanes: LaneSetting
  /** Calls a day and endpoint that this machine may make; undefined: all that others leave. */
  readonly callsPerDay?: number | undefined
  /** Shares the app's limits with other machines exactly; undefined: each finds its share. */
  readonly limiter?: SharedLimiter | undefined
  /** A number in [0, 1), so that the rhythms of machines differ; `Math.random` unless said. */
  readonly random?: () => number
}

/** A call's permission to leave. */
export interface Admission {
  /** The request's head is on the wire. */
  departed(): void
  /** The call is over, however it ended. Safe to call twice. */
  release(): void
}

interface Waiter {
  readonly endpoint: Endpoint
  readonly context: CallContext
  readonly seq: number
  readonly resolve: (admission: Admission) => void
  readonly reject: (reason: unknown) => void
  /** The end of the hold the caller was told of. */
  toldUntilMs: number
}

interface Opening {
  readonly atMs: number
  readonly hold?: Hold
}

/** The longest time between looks at the waiters, because a change of the clock is not reported. */
const LOOK_EVERY_MS = 60_000
const HOUR_MS = 3_600_000
const OPEN: Opening = { atMs: 0 }

/**
 * The one gate that all calls of an app leave by. It knows every limit at once (calls in flight,
 * calls per second and per day for each endpoint, and the waits that Feishu or the network asked
 * for) and releases each waiter that may leave, lowest rank and seq first.
 */
export class CallGate {
  readonly #options: CallGateOptions
  readonly #paces = new Map<string, Pace>()
  readonly #shares: ShareMemory
  readonly #day: DayLedger
  readonly #month: MonthMemory
  readonly #turns: SharedTurns | undefined
  readonly #holds = new Map<string, Hold>()
  readonly #waiters: Waiter[] = []
  #holdAll: Hold | undefined
  readonly #laneMemory: LaneMemory
  #lanes: LaneWindow
  #inFlight = 0
  /** The day on which our own count is not believed: others may have been given more calls. */
  #triedDay: string | undefined
  /** The latest time seen, to notice when the wall clock is set back. */
  #latestMs = 0
  #wakeUp: AbortController | undefined

  constructor(options: CallGateOptions) {
    this.#options = options
    this.#shares = new ShareMemory(options)
    this.#day = new DayLedger(options)
    const { limiter, clock } = options
    this.#turns =
      limiter &&
      new SharedTurns({
        limiter,
        nowMs: () => clock.nowMs(),
        onAnswer: (endpoint, isBack) => {
          // A share that was found without the limiter would hold back what it grants.
          if (isBack) this.#paces.set(endpoint.path, alone(this.#pace(endpoint)))
          this.#pump()
        },
      })
    this.#month = new MonthMemory(options)
    for (const { path, pause } of this.#month.pauses(clock.nowMs())) {
      const error = new TransferError(MONTH_USED, { endpoint: path })
      this.#holds.set(path, { ...pause, reason: 'quota', error })
    }
    this.#laneMemory = new LaneMemory(options)
    this.#lanes = this.#firstLanes()
  }

  /** Calls that may be in flight at once, at present. */
  get lanes(): number {
    return this.#lanes.size
  }

  /** Upload calls in flight. */
  get inFlight(): number {
    return this.#inFlight
  }

  /**
   * Waits until a call may leave.
   * Rejects with the reason of `context.stopping` when that aborts first, and with a `TransferError`
   * when the day's calls are used up or the call can not be counted in the ledger.
   */
  admit(endpoint: Endpoint, context: CallContext, seq = 0): Promise<Admission> {
    const { stopping } = context
    stopping.throwIfAborted()
    return new Promise((resolve, reject) => {
      const abandon = () => {
        this.#remove(waiter)
        reject(stopping.reason)
      }
      const waiter: Waiter = {
        endpoint,
        context,
        seq,
        toldUntilMs: 0,
        resolve: (admission) => {
          stopping.removeEventListener('abort', abandon)
          resolve(admission)
        },
        reject: (reason) => {
          stopping.removeEventListener('abort', abandon)
          reject(reason)
        },
      }
      stopping.addEventListener('abort', abandon, { once: true })
      this.#waiters.push(waiter)
      this.#waiters.sort((a, b) => a.context.rank - b.context.rank || a.seq - b.seq)
      this.#pump()
    })
  }

  /** True while no call leaves at all because Feishu cannot be reached. */
  get closed(): boolean {
    return this.#holdAll !== undefined && isOn(this.#holdAll, this.#options.clock.nowMs())
  }

  /**
   * Returns why, and for how long, this endpoint takes no more calls of ours; undefined while it
   * does.
   */
  dayUsedUp(endpoint: Endpoint): TransferError | undefined {
    const { appKey, clock, quota, callsPerDay } = this.#options
    if (endpoint.callsPerDay === undefined) return undefined
    const nowMs = clock.nowMs()
    const { path } = endpoint
    const nextDayMs = nextQuotaDayMs(nowMs)
    const until = (code: 'daily-quota-used' | 'daily-share-used', untilMs: number) =>
      new TransferError(code, {
        endpoint: path,
        retryAfterMs: Math.min(untilMs, nextDayMs) - nowMs,
      })
    const used = quota.callsUsed(appKey, path, quotaDay(nowMs))
    const isBudget = used >= (callsPerDay ?? Number.POSITIVE_INFINITY)
    if (this.#triedDay === quotaDay(nowMs) && !isBudget) return undefined
    if (used >= endpoint.callsPerDay) return until('daily-quota-used', nextDayMs)
    const endedUntilMs = this.#day.endedUntilMs(endpoint, nowMs)
    if (endedUntilMs !== undefined) return until('daily-quota-used', endedUntilMs)
    if (used < this.#day.allowance(endpoint, nowMs)) return undefined
    // The calls that others have not needed by the end of an hour are free again.
    return until('daily-share-used', isBudget ? nextDayMs : nextHourMs(nowMs))
  }

  /** The calls that this machine may still make to an endpoint today, and on a later day. */
  callsOfDay(endpoint: Endpoint): { readonly today: number; readonly daily: number } {
    const { appKey, clock, quota } = this.#options
    const nowMs = clock.nowMs()
    const daily = this.#day.dailyAllowance(endpoint, nowMs)
    if (this.dayUsedUp(endpoint) !== undefined) return { today: 0, daily }
    const used = quota.callsUsed(appKey, endpoint.path, quotaDay(nowMs))
    const today = this.#day.allowance(endpoint, nowMs) - used
    // Tried in spite of the count: how many there are is not known.
    return { today: today > 0 ? today : daily, daily }
  }

  /** Feishu refused a call for the rate of the app: this machine takes less of it from here on. */
  refusedForRate(endpoint: Endpoint): void {
    const nowMs = this.#options.clock.nowMs()
    this.#paces.set(endpoint.path, refused(this.#pace(endpoint), nowMs, this.#random()))
    this.#rememberShare(endpoint)
    this.#pump()
  }

  /** Feishu says that the day's calls of an endpoint are used up, earlier than by our own count. */
  dayEnded(endpoint: Endpoint): void {
    this.#triedDay = undefined
    this.#day.ended(endpoint, this.#options.clock.nowMs())
    this.#pump()
  }

  /** Feishu says that the month's calls of an endpoint are used up: that holds over a restart. */
  monthEnded(endpoint: Endpoint): void {
    this.#month.ended(endpoint.path, this.#options.clock.nowMs())
  }

  /** The calls a second that this machine takes of an endpoint's at present. */
  share(endpoint: Endpoint): number {
    return this.#pace(endpoint).share?.perSecond ?? endpoint.callsPerSecond
  }

  /** Feishu asked to wait: nothing leaves for this endpoint until then. */
  hold(endpoint: Endpoint, hold: Hold): void {
    // Of several calls refused together, one may have been told to wait longer than the last.
    const known = this.#holds.get(endpoint.path)
    if (known === undefined || known.untilMs < hold.untilMs || !isOn(known, hold.sinceMs)) {
      this.#holds.set(endpoint.path, hold)
    }
    this.#pump()
  }

  /** Ends every hold, also of the day, except by a limit of the person's own: they want to know now. */
  tryNow(): void {
    this.#holds.clear()
    this.#holdAll = undefined
    this.#triedDay = quotaDay(this.#options.clock.nowMs())
    this.#pump()
  }

  /** Feishu can not be reached at all: nothing leaves until then. */
  unreachable(hold: Hold): void {
    this.#holdAll = hold
    this.#pump()
  }

  /** A call was answered well. */
  succeeded(endpoint: Endpoint): void {
    this.#holdAll = undefined
    this.#month.succeeded(endpoint.path)
    this.#paces.set(endpoint.path, taken(this.#pace(endpoint)))
    this.#rememberShare(endpoint)
    const part = this.share(endpoint) / endpoint.callsPerSecond
    this.#day.counted(endpoint, part, this.#options.clock.nowMs())
    if (endpoint.usesLane && this.#options.lanes === 'auto') {
      this.#lanes = callSucceeded(this.#lanes, this.#options.clock.nowMs())
      this.#laneMemory.noteSize(this.#lanes)
    }
    this.#pump()
  }

  /**
   * Handles 1061045. Returns whether we caused it ourselves and have dealt with it: other calls of
   * ours were in flight, and there will be fewer from now on. A number fixed by the person stays.
   */
  collided(): boolean {
    if (this.#options.lanes !== 'auto' || this.#inFlight < 2) return false
    this.#lanes = callsCollided(this.#lanes, this.#inFlight)
    this.#laneMemory.noteCollision(this.#lanes)
    return true
  }

  #pump(): void {
    const nowMs = this.#options.clock.nowMs()
    this.#followClock(nowMs)
    this.#lanes = this.#laneMemory.withoutOldCeiling(this.#lanes)
    let wakeAtMs = Number.POSITIVE_INFINITY
    for (const waiter of [...this.#waiters]) {
      try {
        wakeAtMs = Math.min(wakeAtMs, this.#serve(waiter, nowMs))
      } catch (error) {
        // The day's calls are used up, or the disk failed: that concerns this call only.
        if (this.#remove(waiter)) waiter.reject(error)
      }
    }
    this.#wakeAt(wakeAtMs, nowMs)
  }

  /** Lets a waiter go, or tells it why not. Returns when its endpoint opens, if that is what it waits for. */
  #serve(waiter: Waiter, nowMs: number): number {
    const opening = this.#opening(waiter.endpoint, nowMs)
    this.#tell(waiter, opening.hold)
    if (opening.hold !== undefined) return opening.atMs
    if (waiter.endpoint.usesLane && this.#inFlight >= this.#lanes.size) {
      if (opening.atMs > nowMs) return opening.atMs
      this.#lanes = laneMissed(this.#lanes)
      return Number.POSITIVE_INFINITY
    }
    // A turn is asked for ahead of its time, or asking would add to every call.
    const turnAtMs = this.#turns?.openAtMs(waiter.endpoint, nowMs) ?? 0
    const openAtMs = Math.max(opening.atMs, turnAtMs)
    if (openAtMs > nowMs) return openAtMs
    this.#letGo(waiter, nowMs)
    return Number.POSITIVE_INFINITY
  }

  /** When the endpoint opens, and why not before if that is worth telling. */
  #opening(endpoint: Endpoint, nowMs: number): Opening {
    const hold = this.#liveHold(endpoint, nowMs)
    if (hold !== undefined) return { atMs: hold.untilMs, hold }
    const usedUp = this.dayUsedUp(endpoint)
    // A waiter must not keep its place in line, and memory with it, until midnight.
    if (usedUp !== undefined) throw usedUp
    const atMs = nextCallMs(this.#pace(endpoint))
    return atMs <= nowMs ? OPEN : { atMs }
  }

  #liveHold(endpoint: Endpoint, nowMs: number): Hold | undefined {
    if (this.#holdAll !== undefined && isOn(this.#holdAll, nowMs)) return this.#holdAll
    const hold = this.#holds.get(endpoint.path)
    if (hold === undefined || isOn(hold, nowMs)) return hold
    this.#holds.delete(endpoint.path)
    return undefined
  }

  #tell(waiter: Waiter, hold: Hold | undefined): void {
    const untilMs = hold?.untilMs ?? 0
    if (untilMs === waiter.toldUntilMs || !this.#waiters.includes(waiter)) return
    waiter.toldUntilMs = untilMs
    waiter.context.onHold(hold ?? null)
  }

  #letGo(waiter: Waiter, nowMs: number): void {
    const { endpoint } = waiter
    // A listener told of a hold may stop, and stop others, while the gate iterates over its
    // waiters.
    if (!this.#waiters.includes(waiter)) return
    const { appKey, quota } = this.#options
    quota.countCall(appKey, endpoint.path, quotaDay(nowMs), nowMs)
    this.#remove(waiter)
    this.#turns?.used(endpoint)
    this.#paces.set(endpoint.path, admitted(this.#pace(endpoint), nowMs, this.#random()))
    if (endpoint.usesLane) this.#inFlight += 1
    waiter.resolve(this.#admission(endpoint))
  }

  #admission(endpoint: Endpoint): Admission {
    let hasLeft = false
    let over = false
    const depart = () => {
      if (hasLeft) return
      hasLeft = true
      const nowMs = this.#options.clock.nowMs()
      this.#paces.set(endpoint.path, onTheWire(this.#pace(endpoint), nowMs))
      this.#pump()
    }
    return {
      departed: depart,
      release: () => {
        if (over) return
        over = true
        if (endpoint.usesLane) this.#inFlight -= 1
        // It never left, as far as we know; counting it as leaving now errs on the polite side.
        depart()
        this.#pump()
      },
    }
  }

  #pace(endpoint: Endpoint): Pace {
    const known = this.#paces.get(endpoint.path)
    if (known !== undefined) return known
    // A program that was killed and started again must not forget the calls it has just made.
    const { appKey, quota, clock } = this.#options
    const nowMs = clock.nowMs()
    const pace = paceAfter(
      endpoint.callsPerSecond,
      quota.lastCallAtMs(appKey, endpoint.path),
      this.#shares.recall(endpoint, nowMs),
      nowMs,
    )
    this.#paces.set(endpoint.path, pace)
    return pace
  }

  #random(): number {
    return (this.#options.random ?? Math.random)()
  }

  #rememberShare(endpoint: Endpoint): void {
    const share = this.#pace(endpoint).share?.perSecond
    this.#shares.remember(endpoint, share, this.#options.clock.nowMs())
  }

  /** Removes a waiter. Returns whether it was still waiting. */
  #remove(waiter: Waiter): boolean {
    const index = this.#waiters.indexOf(waiter)
    if (index !== -1) this.#waiters.splice(index, 1)
    // An alarm that no waiter needs any more would keep the process alive until it rings.
    if (this.#waiters.length === 0) this.#wakeUp?.abort()
    return index !== -1
  }

  /** The wall clock was set back: no call has left later than now. */
  #followClock(nowMs: number): void {
    if (nowMs < this.#latestMs) {
      for (const [path, pace] of this.#paces) this.#paces.set(path, clockSetBack(pace, nowMs))
    }
    this.#latestMs = nowMs
  }

  #wakeAt(atMs: number, nowMs: number): void {
    this.#wakeUp?.abort()
    this.#wakeUp = undefined
    if (!Number.isFinite(atMs)) return
    const wakeUp = new AbortController()
    this.#wakeUp = wakeUp
    this.#options.clock.sleep(Math.min(atMs - nowMs, LOOK_EVERY_MS), wakeUp.signal).then(
      () => this.#pump(),
      () => {}, // A newer alarm has taken this one's place.
    )
  }

  #firstLanes(): LaneWindow {
    const { lanes } = this.#options
    if (lanes === 'auto') return this.#laneMemory.recall()
    return fixedLanes(lanes === 'serial' ? 1 : lanes)
  }
}

function nextHourMs(nowMs: number): number {
  return (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS
}

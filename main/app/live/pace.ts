import type { WorkCost } from '#shared/transfer/plan-queue.ts'
import { assumedCost } from '#shared/transfer/work-cost.ts'
import type { Load } from '#shared/transfer/work-size.ts'

/** The amount that moved within half a second. */
interface Moment {
  readonly bucket: number
  lastAtMs: number
  bytes: number
  calls: number
}

/** The amount that moved since a half second, and the time that took. */
export interface Stretch extends Load {
  readonly afterBucket: number
  readonly ms: number
}

const BUCKET_MS = 500
/** The pace is looked at over so many seconds, or so many moments where little happens. */
const RECENT = { ms: 10_000, moments: 8 }
/** As long as the pace stays the same, more of the past makes it steadier. */
const LONGEST_MS = 60_000
const SAME_PACE = 0.08
/** A guess from less would only be taken back. */
const LEAST_MS = 5_000
/** The end of a call is silent for a while: its last bytes are in buffers, and its answer is to come. */
const LATE_MS = 4_000
/** A silence of so long, or of so many usual gaps, is a break. */
const SILENCE = { ms: 5_000, gaps: 5 }

/** A call is not taken to cost less than the documented limit allows. */
const LEAST_SECONDS_PER_CALL = assumedCost().secondsPerCall

/**
 * Learns how fast uploads go, and tells how long an amount will take. A file takes time for its bytes
 * and for its calls. Large files show what the one costs and small files the other, and what was learnt
 * survives breaks. All times are steady ones.
 */
export class Pace {
  /** Of the present pace only. */
  #moments: Moment[] = []
  #cost: WorkCost

  /** @param first what is taken to be true until something has moved */
  constructor(first: WorkCost = assumedCost()) {
    this.#cost = first
  }

  /** Notes what moved. */
  add({ bytes, calls }: Load, nowMs: number): void {
    if (this.#isSilent(nowMs)) this.#moments = []
    const bucket = bucketOf(nowMs)
    const last = this.#moments.at(-1)
    if (last?.bucket === bucket) {
      last.lastAtMs = nowMs
      last.bytes += bytes
      last.calls += calls
      return
    }
    this.#moments.push({ bucket, lastAtMs: nowMs, bytes, calls })
    this.#review(nowMs)
  }

  /** Notes that nothing moves now; the pace afterwards may be another one. */
  still(): void {
    this.#moments = []
  }

  /** Returns what moved lately; undefined while that is too little to tell a pace. */
  recent(nowMs: number): Stretch | undefined {
    if (this.#isSilent(nowMs)) return undefined
    const stretch = this.#stretch(this.#moments, nowMs)
    return stretch !== undefined && stretch.ms >= LEAST_MS ? stretch : undefined
  }

  /** The time that bytes and calls take, by what was learnt. */
  get cost(): WorkCost {
    return this.#cost
  }

  /** Returns how long this takes by what was learnt, also while nothing moves. */
  expectedMs({ bytes, calls }: Load): number {
    const { secondsPerByte, secondsPerCall } = this.#cost
    return (bytes * secondsPerByte + calls * secondsPerCall) * 1_000
  }

  /** Forgets what is old or was another pace, and learns from the rest. */
  #review(nowMs: number): void {
    const from = this.#moments.findIndex(({ lastAtMs }) => lastAtMs >= nowMs - LONGEST_MS)
    this.#moments.splice(0, from)
    const all = this.#stretch(this.#moments, nowMs)
    const recently = this.#moments.slice(this.#recentFrom(nowMs))
    const recent = this.#stretch(recently, nowMs)
    if (all === undefined || recent === undefined || recent.ms < LEAST_MS) return
    const now = this.expectedMs(recent) / recent.ms
    const before = this.expectedMs(all) / all.ms
    const isSame = Math.abs(now - before) <= SAME_PACE * before
    if (!isSame) this.#moments = recently
    this.#learn(isSame ? all : recent)
  }

  /**
   * Corrects the cost of bytes and calls so that they explain the stretch, each by its part in it:
   * when a large file is slow, the line is; when many small ones are, the calls are. A call is not
   * taken to cost less than the documented limit allows, unless nothing else explains the pace.
   */
  #learn({ bytes, calls, ms }: Stretch): void {
    const { secondsPerByte, secondsPerCall } = this.#cost
    const seconds = ms / 1_000
    const forBytes = bytes * secondsPerByte
    const forCalls = calls * secondsPerCall
    const scale = forBytes ** 2 + forCalls ** 2
    if (scale === 0) return
    const missing = seconds - forBytes - forCalls
    const perCall = secondsPerCall * (1 + (missing * forCalls) / scale)
    const callCost = Math.max(LEAST_SECONDS_PER_CALL, perCall)
    const leftForBytes = seconds - calls * callCost
    if (leftForBytes > 0.02 * seconds && bytes > 0) {
      this.#cost = { secondsPerCall: callCost, secondsPerByte: leftForBytes / bytes }
      return
    }
    const exact = seconds / (forBytes + forCalls)
    this.#cost = { secondsPerCall: secondsPerCall * exact, secondsPerByte: secondsPerByte * exact }
  }

  #recentFrom(nowMs: number): number {
    const byTime = this.#moments.findIndex(({ lastAtMs }) => lastAtMs >= nowMs - RECENT.ms)
    const byCount = this.#moments.length - 1 - RECENT.moments
    return Math.max(0, byTime === -1 ? byCount : Math.min(byTime, byCount))
  }

  /** The first moment only begins it: what moved then did so before. */
  #stretch(moments: readonly Moment[], nowMs: number): Stretch | undefined {
    const [first, ...rest] = moments
    const last = rest.at(-1)
    if (first === undefined || last === undefined) return undefined
    const gapMs = (last.lastAtMs - first.lastAtMs) / rest.length
    const isLate = nowMs - last.lastAtMs > Math.max(2 * gapMs, LATE_MS)
    return {
      afterBucket: first.bucket,
      ms: (isLate ? nowMs : last.lastAtMs) - first.lastAtMs,
      bytes: rest.reduce((sum, { bytes }) => sum + bytes, 0),
      calls: rest.reduce((sum, { calls }) => sum + calls, 0),
    }
  }

  #isSilent(nowMs: number): boolean {
    const [first] = this.#moments
    const last = this.#moments.at(-1)
    if (first === undefined || last === undefined) return true
    const gapMs = (last.lastAtMs - first.lastAtMs) / Math.max(1, this.#moments.length - 1)
    return nowMs - last.lastAtMs > Math.max(SILENCE.ms, SILENCE.gaps * gapMs)
  }
}

/** Returns the number of the half second that a moment lies in. */
export function bucketOf(atMs: number): number {
  return Math.floor(atMs / BUCKET_MS)
}

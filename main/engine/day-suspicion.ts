import type { Clock } from '#main/lib/clock.ts'
import { pauseFrom } from '#main/lib/pause.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Hold } from '#shared/model/work.ts'
import type { Endpoint } from './endpoints.ts'

const MINUTE_MS = 60_000
/** The least time without a success, the tries within it, and the least time between two tries. */
const SUSPICIOUS = { ms: 5 * MINUTE_MS, tries: 8, apartMs: 400 }
/** Until the next look at whether it is over; the last one again and again. */
const LOOKS_MS = [2, 5, 10, 20, 40, 60].map((minutes) => minutes * MINUTE_MS)

/** Refusals of one endpoint since it last answered well. Times are steady ones. */
interface Refusals {
  readonly sinceMs: number
  readonly lastMs: number
  readonly tries: number
  readonly looks: number
}

/**
 * The suspicion that the day's calls are used up. The documentation pages of the upload calls and
 * of 新建文件夹 give 1061045 for that, the code of colliding calls. The two cannot be told apart, so
 * only a lasting refusal is suspected.
 */
export class DaySuspicion {
  readonly #clock: Clock
  readonly #refusals = new Map<string, Refusals>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  succeeded({ path }: Endpoint): void {
    this.#refusals.delete(path)
  }

  /** 1061045 that was not our own doing. @returns how long the endpoint had better rest; undefined: not suspected */
  refused({ path, callsPerDay }: Endpoint): Hold | undefined {
    if (callsPerDay === undefined) return undefined
    const nowMs = this.#clock.steadyMs()
    const before = this.#refusals.get(path) ?? {
      sinceMs: nowMs,
      lastMs: -Infinity,
      tries: 0,
      looks: 0,
    }
    const isApart = nowMs - before.lastMs >= SUSPICIOUS.apartMs
    const now = isApart ? { ...before, lastMs: nowMs, tries: before.tries + 1 } : before
    const isSuspected = now.tries >= SUSPICIOUS.tries && nowMs - now.sinceMs >= SUSPICIOUS.ms
    this.#refusals.set(path, isSuspected && isApart ? { ...now, looks: now.looks + 1 } : now)
    if (!isSuspected) return undefined
    const pauseMs = LOOKS_MS[Math.min(now.looks, LOOKS_MS.length - 1)] ?? 0
    const error = new TransferError('daily-quota-suspected', {
      endpoint: path,
      retryAfterMs: pauseMs,
    })
    return { ...pauseFrom(this.#clock.nowMs(), pauseMs), error, reason: 'quota' }
  }
}

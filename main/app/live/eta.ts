import type { LiveState } from '#shared/contract/live-state.ts'
import { DAILY_CALLS } from '#shared/transfer/quota-day.ts'

export type Eta = LiveState['overall']['eta']

export interface WorkAhead {
  readonly nowMs: number
  readonly files: number
  readonly bytes: number
  /** About how many calls the files cost. */
  readonly calls: number
  readonly bytesPerSecond: number
  /** Files that came to their end, for queues of many small ones. */
  readonly filesPerSecond: number
  readonly movingForMs: number
  /** True when nothing moves, and when it will again is not known. */
  readonly stuck: boolean
  readonly callsLeft: number | null
  readonly quotaResetsAtMs: number
}

/** A guess from less would only be taken back. */
const LEAST_MOVING_MS = 5_000
const DAY_MS = 24 * 3_600_000

/** When all will be done, as far as anybody can tell. Waiting for a new day's quota is part of it. */
export function estimate(work: WorkAhead): Eta {
  if (work.files === 0) return { kind: 'idle' }
  if (work.stuck) return { kind: 'unknown' }
  if (work.movingForMs < LEAST_MOVING_MS) return { kind: 'calculating' }
  const byBytes = work.bytes === 0 ? 0 : work.bytes / work.bytesPerSecond
  const byFiles = work.filesPerSecond > 0 ? work.files / work.filesPerSecond : 0
  const workMs = Math.max(byBytes, byFiles) * 1000
  if (!Number.isFinite(workMs)) return { kind: 'calculating' }
  const beyondToday = work.callsLeft === null ? 0 : work.calls - work.callsLeft
  if (beyondToday <= 0) return { kind: 'at', atMs: work.nowMs + workMs, quotaDays: 0 }
  const quotaDays = Math.ceil(beyondToday / DAILY_CALLS)
  const lastDayCalls = beyondToday - (quotaDays - 1) * DAILY_CALLS
  const lastDayMs = workMs * (lastDayCalls / work.calls)
  // A slow line may take longer than the quota does.
  const byQuotaMs = work.quotaResetsAtMs + (quotaDays - 1) * DAY_MS + lastDayMs
  return { kind: 'at', atMs: Math.max(byQuotaMs, work.nowMs + workMs), quotaDays }
}

/** Keeps what was said as long as it is about right, so that the time does not flicker. */
export class SteadyEta {
  #said: Eta = { kind: 'idle' }

  next(eta: Eta, nowMs: number): Eta {
    const said = this.#said
    if (eta.kind !== 'at') {
      this.#said = eta
      return eta
    }
    const rounded = { ...eta, atMs: Math.ceil(eta.atMs / 1000) * 1000 }
    if (said.kind === 'at' && said.quotaDays === eta.quotaDays && said.atMs > nowMs) {
      const tolerance = Math.max(3_000, (eta.atMs - nowMs) * 0.08)
      if (Math.abs(said.atMs - eta.atMs) <= tolerance) return said
    }
    this.#said = rounded
    return rounded
  }
}

import type { LiveState } from '#shared/contract/live-state.ts'
import { DAILY_CALLS } from '#shared/transfer/quota-day.ts'

export type Eta = LiveState['overall']['eta']

export interface WorkAhead {
  readonly nowMs: number
  readonly files: number
  /** The time that the work itself takes; undefined while that is not known. */
  readonly workMs: number | undefined
  /** About how many calls are left to make. */
  readonly calls: number
  /** True when nothing moves, and when it will again is not known. */
  readonly stuck: boolean
  readonly callsLeft: number | null
  readonly quotaResetsAtMs: number
}

const DAY_MS = 24 * 3_600_000

/** When all will be done, as far as anybody can tell. Waiting for a new day's quota is part of it. */
export function estimate(work: WorkAhead): Eta {
  const { nowMs, workMs } = work
  if (work.files === 0) return { kind: 'idle' }
  if (work.stuck) return { kind: 'unknown' }
  if (workMs === undefined) return { kind: 'calculating' }
  const beyondToday = work.callsLeft === null ? 0 : Math.ceil(work.calls - work.callsLeft)
  if (beyondToday <= 0) return { kind: 'at', atMs: nowMs + workMs, quotaDays: 0 }
  const quotaDays = Math.ceil(beyondToday / DAILY_CALLS)
  const lastDayCalls = beyondToday - (quotaDays - 1) * DAILY_CALLS
  const lastDayMs = workMs * (lastDayCalls / work.calls)
  // A slow line may take longer than the quota does.
  const byQuotaMs = work.quotaResetsAtMs + (quotaDays - 1) * DAY_MS + lastDayMs
  return { kind: 'at', atMs: Math.max(byQuotaMs, nowMs + workMs), quotaDays }
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
      const tolerance = Math.max(2_000, (eta.atMs - nowMs) * 0.06)
      if (Math.abs(said.atMs - eta.atMs) <= tolerance) return said
    }
    this.#said = rounded
    return rounded
  }
}

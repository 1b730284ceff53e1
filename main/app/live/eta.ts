import type { LiveState } from '#shared/contract/live-state.ts'
import type { QueuePlan } from '#shared/transfer/plan-queue.ts'

export type Eta = LiveState['overall']['eta']

export interface Outlook {
  readonly files: number
  /** True when nothing moves, and when it will again is not known. */
  readonly stuck: boolean
  /** Undefined while it is not known how long the work takes. */
  readonly plan: QueuePlan | undefined
}

/** When all will be done, as far as anybody can tell. Waiting for a new day's quota is part of it. */
export function estimate({ files, stuck, plan }: Outlook): Eta {
  if (files === 0) return { kind: 'idle' }
  if (stuck) return { kind: 'unknown' }
  if (plan === undefined) return { kind: 'calculating' }
  const { days, doneAtMs } = plan
  if (doneAtMs === undefined) return { kind: 'unknown' }
  const waitsForCalls = days.some(({ limit }) => limit === 'calls')
  return { kind: 'at', atMs: doneAtMs, quotaDays: waitsForCalls ? days.length - 1 : 0 }
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

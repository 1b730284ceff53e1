import { isOn, type Pause, pauseFrom } from '#main/lib/pause.ts'
import { nextQuotaMonthMs } from '#shared/transfer/quota-day.ts'
import type { MemoStore } from './ports.ts'

/** When Feishu last said of each endpoint that the month's calls are used up, ms since 1970. */
type Ends = Readonly<Record<string, number>>

/** The month's quota is asked about again so often: an admin may have raised it. */
export const MONTH_LOOK_MS = 3_600_000

export interface MonthMemoryOptions {
  readonly appKey: string
  readonly memos: Pick<MemoStore, 'recall'> & Partial<MemoStore>
}

/** The endpoints whose calls of the month Feishu has called used up, kept over a restart. */
export class MonthMemory {
  readonly #options: MonthMemoryOptions
  #ends: Ends

  constructor(options: MonthMemoryOptions) {
    this.#options = options
    this.#ends = options.memos.recall<Ends>(this.#key) ?? {}
  }

  /** The endpoints that have not been asked again yet, each with the pause until then. */
  pauses(nowMs: number): { readonly path: string; readonly pause: Pause }[] {
    return Object.entries(this.#ends)
      .map(([path, atMs]) => ({ path, pause: pauseFrom(atMs, MONTH_LOOK_MS) }))
      .filter(
        ({ pause, path }) => isOn(pause, nowMs) && this.returnsAtMs(path, nowMs) !== undefined,
      )
  }

  /** When the month of an endpoint is over whose calls are used up; undefined: they are not. */
  returnsAtMs(path: string, nowMs: number): number | undefined {
    const atMs = this.#ends[path]
    if (atMs === undefined) return undefined
    const month = { sinceMs: atMs, untilMs: nextQuotaMonthMs(atMs) }
    return isOn(month, nowMs) ? month.untilMs : undefined
  }

  ended(path: string, nowMs: number): void {
    this.#keep({ ...this.#ends, [path]: nowMs })
  }

  /** A call was let through. */
  succeeded(path: string): void {
    const { [path]: ended, ...others } = this.#ends
    if (ended !== undefined) this.#keep(others)
  }

  get #key(): string {
    return `month-used ${this.#options.appKey}`
  }

  #keep(ends: Ends): void {
    this.#ends = ends
    try {
      this.#options.memos.remember?.(this.#key, ends)
    } catch {
      // Feishu says it again. A failing disk is reported by those who depend on it.
    }
  }
}

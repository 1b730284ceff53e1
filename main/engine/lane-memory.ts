import type { Clock } from '#main/lib/clock.ts'
import { isRecent } from '#main/lib/pause.ts'
import { type LaneWindow, laneWindow, MOST_LANES } from '#shared/transfer/lane-window.ts'
import type { MemoStore } from './ports.ts'

/** Time for which the server's rejection of concurrent calls, and the size found for a line, are believed. */
const BELIEVED_MS = 24 * 3_600_000

interface LaneMemoryOptions {
  readonly memos: MemoStore
  readonly clock: Pick<Clock, 'nowMs'>
  readonly appKey: string
}

interface Remembered {
  readonly lanes: number
  readonly atMs: number
}

/** The findings about calls in flight, kept over a restart, so that a known line is not explored again. */
export class LaneMemory {
  readonly #options: LaneMemoryOptions
  #ceilingLearntAtMs: number | undefined
  #savedSize: number | undefined

  constructor(options: LaneMemoryOptions) {
    this.#options = options
  }

  /** The window of a program that has just started. */
  recall(): LaneWindow {
    const ceiling = this.#recall('lane-ceiling')
    const size = this.#recall('lane-size')
    this.#ceilingLearntAtMs = ceiling?.atMs
    this.#savedSize = size?.lanes
    return laneWindow(ceiling?.lanes, size?.lanes)
  }

  /** Notes the size that has proven itself; while a further lane is on trial, nothing is noted. */
  noteSize({ size, rateBeforeTrial }: LaneWindow): void {
    if (rateBeforeTrial !== undefined || size === this.#savedSize) return
    this.#savedSize = size
    this.#remember('lane-size', size)
  }

  /** The server has rejected concurrent calls. */
  noteCollision(window: LaneWindow): void {
    this.#ceilingLearntAtMs = this.#options.clock.nowMs()
    this.#remember('lane-ceiling', window.ceiling)
    this.noteSize(window)
  }

  /** Lifts a ceiling that was learnt too long ago. */
  withoutOldCeiling(window: LaneWindow): LaneWindow {
    const learntAtMs = this.#ceilingLearntAtMs
    if (learntAtMs === undefined) return window
    if (isRecent(learntAtMs, this.#options.clock.nowMs(), BELIEVED_MS)) return window
    this.#ceilingLearntAtMs = undefined
    return { ...window, ceiling: MOST_LANES }
  }

  #recall(what: string): Remembered | undefined {
    const { memos, clock, appKey } = this.#options
    const known = memos.recall<Remembered>(`${what} ${appKey}`)
    return known && isRecent(known.atMs, clock.nowMs(), BELIEVED_MS) ? known : undefined
  }

  #remember(what: string, lanes: number): void {
    const { memos, clock, appKey } = this.#options
    try {
      memos.remember(`${what} ${appKey}`, { lanes, atMs: clock.nowMs() } satisfies Remembered)
    } catch {
      // It is found again after a restart. A failing disk is reported by those who depend on it.
    }
  }
}

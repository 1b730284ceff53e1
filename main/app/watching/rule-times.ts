import { z } from 'zod'
import type { MemoStore } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'

const MEMO = 'rules-last-change'
/** Written so often at most; what a crash loses is only shown. */
const SAVE_EVERY_MS = 10_000

const timesSchema = z.record(z.string(), z.number())

/** When something last happened to the files of each rule. */
export class RuleTimes {
  readonly #memos: MemoStore
  readonly #clock: Clock
  readonly #times: Map<string, number>
  #savedAtMs = Number.NEGATIVE_INFINITY
  #isSaved = true

  constructor(memos: MemoStore, clock: Clock) {
    this.#memos = memos
    this.#clock = clock
    this.#times = new Map(Object.entries(timesSchema.safeParse(memos.recall(MEMO)).data ?? {}))
  }

  of(ruleId: string): number | null {
    return this.#times.get(ruleId) ?? null
  }

  happened(ruleId: string): void {
    this.#times.set(ruleId, this.#clock.nowMs())
    this.#isSaved = false
    if (Math.abs(this.#clock.nowMs() - this.#savedAtMs) > SAVE_EVERY_MS) this.save()
  }

  save(): void {
    if (this.#isSaved) return
    this.#savedAtMs = this.#clock.nowMs()
    this.#isSaved = true
    try {
      this.#memos.remember(MEMO, Object.fromEntries(this.#times))
    } catch {
      // The disk does not take it now. It is only shown, and the next change writes it again.
    }
  }
}

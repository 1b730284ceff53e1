import type { CallContext } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { KeyedLock } from '#main/lib/keyed-lock.ts'

/** 新增记录: one write at a time to a table, half a second to a second apart. */
const TABLE_GAP_MS = 600
/** 创建块: three edits a second in one document. */
const EDIT_GAP_MS = 340

/** The pace of writes to each kind of place, regardless of the account. */
export class Rhythms {
  readonly tables: Paced
  readonly documents: Paced
  readonly sheets: Paced
  /** Imports into one folder: the official client makes one after the other. */
  readonly imports: Paced

  constructor(clock: Clock) {
    this.tables = new Paced(clock, TABLE_GAP_MS)
    this.documents = new Paced(clock, EDIT_GAP_MS)
    this.sheets = new Paced(clock, 0)
    this.imports = new Paced(clock, 0)
  }
}

/** One at a time for each place, with a pause between the end of one and the start of the next. */
export class Paced {
  readonly #lock = new KeyedLock()
  readonly #endedAtMs = new Map<string, number>()
  readonly #clock: Clock
  readonly #gapMs: number

  constructor(clock: Clock, gapMs: number) {
    this.#clock = clock
    this.#gapMs = gapMs
  }

  /** Rejects with the reason of `context.stopping` when that aborts before its turn. */
  hold<T>(place: string, context: CallContext, work: () => Promise<T>): Promise<T> {
    const inTurn = async () => {
      context.stopping.throwIfAborted()
      const endedAtMs = this.#endedAtMs.get(place) ?? Number.NEGATIVE_INFINITY
      const gapMs = endedAtMs + this.#gapMs - this.#clock.steadyMs()
      if (gapMs > 0) await this.#clock.sleep(gapMs, context.stopping)
      try {
        return await work()
      } finally {
        this.#endedAtMs.set(place, this.#clock.steadyMs())
      }
    }
    return this.#lock.hold(place, inTurn, context.stopping)
  }
}

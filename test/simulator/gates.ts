/** Points where a test can hold a call, so that a client is stopped exactly then. */
import type { CallRecord } from './call-log.ts'

export interface HoldTarget {
  readonly endpoint: string
  readonly seq?: number
  readonly fileName?: string
  /** The ids in the path: of a Base and its table, of a document and its block. */
  readonly target?: string
  /** Body received but nothing done, or done but not answered. Default `before-commit`. */
  readonly when?: 'before-commit' | 'after-commit'
}

/** Holds the first call that fits. */
export interface Gate {
  /** A call has arrived at the gate and stands there. */
  readonly reached: Promise<CallRecord>
  /**
   * Lets it continue. A call held before its commit takes effect even if its client is gone: the
   * server has all of it.
   */
  release(): void
  /** Ends it: no (further) effect, the connection is reset. */
  abandon(): void
}

interface ClosedGate {
  readonly target: HoldTarget
  readonly arrive: (call: CallRecord) => void
  readonly opened: Promise<boolean>
}

export class Gates {
  readonly #waiting = new Set<ClosedGate>()
  readonly #openers = new Set<(goOn: boolean) => void>()

  hold(target: HoldTarget): Gate {
    const reached = Promise.withResolvers<CallRecord>()
    const opened = Promise.withResolvers<boolean>()
    const gate: ClosedGate = { target, arrive: reached.resolve, opened: opened.promise }
    const settle = (goOn: boolean) => {
      this.#waiting.delete(gate)
      this.#openers.delete(settle)
      opened.resolve(goOn)
    }
    this.#waiting.add(gate)
    this.#openers.add(settle)
    return {
      reached: reached.promise,
      release: () => settle(true),
      abandon: () => settle(false),
    }
  }

  /** Waits if the call is to be held here. False when it is to be ended. */
  async pass(when: 'before-commit' | 'after-commit', call: CallRecord): Promise<boolean> {
    for (const gate of this.#waiting) {
      const { target } = gate
      if ((target.when ?? 'before-commit') !== when || target.endpoint !== call.endpoint) continue
      if (target.seq !== undefined && target.seq !== call.seq) continue
      if (target.fileName !== undefined && target.fileName !== call.fileName) continue
      if (target.target !== undefined && target.target !== call.target) continue
      this.#waiting.delete(gate)
      gate.arrive(call)
      return gate.opened
    }
    return true
  }

  /** Ends every held call. */
  close(): void {
    for (const settle of [...this.#openers]) settle(false)
  }
}

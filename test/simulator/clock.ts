/** Server time that tests may move. */
export interface SimulatorClock {
  /** Server time in ms since 1970. */
  nowMs(): number
  /** Moves server time forward; what is due by then (rate windows, tokens, transactions) is due at once. */
  advance(ms: number): void
}

export interface ClockOptions {
  /** Server time at the start; the machine's time when absent. */
  readonly startMs?: number
  /** Server time stands still except for `advance`. */
  readonly frozen?: boolean
}

/** A clock that runs with the machine's, or stands still when `frozen`, and can be advanced. */
export function createClock(options: ClockOptions = {}): SimulatorClock {
  const bootMs = Date.now()
  let offsetMs = (options.startMs ?? bootMs) - bootMs
  return {
    nowMs: () => (options.frozen ? bootMs : Date.now()) + offsetMs,
    advance: (ms) => {
      offsetMs += ms
    },
  }
}

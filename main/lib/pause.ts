/**
 * The one way to keep due times. The wall clock may be set at any moment, by a person, a time
 * server or another system on the machine, while we run or while we do not. A pause is therefore
 * kept as a span, with the time it began at: outside of it the pause is over, also before its
 * beginning. So no wait lasts longer than twice the pause that was meant.
 *
 * Durations measured within one process (how long a task took, for how long a caller waits) use
 * `Clock.steadyMs`, which no one can set.
 */
export interface Pause {
  /** When it began, ms since 1970 by the wall clock. */
  readonly sinceMs: number
  readonly untilMs: number
}

/** A pause of so many ms from now on. */
export function pauseFrom(nowMs: number, ms: number): Pause {
  return { sinceMs: nowMs, untilMs: nowMs + ms }
}

/** Checks whether a pause still has to be kept. */
export function isOn({ sinceMs, untilMs }: Pause, nowMs: number): boolean {
  return sinceMs <= nowMs && nowMs < untilMs
}

/**
 * Checks whether an event happened within the last `ms`, so that what was seen is still believed.
 */
export function isRecent(atMs: number, nowMs: number, ms: number): boolean {
  return isOn(pauseFrom(atMs, ms), nowMs)
}

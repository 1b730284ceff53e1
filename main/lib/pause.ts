/**
 * The one way to keep times that something is due at. The wall clock may be set at any moment, by a
 * person, a time server or another system on the machine, while we run or while we do not. A pause is
 * therefore kept as a span, with the time it began at: outside of it the pause is over, also when that is
 * before its beginning. So nothing waits for longer than twice the pause that was meant.
 *
 * What is measured within one process (how long something took, for how long somebody waits) goes by
 * `Clock.steadyMs`, which nobody can set.
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

/** Whether a pause still has to be kept. */
export function isOn({ sinceMs, untilMs }: Pause, nowMs: number): boolean {
  return sinceMs <= nowMs && nowMs < untilMs
}

/** Whether something happened within the last `ms`, so that what was seen then may still be believed. */
export function isRecent(atMs: number, nowMs: number, ms: number): boolean {
  return isOn(pauseFrom(atMs, ms), nowMs)
}

/**
 * At most `limit` calls in any window of one second, as the server sees it.
 *
 * The server counts arrivals; we know departures. The network delays each call a little differently,
 * so a later call can catch up with an earlier one. The window here is therefore longer than the
 * server's by `marginMs`, and grows when Feishu refuses a call that was inside it all the same.
 * A call whose request is not on the wire yet (a connection being opened) holds its place without a
 * time: nothing may be counted from a departure that has not happened.
 */
export interface RateWindow {
  readonly limit: number
  readonly windowMs: number
  readonly marginMs: number
  /** Departure times of the latest calls, oldest first; `null` while still on the way to the wire. */
  readonly departures: readonly (number | null)[]
}

const SERVER_WINDOW_MS = 1_000
/** 40 ms cost 4% of the rate (4.8 of 5 a second) and cover the jitter of ordinary lines. */
const FIRST_MARGIN_MS = 40
const LONGEST_MARGIN_MS = 250
/** Half of what a refusal has added is given back after 1,400 calls, five minutes at full rate. */
const EASING_PER_CALL = 0.9995

/** An empty window: `limit` calls may leave at once. */
export function rateWindow(limit: number): RateWindow {
  return { limit, windowMs: SERVER_WINDOW_MS, marginMs: FIRST_MARGIN_MS, departures: [] }
}

/** When the next call may leave (ms since 1970); `Infinity` while that depends on one not yet sent. */
export function nextDepartureMs(window: RateWindow): number {
  const oldest = window.departures[window.departures.length - window.limit]
  if (oldest === undefined) return 0
  if (oldest === null) return Number.POSITIVE_INFINITY
  return Math.ceil(oldest + window.windowMs + window.marginMs)
}

/** Takes a place in the window for a call that is about to leave. */
export function reserve(window: RateWindow): RateWindow {
  return { ...window, departures: [...window.departures, null].slice(-window.limit) }
}

/** The oldest reserved call without a time left at `atMs`. */
export function departed(window: RateWindow, atMs: number): RateWindow {
  const index = window.departures.indexOf(null)
  if (index === -1) return window
  const marginMs = FIRST_MARGIN_MS + (window.marginMs - FIRST_MARGIN_MS) * EASING_PER_CALL
  return { ...window, marginMs, departures: window.departures.with(index, atMs) }
}

/**
 * Feishu refused a call although the window allowed it: keep a larger distance. One hiccup of the line
 * or of this machine must not cost a share of the rate for good, so the distance shrinks again slowly.
 */
export function widened(window: RateWindow): RateWindow {
  return { ...window, marginMs: Math.min(window.marginMs * 2, LONGEST_MARGIN_MS) }
}

/** The clock was set back, or was wrong before: no call can have left later than now. */
export function notAfter(window: RateWindow, nowMs: number): RateWindow {
  const departures = window.departures.map((atMs) => atMs && Math.min(atMs, nowMs))
  return { ...window, departures }
}

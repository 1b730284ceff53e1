/**
 * At most `limit` calls in any window of one second, as the server sees it.
 *
 * The server counts arrivals; we know departures. The network delays each call a little differently,
 * so a later call can catch up with an earlier one. The window here is therefore longer than the
 * server's by a margin. Calls that are refused all the same are a matter of `fair-share.ts`.
 * A call whose request is not on the wire yet (a connection being opened) holds its place without a
 * time: nothing may be counted from a departure that has not happened.
 */
export interface RateWindow {
  readonly limit: number
  /** Departure times of the latest calls, oldest first; `null` while still on the way to the wire. */
  readonly departures: readonly (number | null)[]
}

const SERVER_WINDOW_MS = 1_000
/** 40 ms cost 4% of the rate (4.8 of 5 a second) and cover the jitter of ordinary lines. */
const MARGIN_MS = 40

/** An empty window: `limit` calls may leave at once. */
export function rateWindow(limit: number): RateWindow {
  return { limit, departures: [] }
}

/** When the next call may leave (ms since 1970); `Infinity` while that depends on one not yet sent. */
export function nextDepartureMs(window: RateWindow): number {
  const oldest = window.departures[window.departures.length - window.limit]
  if (oldest === undefined) return 0
  if (oldest === null) return Number.POSITIVE_INFINITY
  return Math.ceil(oldest + SERVER_WINDOW_MS + MARGIN_MS)
}

/** Takes a place in the window for a call that is about to leave. */
export function reserve(window: RateWindow): RateWindow {
  return { ...window, departures: [...window.departures, null].slice(-window.limit) }
}

/** The oldest reserved call without a time left at `atMs`. */
export function departed(window: RateWindow, atMs: number): RateWindow {
  const index = window.departures.indexOf(null)
  if (index === -1) return window
  return { ...window, departures: window.departures.with(index, atMs) }
}

/** The clock was set back, or was wrong before: no call can have left later than now. */
export function notAfter(window: RateWindow, nowMs: number): RateWindow {
  const departures = window.departures.map((atMs) => atMs && Math.min(atMs, nowMs))
  return { ...window, departures }
}

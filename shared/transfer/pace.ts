import {
  callLeft,
  callRefused,
  callTaken,
  type FairShare,
  fairShare,
  isAlone,
  notLaterThan,
} from './fair-share.ts'
import {
  departed,
  nextDepartureMs,
  notAfter,
  type RateWindow,
  rateWindow,
  reserve,
} from './rate-window.ts'

/**
 * When the next call of one endpoint may leave: never above the limit, and within this machine's share while
 * others use the app. Until a call is refused for the rate, the machine takes itself to be alone.
 */
export interface Pace {
  readonly window: RateWindow
  /** Absent while alone. */
  readonly share?: FairShare
}

/**
 * The pace of a program that has just started.
 * @param lastCallAtMs of an earlier program; as many calls as the limit allows may have been made then
 * @param perSecond the share found earlier; undefined: alone
 */
export function paceAfter(
  limit: number,
  lastCallAtMs: number | undefined,
  perSecond: number | undefined,
  nowMs: number,
): Pace {
  const fresh = rateWindow(limit)
  const full = { ...fresh, departures: Array<number>(limit).fill(lastCallAtMs ?? 0) }
  const window = lastCallAtMs === undefined ? fresh : notAfter(full, nowMs)
  return perSecond === undefined
    ? { window }
    : { window, share: fairShare(limit, perSecond, nowMs) }
}

/** When the next call may leave; `Infinity` while that depends on one not yet sent. */
export function nextCallMs({ window, share }: Pace): number {
  return Math.max(nextDepartureMs(window), Math.ceil(share?.dueMs ?? 0))
}

/** A call is admitted, and about to leave. */
export function admitted({ window, share }: Pace, nowMs: number, random: number): Pace {
  return { window: reserve(window), ...(share && { share: callLeft(share, nowMs, random) }) }
}

/** The oldest admitted call is on the wire. */
export function onTheWire(pace: Pace, nowMs: number): Pace {
  return { ...pace, window: departed(pace.window, nowMs) }
}

/** Feishu let a call through. */
export function taken({ window, share }: Pace): Pace {
  if (share === undefined || isAlone(share)) return { window }
  return { window, share: callTaken(share) }
}

/**
 * Feishu refused a call for the rate of the app.
 * @param random a number in [0, 1)
 */
export function refused({ window, share }: Pace, nowMs: number, random: number): Pace {
  const known = share ?? fairShare(window.limit, window.limit, nowMs)
  return { window, share: callRefused(known, nowMs, random) }
}

/** No other machine is known of (any more). */
export function alone({ window }: Pace): Pace {
  return { window }
}

/** The clock was set back: no call has left later than now. */
export function clockSetBack({ window, share }: Pace, nowMs: number): Pace {
  return { window: notAfter(window, nowMs), ...(share && { share: notLaterThan(share, nowMs) }) }
}

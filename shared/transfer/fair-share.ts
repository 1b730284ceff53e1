/**
 * The part of an app's rate that one machine takes, when others use the same app: found as TCP finds
 * its own. Each call that is let through raises it a little, each refusal lowers it by a share of itself, and the
 * calls leave evenly spaced. Machines know nothing of each other. Pure: state and event in, state out; times are ms.
 *
 * A slower machine grows faster by the same call (`FAIRNESS`): without that, a call would cost and bring
 * everyone the same part of what they have, and one who has little would never catch up.
 *
 * The numbers were found by simulation (`test/kit/fleet`) against several kinds of limiters, since Feishu
 * does not say which one it has.
 */
export interface FairShare {
  /** Calls a second that the endpoint takes from all machines together. */
  readonly limit: number
  readonly perSecond: number
  /** The next call may leave then. */
  readonly dueMs: number
  /** Calls since the share was first looked for; changes are larger at the beginning. */
  readonly calls: number
  /** Calls let through since the last refusal. */
  readonly clean: number
}

/** The part of itself that a refusal takes from the share, and that an answer adds to it at the full rate. */
const DECREASE = 0.06
const INCREASE = 0.0017
/** The slower a machine is, the more an answer adds: by this power of the ratio to the limit. */
const FAIRNESS = 0.25
/** A refusal takes so much more from a machine that has the whole limit: it is not alone after all. */
const GREED_CUT = 0.15
/** At first both are larger by this factor, which fades with so many calls. */
const EAGERNESS = 2
const EAGER_CALLS = 25
/** So many calls without a refusal, at a tenth of the limit, mean that others have left: it grows faster, up to so much a call. */
const CLEAN_CALLS = 50
const CATCH_UP = 0.1
/** No machine calls less often than once in ten minutes. */
const LEAST_PER_SECOND = 1 / 600
/** The whole of the limit stays this far below it, as `rate-window.ts` does. */
const WHOLE = 1 / 1.04
/** After a refusal the next call waits up to this part of its interval longer, so that colliding machines part. */
const SHIFT = 0.6
/** Intervals vary by this part of themselves, so that no machine's rhythm shuts another's out. */
const JITTER = 0.15
/** A call that leaves so late, for want of work or of a lane, begins a rhythm of its own. */
const LATE_MS = 30

/** Begins to share. @param perSecond the rate so far, or as remembered */
export function fairShare(limit: number, perSecond: number, nowMs: number): FairShare {
  return { limit, perSecond: within(limit, perSecond), dueMs: nowMs, calls: 0, clean: 0 }
}

/** Checks whether the machine has, and keeps, the whole limit: no other machine is calling. */
export function isAlone({ limit, perSecond, clean }: FairShare): boolean {
  return perSecond >= limit * WHOLE && clean > CLEAN_CALLS * limit
}

/**
 * A call leaves: the next one is due an interval later, more or less.
 * @param random a number in [0, 1)
 */
export function callLeft(share: FairShare, nowMs: number, random: number): FairShare {
  const fromMs = nowMs - share.dueMs > LATE_MS ? nowMs : share.dueMs
  const waitMs = intervalMs(share) * (1 + JITTER * (random - 0.5))
  return { ...share, calls: share.calls + 1, dueMs: fromMs + waitMs }
}

/** A call was let through. */
export function callTaken(share: FairShare): FairShare {
  const { limit, perSecond, clean } = share
  const slowness = (limit / perSecond) ** FAIRNESS
  const usual = INCREASE * eagerness(share) * slowness
  const patience = CLEAN_CALLS * ((10 * perSecond) / limit) ** FAIRNESS
  const growth = Math.max(usual, CATCH_UP * Math.min(clean / patience - 1, 1))
  return { ...share, perSecond: within(limit, perSecond * (1 + growth)), clean: clean + 1 }
}

/**
 * A call was refused for the app's rate.
 * @param random a number in [0, 1)
 */
export function callRefused(share: FairShare, nowMs: number, random: number): FairShare {
  const ofAll = share.perSecond / share.limit
  const cut = DECREASE * eagerness(share) + GREED_CUT * ofAll ** 3
  const next = { ...share, perSecond: within(share.limit, share.perSecond * (1 - cut)), clean: 0 }
  return { ...next, dueMs: Math.max(share.dueMs, nowMs) + intervalMs(next) * SHIFT * random }
}

/** The clock was set back: no call waits longer than an interval. */
export function notLaterThan(share: FairShare, nowMs: number): FairShare {
  return { ...share, dueMs: Math.min(share.dueMs, nowMs + intervalMs(share)) }
}

function eagerness({ calls }: FairShare): number {
  return 1 + (EAGERNESS - 1) * Math.exp(-calls / EAGER_CALLS)
}

function intervalMs({ perSecond }: FairShare): number {
  return 1_000 / perSecond
}

function within(limit: number, perSecond: number): number {
  return Math.min(limit * WHOLE, Math.max(perSecond, LEAST_PER_SECOND))
}

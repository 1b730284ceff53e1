/**
 * The number of upload calls in flight at once, found as TCP finds its window: start at one, add
 * one while that raises the throughput, halve when the server objects (1061045) and remember.
 *
 * The media overview forbids concurrent calls, the endpoint pages mostly do not; the cost of
 * finding out is one call. Pure: state and event in, state out.
 */
export interface LaneWindow {
  /** Calls allowed in flight. */
  readonly size: number
  /** Never more than this many: the setting, or what the server taught us. */
  readonly ceiling: number
  /** The current measurement at this size. */
  readonly epoch: Epoch
  /** Calls per second before the last lane was added; undefined when no trial is on. */
  readonly rateBeforeTrial: number | undefined
  /** Epochs to wait before the next trial, and how many the next failed trial will cost. */
  readonly restEpochs: number
  readonly nextRestEpochs: number
}

interface Epoch {
  readonly startedAtMs: number | undefined
  readonly calls: number
  /** A call was ready to leave and only a lane was missing. */
  readonly starved: boolean
}

/** Beyond this the rate limit of 5 a second is reached on any line that works at all. */
export const MOST_LANES = 8

/** A lane must raise the rate by this factor to stay. */
const WORTHWHILE_GAIN = 1.08
const CALLS_PER_LANE_AND_EPOCH = 3
const FIRST_REST_EPOCHS = 8
const LONGEST_REST_EPOCHS = 256

const EMPTY_EPOCH: Epoch = { startedAtMs: undefined, calls: 0, starved: false }

/**
 * A window that is free to grow to `ceiling`.
 * @param size as found for this line earlier; one lane unless told
 */
export function laneWindow(ceiling: number = MOST_LANES, size = 1): LaneWindow {
  const most = Math.max(1, Math.min(ceiling, MOST_LANES))
  return {
    size: Math.max(1, Math.min(size, most)),
    ceiling: most,
    epoch: EMPTY_EPOCH,
    rateBeforeTrial: undefined,
    restEpochs: 0,
    nextRestEpochs: FIRST_REST_EPOCHS,
  }
}

/** A fixed number of lanes, as set by the person. */
export function fixedLanes(size: number): LaneWindow {
  return laneWindow(size, size)
}

/** A call could have left but for a lane. */
export function laneMissed(window: LaneWindow): LaneWindow {
  return window.epoch.starved ? window : { ...window, epoch: { ...window.epoch, starved: true } }
}

/**
 * A call came back well. At the end of an epoch the window decides: keep the lane on trial, give it
 * back, or try one more.
 */
export function callSucceeded(window: LaneWindow, atMs: number): LaneWindow {
  const { epoch } = window
  if (epoch.startedAtMs === undefined) {
    return { ...window, epoch: { ...epoch, startedAtMs: atMs } }
  }
  const calls = epoch.calls + 1
  if (calls < window.size * CALLS_PER_LANE_AND_EPOCH) {
    return { ...window, epoch: { ...epoch, calls } }
  }
  const rate = (calls * 1_000) / Math.max(atMs - epoch.startedAtMs, 1)
  const next = { ...window, epoch: { ...EMPTY_EPOCH, startedAtMs: atMs } }
  if (window.rateBeforeTrial !== undefined) return judgeTrial(next, rate, window.rateBeforeTrial)
  if (window.restEpochs > 0) return { ...next, restEpochs: window.restEpochs - 1 }
  if (!epoch.starved || window.size >= window.ceiling) return next
  return { ...next, size: window.size + 1, rateBeforeTrial: rate, epoch: EMPTY_EPOCH }
}

function judgeTrial(window: LaneWindow, rate: number, before: number): LaneWindow {
  const settled = { ...window, rateBeforeTrial: undefined }
  if (rate >= before * WORTHWHILE_GAIN) return { ...settled, nextRestEpochs: FIRST_REST_EPOCHS }
  return {
    ...settled,
    size: Math.max(1, window.size - 1),
    restEpochs: window.nextRestEpochs,
    nextRestEpochs: Math.min(window.nextRestEpochs * 2, LONGEST_REST_EPOCHS),
    epoch: EMPTY_EPOCH,
  }
}

/**
 * The server refused a call while `inFlight` of ours were under way: halve, and do not go there again.
 * A call refused on its own collided with another machine's: our number of lanes is not to blame.
 */
export function callsCollided(window: LaneWindow, inFlight: number): LaneWindow {
  const refusedAt = Math.min(inFlight, window.size)
  if (refusedAt < 2) return window
  return {
    ...window,
    size: Math.max(1, Math.floor(window.size / 2)),
    ceiling: Math.min(window.ceiling, refusedAt - 1),
    rateBeforeTrial: undefined,
    epoch: EMPTY_EPOCH,
  }
}

/** The intervals between looks, in ms. Tests may be less patient. */
export interface WatchTimings {
  /** Between full sweeps when nothing asks for one. */
  readonly sweepEveryMs: number
  /** Between full sweeps when there are no events: by the rule, or for want of watches. */
  readonly pollEveryMs: number
  /** Between looks at whether the folder itself is there. */
  readonly rootEveryMs: number
  /** After a burst of events, everything is looked at once it has been quiet for so long. */
  readonly quietMs: number
  /** So many events without a pause may have filled the system's queue, which then drops some unsaid. */
  readonly burstEvents: number
  /** Until the first look again at something that is bad on the disk; then twice as long each time. */
  readonly troubleEveryMs: number
  /** Until another try after a failure of our own state on disk. */
  readonly retryMs: number
}

export const WATCH_TIMINGS: WatchTimings = {
  sweepEveryMs: 15 * 60_000,
  pollEveryMs: 30_000,
  rootEveryMs: 2_000,
  quietMs: 1_000,
  burstEvents: 4_096,
  troubleEveryMs: 2_000,
  retryMs: 5_000,
}

/** Sweeping takes up at most this share of the time. */
export const SWEEP_SHARE = 1 / 50

/** Vanished files are recognised for so long when they turn up again. */
export const GONE_KEPT_MS = 90 * 24 * 3_600_000

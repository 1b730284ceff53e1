import type { ProgressBarOptions } from 'electron'
import type { LiveState } from '#shared/contract/live-state.ts'
import { percentOf } from '#shared/transfer/work-size.ts'

export interface ProgressView {
  /** From 0 to 1; -1: none. */
  readonly share: number
  readonly mode: NonNullable<ProgressBarOptions['mode']>
}

const NONE: ProgressView = { share: -1, mode: 'none' }

/**
 * Returns what the taskbar or the dock shows. It changes by whole hundredths, so that it is not set
 * all the time.
 */
export function progressOf({ overall, engine, counts }: LiveState): ProgressView {
  if (overall.aheadFiles === 0) return NONE
  const share = percentOf(overall.share) / 100
  if (engine.kind === 'working') {
    return { share, mode: counts.byTab.attention > 0 ? 'error' : 'normal' }
  }
  return engine.kind === 'idle' ? NONE : { share, mode: 'paused' }
}

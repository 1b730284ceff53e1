import { RUNNING } from '../transfer/state-kinds.ts'
import type { LiveEvent, LivePatch, LiveState } from './live-state.ts'

/** The live state after a patch; it holds a row for each transfer that is running. */
export function applyPatch(state: LiveState, patch: LivePatch): LiveState {
  const { rows: changed, ...rest } = patch
  if (changed === undefined) return { ...state, ...rest }
  const rows = { ...state.rows }
  for (const row of changed) {
    if (RUNNING.includes(row.state.kind)) rows[row.id] = row
    else delete rows[row.id]
  }
  return { ...state, ...rest, rows }
}

export interface Followed {
  readonly seq: number
  readonly state: LiveState
}

/**
 * Follows the events of a host.
 * @returns undefined when one is missing: subscribe again, which brings a new snapshot
 */
export function follow(before: Followed | undefined, event: LiveEvent): Followed | undefined {
  if (event.kind === 'snapshot') return { seq: event.seq, state: event.state }
  if (before === undefined || event.seq !== before.seq + 1) return undefined
  return { seq: event.seq, state: applyPatch(before.state, event.patch) }
}

import type { TransferStateKind } from '../model/transfer.ts'

/** How far along a state is: all that most of the program asks about it. */
type Stage = 'open' | 'at-work' | 'resting' | 'needs-somebody' | 'settled'

/** The one list of all states; a new one has to find its place here before anything compiles. */
const STAGES = {
  queued: 'open',
  preparing: 'at-work',
  sending: 'at-work',
  finishing: 'at-work',
  attaching: 'at-work',
  waiting: 'open',
  paused: 'resting',
  blocked: 'needs-somebody',
  failed: 'needs-somebody',
  skipped: 'settled',
  cancelled: 'settled',
  done: 'settled',
} as const satisfies Record<TransferStateKind, Stage>

export const STATE_KINDS = Object.keys(STAGES) as readonly TransferStateKind[]

/** The states of these stages, in the order of the list. */
export function kindsIn(...stages: readonly Stage[]): readonly TransferStateKind[] {
  return STATE_KINDS.filter((kind) => stages.includes(STAGES[kind]))
}

import type { TransferStateKind } from '../model/transfer.ts'

/** The progress of a state: all that most of the program asks about it. */
type Stage = 'runnable' | 'running' | 'paused' | 'needs-action' | 'settled'

/** The one list of all states; a new one has to find its place here before anything compiles. */
const STAGES = {
  queued: 'runnable',
  preparing: 'running',
  sending: 'running',
  finishing: 'running',
  attaching: 'running',
  waiting: 'runnable',
  paused: 'paused',
  blocked: 'needs-action',
  failed: 'needs-action',
  skipped: 'settled',
  cancelled: 'settled',
  done: 'settled',
} as const satisfies Record<TransferStateKind, Stage>

type Kinds = readonly TransferStateKind[]

export const STATE_KINDS = Object.keys(STAGES) as Kinds

// The groups that the program distinguishes. Lists of states stand here only, each in the order above.

/** Starts by itself when its turn, or its time, has come. */
export const RUNNABLE = kindsIn('runnable')

/** A lane is at work on it. */
export const RUNNING = kindsIn('running')

/** A run has begun it, and may hold it for a while. */
export const IN_RUN: Kinds = [...RUNNING, 'waiting']

/** Comes to its end without a person. */
export const PENDING = kindsIn('runnable', 'running')

/** Ends by itself, or when a person lets it continue. */
export const IN_QUEUE = kindsIn('runnable', 'running', 'paused')

/** Has its turn still to come, also when a person holds it back. */
export const IN_LINE = kindsIn('runnable', 'paused')

/** A person has to do something about it. */
export const NEEDS_ACTION = kindsIn('needs-action')

/** May still go up. */
export const UNFINISHED = kindsIn('runnable', 'running', 'paused', 'needs-action')

/** Unfinished, and no lane is at work on it. */
export const IDLE = kindsIn('runnable', 'paused', 'needs-action')

/** Unfinished, and stays so until a person acts. */
export const HELD = kindsIn('paused', 'needs-action')

/** No work is left for it. */
export const SETTLED = kindsIn('settled')

/** Has come to its end, good or bad; in the order of the index `transfers_by_end`. */
export const ENDED = ['done', 'failed', 'skipped', 'cancelled'] as const satisfies Kinds

/** Has come to a good end: the file is there, or need not be. */
export const ENDED_WELL: Kinds = ['skipped', 'done']

/** The states that a start makes part of its run. */
export const TAKEN_UP: Kinds = [...PENDING, 'blocked']

/** The file is not, or not certainly, where it was to go. */
export const NOT_DONE: Kinds = STATE_KINDS.filter((kind) => kind !== 'done')

/** Not done, and queued again when the file is asked for again. */
export const STOPPED = NOT_DONE.filter((kind) => !PENDING.includes(kind))

/** Has a problem, for good or for now. */
export const IN_TROUBLE: Kinds = [...NEEDS_ACTION, 'waiting']

export function isEnded(kind: TransferStateKind): kind is (typeof ENDED)[number] {
  return (ENDED as Kinds).includes(kind)
}

function kindsIn(...stages: readonly Stage[]): Kinds {
  return STATE_KINDS.filter((kind) => stages.includes(STAGES[kind]))
}

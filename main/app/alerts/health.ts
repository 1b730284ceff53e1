import type { LiveState } from '#shared/contract/live-state.ts'
import type { WatchState } from '#shared/model/watch-rule.ts'

/** The reasons for Feidi not to do its work. Other programs read these names: they stay as they are. */
export type HealthReason =
  | 'no-account'
  | 'account-blocked'
  | 'stopped'
  | 'offline'
  | 'folder-unreachable'
  | 'nothing-uploaded'

/** Facts that a person may want to know although Feidi works. */
type HealthNote = 'paused' | 'outside-hours' | 'needs-attention'

export interface Health {
  /** Empty: all is well. */
  readonly reasons: readonly HealthReason[]
  readonly notes: readonly HealthNote[]
}

/** The facts that tell how Feidi is doing. */
export interface HealthFacts {
  readonly engine: LiveState['engine']
  /** Accounts that cannot act. */
  readonly troubles: number
  readonly watched: readonly WatchState['kind'][]
  /** Files that need a person. */
  readonly attention: number
  /** When a file was uploaded last, or since when that is looked for. */
  readonly lastUploadMs: number
  readonly silentHours: number | null
}

const HOUR_MS = 3_600_000

const OUT_OF_REACH: readonly WatchState['kind'][] = [
  'root-missing',
  'root-replaced',
  'no-permission',
  'not-answering',
  'unreadable',
]

/** Returns how Feidi is doing. */
export function healthOf(facts: HealthFacts, nowMs: number): Health {
  const { engine, troubles, watched, attention } = facts
  const reasons: [HealthReason, boolean][] = [
    ['no-account', engine.kind === 'no-account'],
    ['account-blocked', troubles > 0 || engine.kind === 'blocked'],
    ['stopped', engine.kind === 'stopped'],
    ['offline', engine.kind === 'offline'],
    ['folder-unreachable', watched.some((kind) => OUT_OF_REACH.includes(kind))],
    ['nothing-uploaded', isSilent(facts, nowMs)],
  ]
  const notes: [HealthNote, boolean][] = [
    ['paused', engine.pausedBy === 'person'],
    ['outside-hours', engine.pausedBy === 'schedule'],
    ['needs-attention', attention > 0],
  ]
  return { reasons: named(reasons), notes: named(notes) }
}

/** True when nothing was uploaded for as long as a person has set. */
function isSilent(
  { lastUploadMs, silentHours }: Pick<HealthFacts, 'lastUploadMs' | 'silentHours'>,
  nowMs: number,
): boolean {
  return silentHours !== null && nowMs - lastUploadMs >= silentHours * HOUR_MS
}

function named<Name>(all: readonly [Name, boolean][]): Name[] {
  return all.filter(([, is]) => is).map(([name]) => name)
}

import type { LiveState } from '#shared/contract/live-state.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'

/** News that a person wants even while the window is not in sight. */
export type Notice =
  | {
      readonly kind: 'batch-done'
      readonly files: number
      readonly bytes: number
      readonly attention: number
    }
  | { readonly kind: 'attention'; readonly count: number }
  | { readonly kind: 'stopped'; readonly error: ErrorInfo }

/** The events seen and told so far. */
export interface NoticeState {
  /** Of the round the host counts by: since its queue was last empty. */
  readonly done: { readonly files: number; readonly bytes: number }
  readonly isRoundOver: boolean
  readonly paused: number
  /** The number of transfers needing the person that they know of. */
  readonly attention: number
  readonly attentionAtMs: number
  /** Fewer need the person than they know of: they may only be tried again. */
  readonly fall: { readonly sinceMs: number; readonly attention: number } | undefined
  /** Since when there are more. */
  readonly risingSinceMs: number | undefined
  readonly problem: string | undefined
}

export interface NoticeStep {
  readonly told: NoticeState
  readonly notices: readonly Notice[]
  /** The time when there will be news, even if nothing changes. */
  readonly lookAgainAtMs: number | undefined
}

/** One failure seldom comes alone: those of the next moments are told with it. */
const GATHER_MS = 3_000
/** Files that fail one after another all day are no news each time. */
const REST_MS = 10 * 60_000
/** Time within which another refusal is no news: blocked work is retried every so often. */
const TRIAL_MS = 2 * 60_000

/** Returns what the person is taken to know when Feidi starts: the past is not reported. */
export function toldSoFar(live: LiveState): NoticeState {
  return {
    done: doneOf(live),
    isRoundOver: isRoundOver(live),
    paused: live.counts.byState.paused,
    attention: live.counts.byTab.attention,
    attentionAtMs: Number.NEGATIVE_INFINITY,
    fall: undefined,
    risingSinceMs: undefined,
    problem: problemOf(live),
  }
}

/** One when a batch is done, one when something needs the person; none for each file. */
export function noticesOf(before: NoticeState, live: LiveState, nowMs: number): NoticeStep {
  const notices: Notice[] = []
  const attention = knownAttention(before, nowMs)
  const isRising = live.counts.byTab.attention > attention
  const done = hasBegunAnew(before, live) ? { files: 0, bytes: 0 } : before.done
  let told: NoticeState = {
    ...before,
    done: hasWork(live) ? done : doneOf(live),
    isRoundOver: isRoundOver(live),
    paused: live.counts.byState.paused,
    attention,
    fall: fallBelow(attention, before, live, nowMs),
    risingSinceMs: isRising ? (before.risingSinceMs ?? nowMs) : undefined,
    problem: problemOf(live),
  }
  const tellAttention = () => {
    const attention = live.counts.byTab.attention
    told = { ...told, attention, attentionAtMs: nowMs, fall: undefined, risingSinceMs: undefined }
  }
  const files = live.overall.doneFiles - done.files
  // Not when the person has paused the rest.
  if (!hasWork(live) && files > 0 && live.counts.byState.paused <= before.paused) {
    const bytes = Math.max(0, live.overall.sentBytes - done.bytes)
    notices.push({ kind: 'batch-done', files, bytes, attention: live.counts.byTab.attention })
    tellAttention()
  }
  if (told.problem !== undefined && told.problem !== before.problem && live.engine.error) {
    notices.push({ kind: 'stopped', error: live.engine.error })
  }
  const { risingSinceMs } = told
  if (risingSinceMs === undefined) return { told, notices, lookAgainAtMs: undefined }
  const dueAtMs = Math.max(risingSinceMs + GATHER_MS, told.attentionAtMs + REST_MS)
  if (nowMs < dueAtMs) return { told, notices, lookAgainAtMs: dueAtMs }
  notices.push({ kind: 'attention', count: live.counts.byTab.attention - told.attention })
  tellAttention()
  return { told, notices, lookAgainAtMs: undefined }
}

function knownAttention({ attention, fall }: NoticeState, nowMs: number): number {
  return fall !== undefined && nowMs - fall.sinceMs >= TRIAL_MS ? fall.attention : attention
}

function fallBelow(
  known: number,
  before: NoticeState,
  live: LiveState,
  nowMs: number,
): NoticeState['fall'] {
  const { attention } = live.counts.byTab
  if (attention >= known) return undefined
  const goesOn = known === before.attention ? before.fall : undefined
  return { sinceMs: goesOn?.sinceMs ?? nowMs, attention }
}

function doneOf({ overall }: LiveState): NoticeState['done'] {
  return { files: overall.doneFiles, bytes: overall.sentBytes }
}

function isRoundOver({ overall }: LiveState): boolean {
  return overall.aheadFiles === 0
}

/** A batch may come and go between two looks: then it is counted with the one before. */
function hasBegunAnew(before: NoticeState, live: LiveState): boolean {
  return (before.isRoundOver && !isRoundOver(live)) || live.overall.doneFiles < before.done.files
}

function hasWork({ counts, adding }: LiveState): boolean {
  const { active } = counts.byTab
  return active + counts.byState.queued + counts.byState.waiting + adding.length > 0
}

function problemOf({ engine }: LiveState): string | undefined {
  const isProblem = engine.kind === 'blocked' || engine.kind === 'stopped'
  return isProblem && engine.error !== null ? String(engine.error.code) : undefined
}

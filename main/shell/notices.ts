import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import type { LiveState } from '#shared/ipc/live-state.ts'

/** Something a person wants to know although the window is not in sight. */
export type Notice =
  | {
      readonly kind: 'batch-done'
      readonly files: number
      readonly bytes: number
      readonly attention: number
    }
  | { readonly kind: 'attention'; readonly count: number }
  | { readonly kind: 'stopped'; readonly error: ErrorInfo }

/** What was seen and told so far. */
export interface Told {
  readonly hasWork: boolean
  readonly paused: number
  /** How many that need the person are known to them. */
  readonly attention: number
  readonly attentionAtMs: number
  /** Since when there are more. */
  readonly risingSinceMs: number | undefined
  readonly problem: string | undefined
}

export interface Verdict {
  readonly told: Told
  readonly notices: readonly Notice[]
  /** Something will be worth telling then, even if nothing changes. */
  readonly lookAgainAtMs: number | undefined
}

/** One failure seldom comes alone: those of the next moments are told with it. */
const GATHER_MS = 3_000
/** Files that fail one after another all day are no news each time. */
const REST_MS = 10 * 60_000

/** What the person is taken to know when Feidi starts: nothing is told about the past. */
export function toldSoFar(live: LiveState): Told {
  return {
    hasWork: hasWork(live),
    paused: live.counts.byState.paused,
    attention: live.counts.byTab.attention,
    attentionAtMs: Number.NEGATIVE_INFINITY,
    risingSinceMs: undefined,
    problem: problemOf(live),
  }
}

/** One when a batch is done, one when something needs the person; none for each file. */
export function noticesOf(before: Told, live: LiveState, nowMs: number): Verdict {
  const notices: Notice[] = []
  const isRising = live.counts.byTab.attention > before.attention
  let told: Told = {
    ...before,
    hasWork: hasWork(live),
    paused: live.counts.byState.paused,
    attention: Math.min(before.attention, live.counts.byTab.attention),
    risingSinceMs: isRising ? (before.risingSinceMs ?? nowMs) : undefined,
    problem: problemOf(live),
  }
  const tellAttention = () => {
    const attention = live.counts.byTab.attention
    told = { ...told, attention, attentionAtMs: nowMs, risingSinceMs: undefined }
  }
  if (isBatchOver(before, live)) {
    const { doneFiles, sentBytes } = live.overall
    const attention = live.counts.byTab.attention
    notices.push({ kind: 'batch-done', files: doneFiles, bytes: sentBytes, attention })
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

/** Everything that could go has gone, and something did; not because the person paused the rest. */
function isBatchOver(before: Told, live: LiveState): boolean {
  return (
    before.hasWork &&
    !hasWork(live) &&
    live.overall.doneFiles > 0 &&
    live.counts.byState.paused <= before.paused
  )
}

function hasWork({ counts, adding }: LiveState): boolean {
  const { active } = counts.byTab
  return active + counts.byState.queued + counts.byState.waiting + adding.length > 0
}

function problemOf({ engine }: LiveState): string | undefined {
  const isProblem = engine.kind === 'blocked' || engine.kind === 'stopped'
  return isProblem && engine.error !== null ? String(engine.error.code) : undefined
}

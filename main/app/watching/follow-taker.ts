/** Takes what rules that follow mean to do to Feishu, as the account of each rule. */

import type { CallContext } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { approvedAt, hasRoom, isApproved } from '#main/watch/follow/decide.ts'
import type { FollowTools, FollowWork } from '#main/watch/ports.ts'
import { type FollowStep, TRASH_WAIT_MS } from '#shared/model/follow.ts'
import type { Connection } from '../open-engine.ts'

/** The accounts that can act now. */
export interface Connections {
  /** Undefined: as the one in use. */
  connectionOf(identity: string | undefined): Connection | undefined
  /** All stands still, because a person or the schedule says so. */
  readonly isPaused: boolean
}

/** Such calls make way for uploads that wait for the same turn. */
const RANK = 1_000_000

/** Joins rules that follow with the accounts at work. */
export function followTools(
  { follow: store, folders }: Pick<Stores, 'follow' | 'folders'>,
  connections: Connections,
  clock: Clock,
): FollowTools {
  return {
    store,
    identityOf: ({ account }) => connections.connectionOf(account)?.identity,
    serverNowMs: ({ account }) => connections.connectionOf(account)?.follow.serverNowMs(),
    folder: knownFolder(folders),
    async take(work) {
      if (connections.isPaused) return false
      const connection = connections.connectionOf(work.rule.account)
      if (connection?.identity !== work.identity) return false
      return takeAll(work, store, connection.follow, clock)
    },
  }
}

/** Looks up folders in Feishu that are known. */
export function knownFolder(folders: Stores['folders']): FollowTools['folder'] {
  return (identity, parentToken, name) => {
    const token = folders.folderToken(identity, parentToken, name)
    return token === undefined ? undefined : { token, isMade: folders.wasMade(identity, token) }
  }
}

/** One after the other: what was moved before is where the next look finds it. */
async function takeAll(
  work: FollowWork,
  store: Stores['follow'],
  steps: Connection['follow'],
  clock: Clock,
): Promise<boolean> {
  const { rule, signal } = work
  const { destination } = rule
  if (destination.kind !== 'folder') return true
  const context: CallContext = {
    rank: RANK,
    stopping: signal,
    aborted: signal,
    onHold: () => {},
  }
  const open = store.steps(rule.id).filter(isOpen)
  const hasNew = open.some(({ dueAtMs }) => dueAtMs === null)
  if (hasNew || (open.length > 0 && steps.serverNowMs() === undefined)) {
    await steps.askTime(destination, context)
    const toldMs = steps.serverNowMs()
    if (toldMs !== undefined) store.beginWaits(rule.id, toldMs + TRASH_WAIT_MS)
  }
  const serverNowMs = () => steps.serverNowMs() ?? clock.nowMs()
  for (const step of dueSteps(store.steps(rule.id), serverNowMs())) {
    signal.throwIfAborted()
    const isUnanswered = step.state === 'calling'
    if (!isUnanswered && !mayGo(step, work, store, clock, serverNowMs())) break
    const mayCall = await work.isStillSo(step)
    if (!mayCall && !isUnanswered) continue
    await steps.take(step, destination, mayCall, context)
  }
  if (store.record(rule.id)?.stop) return true
  for (const folders of work.folders) await steps.makeFolder(destination, folders, context)
  return true
}

function isOpen({ kind, state }: FollowStep): boolean {
  return kind !== 'replace' && (state === 'planned' || state === 'calling')
}

/** Calls that were not answered come first. Only a deletion waits. */
function dueSteps(steps: readonly FollowStep[], serverNowMs: number): FollowStep[] {
  const isDue = (step: FollowStep) =>
    step.state === 'planned' &&
    isOpen(step) &&
    (step.kind !== 'trash' || (step.dueAtMs !== null && step.dueAtMs <= serverNowMs))
  return [...steps.filter(({ state }) => state === 'calling'), ...steps.filter(isDue)]
}

/** Checks the rule's limit right before a call; beyond it, a person is asked. */
function mayGo(
  step: FollowStep,
  { rule, limit }: FollowWork,
  store: Stores['follow'],
  clock: Clock,
  serverNowMs: number,
): boolean {
  const record = store.record(rule.id)
  if (record === undefined || record.stop !== null) return false
  const nowMs = clock.nowMs()
  const approvedAtMs = approvedAt(rule, nowMs)
  if (isApproved(step, approvedAtMs)) return true
  if (hasRoom(store.steps(rule.id), limit, { approvedAtMs, nowMs: serverNowMs })) return true
  store.save(rule.id, { ...record, stop: { kind: 'limit', atMs: nowMs, paths: [] } })
  return false
}

/**
 * Decides what has to be done in Feishu so that a rule's own files there are called, and lie, as they do here.
 * Pure: what is known and what was seen goes in, intended steps come out.
 */
import { isAboutRights } from '#shared/errors/look-up.ts'
import {
  type FollowStep,
  type FollowStop,
  followLimit,
  LIMIT_SPAN_MS,
} from '#shared/model/follow.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { collapseFolders } from './collapse-folders.ts'
import type {
  Decision,
  Fate,
  FatedFile,
  FollowState,
  FollowView,
  KnownCopy,
  SeenFile,
  WantedStep,
} from './view.ts'

/** A call that was refused for want of a right is tried again so often, as blocked uploads are. */
const RIGHTS_EVERY_MS = 15 * 60_000

/** Decides about all files of a rule. */
export function decide(view: FollowView, state: FollowState): Decision {
  const { steps, nowMs } = state
  const wanted = collapseFolders(fatesOf(view), view, steps, (file) => stepFor(file, view, state))
  const known = new Map(steps.filter((step) => isStillOpen(step, state)).map(keyed))
  const kept = new Set<number>()
  const add: WantedStep[] = []
  for (const step of wanted) {
    const same = known.get(keyOf(step))
    if (same === undefined) add.push(step)
    else kept.add(same.id)
  }
  const drop = steps.filter((step) => isRevised(step) && !kept.has(step.id)).map(({ id }) => id)
  const left = steps.filter(({ id }) => !drop.includes(id))
  const added = add.map((step) => ({
    ...step,
    plannedAtMs: nowMs,
    // The wait begins when Feishu has told its time: the clock here may be set.
    dueAtMs: step.kind === 'trash' ? null : nowMs,
  }))
  const count = countRecent(left, state) + added.length
  return { drop, add: added, stop: stopAfter(state, count > limitOf(view), [...left, ...added]) }
}

/** The number of changes that the rule's limit allows in 24 hours. */
export function limitOf({ copies }: Pick<FollowView, 'copies'>): number {
  return followLimit(new Set(copies.filter(({ isOurs }) => isOurs).map(({ path }) => path)).size)
}

/** When a person agreed last; 0 when that is yet to come, because the clock was ahead then: they are asked again. */
export function approvedAt(
  { followApprovedAtMs = 0 }: Pick<WatchRule, 'followApprovedAtMs'>,
  nowMs: number,
): number {
  return followApprovedAtMs > nowMs ? 0 : followApprovedAtMs
}

/** Checks whether a person has agreed to a step. */
export function isApproved({ plannedAtMs }: Pick<FollowStep, 'plannedAtMs'>, approvedAtMs: number) {
  return plannedAtMs <= approvedAtMs
}

/**
 * Checks whether one more call would be within the limit: deletions that waited for days may come due together.
 * @param state `nowMs` by Feishu's clock, as the ends of calls are
 */
export function hasRoom(
  steps: readonly FollowStep[],
  limit: number,
  { approvedAtMs, nowMs }: Pick<FollowState, 'approvedAtMs' | 'nowMs'>,
): boolean {
  const made = steps.filter(
    (step) =>
      !isApproved(step, approvedAtMs) &&
      (step.state === 'calling' ||
        (step.state === 'done' && (step.endedAtMs ?? nowMs) > nowMs - LIMIT_SPAN_MS)),
  )
  return made.length < limit
}

function fatesOf(view: FollowView): FatedFile[] {
  const held = new Map<string, KnownCopy>()
  const byToken = new Map<string, KnownCopy[]>()
  for (const copy of view.copies) {
    const before = held.get(copy.path)
    const isNewer = before === undefined || before.landedAtMs <= copy.landedAtMs
    if (isNewer && mayHold(view.fileAt(copy.path), copy)) held.set(copy.path, copy)
    const group = byToken.get(copy.token)
    if (group === undefined) byToken.set(copy.token, [copy])
    else group.push(copy)
  }
  return [...byToken.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const isOurs = group.every((copy) => copy.isOurs)
    const fate = fateOf(group, (copy) => held.get(copy.path) === copy, view)
    return [{ token: first.token, place: first.place, isOurs, fate }]
  })
}

/** Checks whether a path may hold what went up from there: by now it may be another file. */
function mayHold(seen: SeenFile | undefined, { hash }: KnownCopy): boolean {
  if (typeof seen !== 'object' || !('hash' in seen)) return true
  return seen.hash === null || hash === null || seen.hash === hash
}

/**
 * @param group the copies that share one file in Feishu
 * @param isLatest whether a copy is the latest of what its path holds, or held
 */
function fateOf(
  group: readonly KnownCopy[],
  isLatest: (copy: KnownCopy) => boolean,
  view: FollowView,
): Fate {
  const holders = group.map((copy) => ({ copy, seen: view.fileAt(copy.path) }))
  if (holders.some(({ seen }) => seen === 'busy')) return { kind: 'busy' }
  const here = holders.filter(({ seen }) => typeof seen === 'object' && 'hash' in seen)
  if (here.length > 0) return fateOfHeld(here.map(({ copy }) => copy).filter(isLatest), view)
  // An older version is no copy of what was deleted. A path that was never
  // seen has not been seen to go; one that a file was moved away from is like that.
  const gone = holders.flatMap(({ copy, seen }) =>
    typeof seen === 'object' && 'goneAtMs' in seen && isLatest(copy)
      ? [{ path: copy.path, atMs: seen.goneAtMs }]
      : [],
  )
  const [last] = gone.toSorted((a, b) => b.atMs - a.atMs)
  return last === undefined ? { kind: 'unclear' } : { kind: 'gone', ...last }
}

/** @param current the copies that files which are here have the content of */
function fateOfHeld(current: readonly KnownCopy[], view: FollowView): Fate {
  if (current.some((copy) => isInPlace(copy, view))) return { kind: 'stays' }
  const [first] = current.map(({ path }) => path).sort()
  if (first === undefined) return { kind: 'unclear' }
  const folders = view.foldersFor(first).at(-1) ?? []
  return { kind: 'moves', path: first, to: { folders, name: view.nameFor(first) } }
}

function isInPlace({ path, place: { folders, name } }: KnownCopy, view: FollowView): boolean {
  const key = JSON.stringify(folders)
  const isThere = view.foldersFor(path).some((each) => JSON.stringify(each) === key)
  return isThere && name === view.nameFor(path)
}

/** The step that a file needs by itself. */
function stepFor(
  { token, place, isOurs, fate }: FatedFile,
  { mayTrash }: FollowView,
  { sinceMs }: FollowState,
): WantedStep | undefined {
  if (!isOurs) return undefined
  if (fate.kind === 'moves') {
    return { kind: 'move', path: fate.path, fileToken: token, from: place, to: fate.to }
  }
  if (fate.kind !== 'gone' || !mayTrash || fate.atMs < sinceMs) return undefined
  return { kind: 'trash', path: fate.path, fileToken: token, from: place, to: null }
}

/**
 * A step that came to nothing is tried again once a person says so; for want of a right, which may have been granted
 * since, also by itself.
 */
function isStillOpen(step: FollowStep, { approvedAtMs, nowMs }: FollowState): boolean {
  if (!isRevised(step)) return false
  const { state, endedAtMs, error } = step
  if (state !== 'left') return true
  if ((endedAtMs ?? 0) <= approvedAtMs) return false
  return error === null || !isAboutRights(error) || nowMs - (endedAtMs ?? 0) < RIGHTS_EVERY_MS
}

/** Checks whether each look decides again about a step. A replacement is decided about when its file is. */
function isRevised({ kind, state }: FollowStep): boolean {
  return kind !== 'replace' && (state === 'planned' || state === 'left' || state === 'split')
}

/** Counts the changes of the last 24 hours that no person was asked about, planned or made. */
export function countRecent(
  steps: readonly FollowStep[],
  state: Pick<FollowState, 'nowMs' | 'serverNowMs' | 'approvedAtMs'>,
): number {
  return steps.filter(
    (step) =>
      step.state !== 'left' &&
      step.state !== 'split' &&
      isRecent(step, state) &&
      !isApproved(step, state.approvedAtMs),
  ).length
}

/** A replacement ends when it is planned, so its time is known by Feishu's clock, which cannot be set here. */
function isRecent(
  { kind, plannedAtMs, endedAtMs }: FollowStep,
  { nowMs, serverNowMs }: Pick<FollowState, 'nowMs' | 'serverNowMs'>,
): boolean {
  if (kind === 'replace' && endedAtMs !== null) return endedAtMs > serverNowMs - LIMIT_SPAN_MS
  return plannedAtMs > nowMs - LIMIT_SPAN_MS
}

function stopAfter(
  { stop, approvedAtMs, nowMs }: FollowState,
  isBeyond: boolean,
  steps: readonly (WantedStep & { readonly state?: FollowStep['state'] })[],
): FollowStop | null {
  const isPending = steps.some(({ state = 'planned' }) => state === 'planned')
  const stands = stop !== null && stop.atMs > approvedAtMs
  if (stands && (stop.kind === 'folder-changed' || isPending)) return stop
  return isBeyond && isPending ? { kind: 'limit', atMs: nowMs, paths: [] } : null
}

function keyed(step: FollowStep): [string, FollowStep] {
  return [keyOf(step), step]
}

function keyOf({ kind, fileToken, from, to }: WantedStep): string {
  return JSON.stringify([kind, fileToken, from, to])
}

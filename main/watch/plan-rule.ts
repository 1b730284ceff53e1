import { basename, join, resolve } from 'node:path'
import type { Clock } from '#main/lib/clock.ts'
import { errnoOf, isVanished, sourceError } from '#main/lib/errno.ts'
import { isPlaceholder } from '#main/lib/placeholder.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { LeftOut, WatchRule } from '#shared/model/watch-rule.ts'
import { addCalls, type CallCounts, uploadCost } from '#shared/transfer/call-cost.ts'
import type { SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import { RemoteLayout } from '#shared/transfer/remote-layout.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import { placeFor } from './hand-over/hand-over.ts'
import { hashVersion } from './judge/file-hash.ts'
import { judgeFile, type SettledFile, type Verdict } from './judge/judge-file.ts'
import type { FileIndex, TransferQueue } from './ports.ts'
import type { RuleContext } from './rule-context.ts'
import { compareFolder } from './scan/compare-folder.ts'
import { below, type FolderContent, type ListOptions, listFolder } from './scan/list-folder.ts'
import { Selection } from './scan/selection.ts'
import { whyLeftOut } from './scan/why-left-out.ts'
import { stampOf } from './settle/stamp.ts'

/** The action planned for one file or folder, and its reason. */
export type PlannedAction =
  | { readonly kind: 'upload'; readonly reason: 'new' | 'changed' }
  | {
      readonly kind: 'skip'
      readonly reason: 'known' | 'same' | 'moved' | 'copy' | 'baseline' | 'later'
    }
  | { readonly kind: 'leave-out'; readonly why: LeftOut }
  /** It can not be read. */
  | { readonly kind: 'fail'; readonly error: TransferError }
  /** It can not go where it belongs: the folder would be too full or too deep. */
  | { readonly kind: 'refuse'; readonly code: ErrorCode; readonly remote: readonly string[] }

export interface PlannedFile {
  /** Absolute path. */
  readonly path: string
  readonly relativePath: string
  readonly sizeBytes: number
  readonly action: PlannedAction
  /** Names below the destination that lead to it, its own last. Only for uploads. */
  readonly remotePath: readonly string[] | undefined
  readonly calls: CallCounts
}

export interface PlanRuleTools {
  readonly index: FileIndex
  readonly queue: Pick<TransferQueue, 'outcome'>
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Speed of one call as measured, where it is known. */
  readonly uplinkBytesPerSecond?: number
  readonly singleCallLimit?: SingleCallLimit
}

/**
 * Yields what a rule would do about every file right now, including remote folders that would be
 * too full or too deep. Sends and changes nothing; files that are not settled count as if they
 * were.
 */
export async function* planRule(
  rule: WatchRule,
  tools: PlanRuleTools,
): AsyncGenerator<PlannedFile> {
  const context = contextFor(rule, tools)
  const layout = new RemoteLayout({
    rootName: basename(context.root),
    overflow: rule.overflowFolders,
    places: context.scope.places(),
  })
  const claimed = new Set<string>()
  const stack = ['']
  for (let dir = stack.pop(); dir !== undefined; dir = stack.pop()) {
    tools.signal.throwIfAborted()
    const { root, selection } = context
    const listing = await listed(dir, { root, selection, followLinks: rule.followLinks })
    if (listing instanceof TransferError) {
      yield failed(dir, listing, root)
      continue
    }
    if (listing === undefined) continue
    yield* leftOut(dir, listing, context)
    for (const [name, error] of listing.failed) {
      const path = below(dir, name)
      yield failed(path, sourceError(error, join(root, path)), root)
    }
    yield* planFiles(dir, listing, context, layout, claimed, tools)
    const folders = [...listing.folders.keys()].sort().reverse()
    stack.push(...folders.map((name) => below(dir, name)))
  }
}

/** Returns what a folder holds, or the reason it cannot be read; undefined when it has vanished. */
async function listed(
  dir: string,
  options: ListOptions,
): Promise<FolderContent | TransferError | undefined> {
  try {
    return await listFolder(dir, options)
  } catch (error) {
    return isVanished(error) ? undefined : sourceError(error, join(options.root, dir))
  }
}

function failed(relativePath: string, error: TransferError, root: string): PlannedFile {
  const action = { kind: 'fail', error } as const
  const path = join(root, relativePath)
  return { path, relativePath, sizeBytes: 0, action, remotePath: undefined, calls: {} }
}

function contextFor(rule: WatchRule, { index, queue, clock, signal }: PlanRuleTools): RuleContext {
  const root = resolve(rule.folder)
  return {
    rule,
    root,
    scope: index.scope(root, rule.destination),
    selection: new Selection(rule),
    queue: { outcome: queue.outcome, enqueue: () => [] },
    clock,
    probe: async () => {},
    signal,
    onUnopened: () => {},
    isPlaceholder,
  }
}

async function* leftOut(
  dir: string,
  listing: FolderContent,
  { root, rule }: RuleContext,
): AsyncGenerator<PlannedFile> {
  for (const name of [...listing.leftOut.keys()].sort()) {
    const relativePath = below(dir, name)
    const path = join(root, relativePath)
    const why = await whyLeftOut(path, rule)
    if (why === undefined) continue
    const action = { kind: 'leave-out', why } as const
    yield { path, relativePath, sizeBytes: 0, action, remotePath: undefined, calls: {} }
  }
}

async function* planFiles(
  dir: string,
  listing: FolderContent,
  context: RuleContext,
  layout: RemoteLayout,
  claimed: Set<string>,
  tools: PlanRuleTools,
): AsyncGenerator<PlannedFile> {
  const { scope, clock } = context
  const { doubtful } = compareFolder(dir, listing, scope.directory(dir), context, clock.nowMs())
  const inDoubt = new Set(doubtful.map(({ file }) => file.name))
  for (const found of listing.files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const file: SettledFile = { ...found, dir, stamp: stampOf(found.stats) }
    const verdict = inDoubt.has(found.name)
      ? await judge(file, context, claimed)
      : ({ kind: 'nothing' } as const)
    if (verdict instanceof TransferError) {
      yield failed(below(dir, found.name), verdict, context.root)
      continue
    }
    yield planned(file, verdict, context, layout, claimed, tools)
  }
}

async function judge(
  file: SettledFile,
  context: RuleContext,
  claimed: ReadonlySet<string>,
): Promise<Verdict | TransferError> {
  const { root, signal } = context
  const hashOf = async ({ dir, name, stamp }: SettledFile) =>
    (await hashVersion(join(root, below(dir, name)), stamp, { signal })) ?? 'changing'
  try {
    return await judgeFile(file, context, { now: hashOf, soon: hashOf }, claimed)
  } catch (error) {
    if (signal.aborted || errnoOf(error) === undefined) throw error
    return sourceError(error, join(root, below(file.dir, file.name)))
  }
}

const SKIPPED = {
  nothing: 'known',
  same: 'same',
  baseline: 'baseline',
  moved: 'moved',
  copy: 'copy',
  later: 'later',
  recheck: 'later',
} as const

function planned(
  file: SettledFile,
  verdict: Verdict,
  { root, rule }: RuleContext,
  layout: RemoteLayout,
  claimed: Set<string>,
  { uplinkBytesPerSecond, singleCallLimit }: PlanRuleTools,
): PlannedFile {
  const relativePath = below(file.dir, file.name)
  const sizeBytes = Number(file.stats.size)
  const one = { path: join(root, relativePath), relativePath, sizeBytes }
  if (verdict.kind === 'moved') claimed.add(below(verdict.from.dir, verdict.from.file.name))
  if (verdict.kind !== 'upload') {
    const action = { kind: 'skip', reason: SKIPPED[verdict.kind] } as const
    return { ...one, action, remotePath: undefined, calls: {} }
  }
  const before = layout.folders
  const placement = placeFor(file.dir, verdict, rule, layout)
  if (placement.kind === 'refused') {
    const action = { kind: 'refuse', code: placement.code, remote: placement.folder } as const
    return { ...one, action, remotePath: undefined, calls: {} }
  }
  const made = layout.folders - before
  const upload = uploadCost(sizeBytes, uplinkBytesPerSecond, singleCallLimit)
  return {
    ...one,
    action: { kind: 'upload', reason: verdict.reason },
    remotePath: [...placement.remote, remoteName(file.name)],
    calls: made === 0 ? upload : addCalls(upload, { create_folder: made }),
  }
}

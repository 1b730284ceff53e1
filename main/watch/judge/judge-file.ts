import { join } from 'node:path'
import { isVanished } from '#main/lib/errno.ts'
import { type BigIntStats, lstat, readFolder } from '#main/lib/file-system.ts'
import type { IndexedFile, IndexedPlace, TransferOutcome } from '../ports.ts'
import { isBeginning, type RuleContext } from '../rule-context.ts'
import { isLeftAsItIs, isWantedAnyway } from '../scan/compare-folder.ts'
import { below, splitPath } from '../scan/list-folder.ts'
import { hasSameSizeAndTime, isWithoutCtime, stampOf, withoutCtime } from '../settle/stamp.ts'

/** A settled file that may have to be uploaded. */
export interface SettledFile {
  readonly dir: string
  readonly name: string
  readonly stamp: string
  readonly stats: BigIntStats
}

/** The action for a settled file. */
export type Verdict =
  | { readonly kind: 'nothing' }
  /** The content is the one that is known; only its stamp is new. */
  | { readonly kind: 'same'; readonly was: string }
  /** Its content has to be compared with `known`, which takes its time. */
  | { readonly kind: 'recheck'; readonly known: string; readonly was: string }
  | { readonly kind: 'baseline' }
  | { readonly kind: 'moved'; readonly from: IndexedPlace; readonly hash: string | null }
  | { readonly kind: 'copy'; readonly hash: string; readonly of: IndexedPlace }
  | {
      readonly kind: 'upload'
      readonly reason: 'new' | 'changed'
      readonly hash: string | null
      /** The row of a file that was moved here before it could be uploaded. */
      readonly instead?: IndexedPlace
      readonly before?: IndexedFile
    }
  | { readonly kind: 'later'; readonly why: 'moving' | 'checking' | 'changing' }

/** Finds out what files in doubt hold. */
export interface ContentHashes {
  /** At once, where that takes no time; undefined where it would. */
  now(file: SettledFile): Promise<string | 'changing' | undefined>
  /** Returns the hash, or finds it in the background when that takes time. */
  soon(file: SettledFile): Promise<string | 'checking' | 'changing'>
}

/**
 * Decides about one settled file, by its content when its stamp leaves a doubt. A file that a cloud
 * drive would have to download is not opened for that.
 * @param claimed paths of rows that other files have just taken over
 */
export async function judgeFile(
  file: SettledFile,
  context: RuleContext,
  hashes: ContentHashes,
  claimed: ReadonlySet<string>,
): Promise<Verdict> {
  const row = context.scope.file(file.dir, file.name)
  const isClaimed = claimed.has(below(file.dir, file.name))
  if (row !== undefined && !row.gone && !isClaimed) return judgeKnown(file, row, context, hashes)
  return judgeUnknown(file, context, hashes, claimed)
}

async function judgeKnown(
  file: SettledFile,
  row: IndexedFile,
  context: RuleContext,
  hashes: ContentHashes,
): Promise<Verdict> {
  const { rule, scope } = context
  const changed = { kind: 'upload', reason: 'changed', hash: null, before: row } as const
  if (isWantedAnyway(row, rule)) return { ...changed, reason: 'new' }
  if (row.stamp === file.stamp || isLeftAsItIs(row, rule)) return { kind: 'nothing' }
  if (isBaseline(file, context)) return { kind: 'baseline' }
  if (row.sizeBytes !== Number(file.stats.size)) return changed
  if (context.isPlaceholder(file.stats)) {
    return hasSameSizeAndTime(row.stamp, file.stamp) ? { kind: 'nothing' } : changed
  }
  const known = scope.hash(file.dir, file.name)
  if (known === null) return judgeUnhashed(file, row, context) ?? changed
  const hash = await hashes.now(file)
  if (hash === undefined) return { kind: 'recheck', known, was: row.stamp }
  if (hash === 'changing') return { kind: 'later', why: hash }
  return hash === known ? { kind: 'same', was: row.stamp } : { ...changed, hash }
}

/** There is no content to compare with. Undefined: it has to be taken for changed. */
function judgeUnhashed(
  file: SettledFile,
  row: IndexedFile,
  context: RuleContext,
): Verdict | undefined {
  if (!hasSameSizeAndTime(row.stamp, file.stamp)) return undefined
  // Its end tells which version went up, and that is compared with the file then.
  if (isOpen(row, context)) return { kind: 'nothing' }
  // The one is not wanted, and the other was last seen by a Feidi that kept no better stamp.
  const isTrusted = row.standing === 'baseline' || isWithoutCtime(row.stamp)
  return isTrusted ? { kind: 'same', was: row.stamp } : undefined
}

async function judgeUnknown(
  file: SettledFile,
  context: RuleContext,
  hashes: ContentHashes,
  claimed: ReadonlySet<string>,
): Promise<Verdict> {
  const { rule, scope } = context
  const isFree = (place: IndexedPlace) => !claimed.has(below(place.dir, place.file.name))
  const left = await leftPlaces(file, context, isFree)
  for (const place of left) {
    const verdict = verdictWithoutContent(place, file, context)
    if (verdict !== undefined) return verdict
  }
  let hash: string | null = null
  const mayBeKnown = left.length > 0 || rule.dedupe || scope.hasGoneOfSize(Number(file.stats.size))
  if (mayBeKnown && !context.isPlaceholder(file.stats)) {
    const found = await hashes.soon(file)
    if (found === 'checking' || found === 'changing') return { kind: 'later', why: found }
    hash = found
    const from = [...left, ...scope.goneWithContent(found).filter(isFree)].find(
      (place) => hashOfRow(place, context) === found,
    )
    if (from !== undefined) return verdictOnMove(from, found, context)
    const of = rule.dedupe ? scope.withContent(found) : undefined
    if (of !== undefined) return { kind: 'copy', hash: found, of }
  }
  if (isBaseline(file, context)) return { kind: 'baseline' }
  return { kind: 'upload', reason: 'new', hash }
}

/** The verdict on a file that seems to have been at another place, where its content does not matter. */
function verdictWithoutContent(
  from: IndexedPlace,
  file: SettledFile,
  context: RuleContext,
): Verdict | undefined {
  const { standing } = from.file
  if (isOpen(from.file, context)) return { kind: 'later', why: 'moving' }
  if (isWantedAnyway(from.file, context.rule) || standing === 'failed') {
    return { kind: 'upload', reason: 'new', hash: null, instead: from }
  }
  // None of it is uploaded. Its creation time tells that it was there before the rule.
  const isOlder = file.stats.birthtimeNs > 0n && isBefore(file.stats.birthtimeNs, context)
  return standing === 'baseline' && isOlder ? { kind: 'moved', from, hash: null } : undefined
}

/** The file at that place is this one by its content. Not all of them are up. */
function verdictOnMove(from: IndexedPlace, hash: string, context: RuleContext): Verdict {
  const { standing } = from.file
  const again = { kind: 'upload', reason: 'new', hash, instead: from } as const
  if (isWantedAnyway(from.file, context.rule) || standing === 'failed') return again
  if (isOpen(from.file, context)) return { kind: 'later', why: 'moving' }
  return standing === 'queued' && outcomeOf(from.file, context).kind !== 'done'
    ? again
    : { kind: 'moved', from, hash }
}

function outcomeOf({ transferId }: IndexedFile, { queue }: RuleContext): TransferOutcome {
  return transferId === null ? { kind: 'unknown' } : queue.outcome(transferId)
}

/** Its upload is still to come, or under way. */
function isOpen(row: IndexedFile, context: RuleContext): boolean {
  return row.standing === 'queued' && outcomeOf(row, context).kind === 'open'
}

/** The hash of what is up, although the index may not have been told yet. */
function hashOfRow({ dir, file }: IndexedPlace, context: RuleContext): string | null {
  const outcome = outcomeOf(file, context)
  return outcome.kind === 'done' ? outcome.contentHash : context.scope.hash(dir, file.name)
}

/** Places that a file may have been at before, by its number, size and mtime, and is no longer. */
async function leftPlaces(
  file: SettledFile,
  context: RuleContext,
  isFree: (place: IndexedPlace) => boolean,
): Promise<IndexedPlace[]> {
  const places: IndexedPlace[] = []
  for (const place of context.scope.withFile(withoutCtime(file.stamp)).filter(isFree)) {
    if (place.file.gone || (await isVacated(place, file, context.root))) places.push(place)
  }
  return places
}

/** Checks whether the file that was at a path is no longer there. */
async function isVacated(
  { dir, file: row }: IndexedPlace,
  file: SettledFile,
  root: string,
): Promise<boolean> {
  const path = below(dir, row.name)
  try {
    const stats = await lstat(join(root, path))
    if (stats.ino !== file.stats.ino) return true
    if (stampOf(stats) !== file.stamp || stats.nlink > 1n) return false
    // One file under two names without a second link: the file system takes them for the same name,
    // as after a renaming that changed only the case. The listing has the true one.
    const entries = await readFolder(join(root, splitPath(path).dir))
    return !entries.some(({ name }) => name === row.name)
  } catch (error) {
    return isVanished(error)
  }
}

const NS_PER_MS = 1_000_000n

/**
 * Checks whether a file was in its place before its `only-new` rule began. It need not be at rest
 * for that.
 */
export function isBaseline({ stats }: Pick<SettledFile, 'stats'>, context: RuleContext): boolean {
  return isBeginning(context) && isBefore(stats.ctimeNs, context)
}

function isBefore(timeNs: bigint, { rule }: RuleContext): boolean {
  return timeNs / NS_PER_MS <= BigInt(Math.trunc(rule.createdAtMs))
}

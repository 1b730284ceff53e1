import { join } from 'node:path'
import { isVanished } from '#main/lib/errno.ts'
import { type BigIntStats, lstat, readFolder } from '#main/lib/file-system.ts'
import { isWantedAnyway } from './compare-folder.ts'
import { below, splitPath } from './list-folder.ts'
import type { IndexedFile, IndexedPlace } from './ports.ts'
import { isBeginning, type RuleContext } from './rule-context.ts'
import { stampOf } from './stamp.ts'

/** A settled file that may have to be uploaded. */
export interface SettledFile {
  readonly dir: string
  readonly name: string
  readonly stamp: string
  readonly stats: BigIntStats
}

/** What is to be done about a settled file. */
export type Verdict =
  | { readonly kind: 'nothing' }
  /** The content is the one that is known; only its stamp is new. */
  | { readonly kind: 'same' }
  | { readonly kind: 'baseline' }
  | { readonly kind: 'moved'; readonly from: IndexedPlace; readonly hash: string | null }
  | { readonly kind: 'copy'; readonly hash: string }
  | {
      readonly kind: 'upload'
      readonly reason: 'new' | 'changed'
      readonly hash: string | null
      /** The row of a file that was moved here before it could be uploaded. */
      readonly instead?: IndexedPlace
      readonly before?: IndexedFile
    }
  | { readonly kind: 'later'; readonly why: 'moving' | 'checking' | 'changing' }

/** Finds out the hash of a file's content; a big file takes its time in the background. */
export type HashOf = (file: SettledFile) => Promise<string | 'checking' | 'changing'>

/**
 * Decides about one settled file. Reads its content only where its stamp leaves a doubt.
 * @param claimed paths of rows that other files have taken over a moment ago
 */
export async function judgeFile(
  file: SettledFile,
  context: RuleContext,
  hashOf: HashOf,
  claimed: ReadonlySet<string>,
): Promise<Verdict> {
  const row = context.scope.file(file.dir, file.name)
  const isClaimed = claimed.has(below(file.dir, file.name))
  if (row !== undefined && !row.gone && !isClaimed) return judgeKnown(file, row, context, hashOf)
  return judgeUnknown(file, context, hashOf, claimed)
}

async function judgeKnown(
  file: SettledFile,
  row: IndexedFile,
  context: RuleContext,
  hashOf: HashOf,
): Promise<Verdict> {
  const { rule, scope } = context
  if (isWantedAnyway(row, rule)) return { kind: 'upload', reason: 'new', hash: null, before: row }
  if (row.stamp === file.stamp) return { kind: 'nothing' }
  if (rule.onChange === 'ignore' && row.standing !== 'failed') return { kind: 'same' }
  if (isBaseline(file, context)) return { kind: 'baseline' }
  const known = row.sizeBytes === Number(file.stats.size) ? scope.hash(file.dir, file.name) : null
  if (known === null) {
    if (differOnlyInInode(row.stamp, file.stamp)) return { kind: 'same' }
    return { kind: 'upload', reason: 'changed', hash: null, before: row }
  }
  const hash = await hashOf(file)
  if (hash === 'checking' || hash === 'changing') return { kind: 'later', why: hash }
  if (hash === known) return { kind: 'same' }
  return { kind: 'upload', reason: 'changed', hash, before: row }
}

async function judgeUnknown(
  file: SettledFile,
  context: RuleContext,
  hashOf: HashOf,
  claimed: ReadonlySet<string>,
): Promise<Verdict> {
  const { rule, scope } = context
  const isFree = (place: IndexedPlace) => !claimed.has(below(place.dir, place.file.name))
  const byStamp = await movedFrom(file, context, isFree)
  if (byStamp !== undefined) {
    return verdictOnMove(byStamp, scope.hash(byStamp.dir, byStamp.file.name), context)
  }
  const vanished = scope.goneWithSize(Number(file.stats.size)).filter(isFree)
  let hash: string | null = null
  if (vanished.length > 0 || rule.dedupe) {
    const found = await hashOf(file)
    if (found === 'checking' || found === 'changing') return { kind: 'later', why: found }
    hash = found
    const from = vanished.find((place) => place.hash === found)
    if (from !== undefined) return verdictOnMove(from, found, context)
    if (rule.dedupe && scope.hasContent(found)) return { kind: 'copy', hash: found }
  }
  if (isBaseline(file, context)) return { kind: 'baseline' }
  return { kind: 'upload', reason: 'new', hash }
}

/** What is not up yet can not follow its file; the transfer's end says which it is. */
function verdictOnMove(from: IndexedPlace, hash: string | null, context: RuleContext): Verdict {
  const { standing, transferId } = from.file
  if (isWantedAnyway(from.file, context.rule) || standing === 'failed') {
    return { kind: 'upload', reason: 'new', hash, instead: from }
  }
  if (standing !== 'queued') return { kind: 'moved', from, hash }
  const outcome = transferId === null ? 'unknown' : context.queue.outcome(transferId).kind
  if (outcome === 'open') return { kind: 'later', why: 'moving' }
  if (outcome === 'done') return { kind: 'moved', from, hash }
  return { kind: 'upload', reason: 'new', hash, instead: from }
}

async function movedFrom(
  file: SettledFile,
  context: RuleContext,
  isFree: (place: IndexedPlace) => boolean,
): Promise<IndexedPlace | undefined> {
  for (const place of context.scope.withStamp(file.stamp).filter(isFree)) {
    const isItself = place.dir === file.dir && place.file.name === file.name
    if (isItself || place.file.gone || (await isVacated(place, context.root))) return place
  }
  return undefined
}

/** Whether the file that was at a path is no longer there. */
async function isVacated({ dir, file }: IndexedPlace, root: string): Promise<boolean> {
  const path = below(dir, file.name)
  try {
    const stats = await lstat(join(root, path))
    const [inode] = file.stamp.split('.')
    if (stats.ino.toString(36) !== inode) return true
    if (stampOf(stats) !== file.stamp || stats.nlink > 1n) return false
    // One file under two names without a second link: the file system takes them for the same name,
    // as after a renaming that changed only the case. The listing has the true one.
    const entries = await readFolder(join(root, splitPath(path).dir))
    return !entries.some(({ name }) => name === file.name)
  } catch (error) {
    return isVanished(error)
  }
}

/** The number of a file changes when some drives are plugged in again, or it is restored. */
function differOnlyInInode(a: string, b: string): boolean {
  return a.slice(a.indexOf('.')) === b.slice(b.indexOf('.'))
}

const NS_PER_MS = 1_000_000n

/** Whether a file was where it is before its `only-new` rule began. It need not be at rest for that. */
export function isBaseline({ stats }: Pick<SettledFile, 'stats'>, context: RuleContext): boolean {
  if (!isBeginning(context)) return false
  return stats.ctimeNs / NS_PER_MS <= BigInt(Math.trunc(context.rule.createdAtMs))
}

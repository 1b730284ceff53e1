import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { IndexChange, IndexedDirectory, IndexedFile } from '../ports.ts'
import type { RuleContext } from '../rule-context.ts'
import { hasSameSizeAndTime, isWithoutCtime, stampOf, withoutCtime } from '../settle/stamp.ts'
import type { FolderContent, FoundFile } from './list-folder.ts'

export interface Comparison {
  /** Changes to note right away. */
  readonly changes: IndexChange[]
  /** Files that are new, or different from what is known: to be looked at once they are settled. */
  readonly doubtful: {
    readonly file: FoundFile
    readonly stamp: string
    readonly isKnown: boolean
  }[]
}

/** Compares what a folder holds with what is known of it. Reads no file and decides nothing. */
export function compareFolder(
  dir: string,
  listing: FolderContent,
  known: IndexedDirectory,
  { rule, isPlaceholder }: Pick<RuleContext, 'rule' | 'isPlaceholder'>,
  nowMs: number,
): Comparison {
  const changes: IndexChange[] = []
  const doubtful: Comparison['doubtful'] = []
  // Entries that cannot be looked at are taken as unchanged.
  const unclear = new Set([...listing.leftOut.keys(), ...listing.failed.keys()])
  const present = new Set(unclear)
  for (const file of listing.files) {
    present.add(file.name)
    const stamp = stampOf(file.stats)
    const row = known.files.get(file.name)
    const isKnown = row !== undefined && !row.gone
    if (row === undefined || isWantedAnyway(row, rule)) doubtful.push({ file, stamp, isKnown })
    else if (isSameVersion(row, stamp)) {
      if (!row.gone && row.stamp === stamp) continue
      changes.push({ kind: 'restamp', dir, name: file.name, stamp, was: row.stamp })
    } else if (isKnown && isLeftAsItIs(row, rule)) continue
    else if (isKnown && isPlaceholder(file.stats) && hasSameSizeAndTime(row.stamp, stamp)) continue
    else doubtful.push({ file, stamp, isKnown })
  }
  for (const row of known.files.values()) {
    if (!row.gone && !present.has(row.name)) {
      changes.push({ kind: 'gone', dir, name: row.name, atMs: nowMs })
    }
  }
  for (const name of known.folders) {
    if (!listing.folders.has(name) && !unclear.has(name)) {
      changes.push({ kind: 'folder-gone', dir: dir === '' ? name : `${dir}/${name}`, atMs: nowMs })
    }
  }
  return { changes, doubtful }
}

/** A stamp from before the ctime was part of it is completed once, without reading the file. */
function isSameVersion(row: IndexedFile, stamp: string): boolean {
  if (row.stamp === stamp) return true
  return !row.gone && isWithoutCtime(row.stamp) && row.stamp === withoutCtime(stamp)
}

/**
 * Checks whether a row is left as it is. It still tells which version is uploaded, so the stamp
 * stays.
 */
export function isLeftAsItIs({ standing }: IndexedFile, rule: WatchRule): boolean {
  return rule.onChange === 'ignore' && standing !== 'failed'
}

/** The rule no longer leaves out what it left out before. */
export function isWantedAnyway({ standing }: IndexedFile, rule: WatchRule): boolean {
  return (
    (standing === 'baseline' && rule.initialFiles === 'upload') ||
    (standing === 'copy' && !rule.dedupe)
  )
}

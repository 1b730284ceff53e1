import { relative, resolve, sep } from 'node:path'
import { isVanished } from '#main/lib/errno.ts'
import { type BigIntStats, lstat, stat } from '#main/lib/file-system.ts'
import { sensitivityOf } from '#main/lib/sensitive-file.ts'
import type { LeftOut, WatchRule } from '#shared/model/watch-rule.ts'
import { controlFileOf } from './half-downloads.ts'
import { below, splitPath, whyNotFollow } from './list-folder.ts'
import { Selection } from './selection.ts'

/**
 * Returns the reason a rule leaves a file or folder out; undefined when it is taken. For previews.
 */
export async function whyLeftOut(path: string, rule: WatchRule): Promise<LeftOut | undefined> {
  const root = resolve(rule.folder)
  const inside = relative(root, resolve(path))
  if (inside === '') return undefined
  if (inside === '..' || inside.startsWith(`..${sep}`)) return { kind: 'outside' }
  const names = inside.split(sep)
  const selection = new Selection(rule)
  let dir = ''
  for (const name of names.slice(0, -1)) {
    const reason = await whyNot(root, below(dir, name), rule, selection)
    if (reason !== undefined) return reason
    dir = below(dir, name)
  }
  return whyNot(root, names.join('/'), rule, selection)
}

/** As `whyLeftOut`, for something in a folder that is taken. `path` is below the rule's folder. */
export async function whyNot(
  root: string,
  path: string,
  { followLinks }: Pick<WatchRule, 'followLinks'>,
  selection: Selection,
): Promise<LeftOut | undefined> {
  const { dir, name } = splitPath(path)
  const full = resolve(root, path)
  let stats = await lstat(full).catch(asLeftOut)
  if ('kind' in stats) return stats
  if (stats.isSymbolicLink()) {
    if (!followLinks) return { kind: 'link' }
    const reason = await whyNotFollow(dir, name, root)
    if (reason !== undefined) return reason
    stats = await stat(full).catch(asLeftOut)
  }
  if ('kind' in stats) return stats
  const control = await lstat(controlFileOf(full)).catch(() => undefined)
  if (control !== undefined) return { kind: 'downloading' }
  if (stats.isDirectory()) return selection.whyNotFolder(path)
  if (!stats.isFile()) return { kind: 'not-a-file' }
  return selection.whyNotFile(path, Number(stats.size)) ?? whyNotShared(full, stats, selection)
}

function asLeftOut(error: unknown): LeftOut {
  return { kind: isVanished(error) ? 'missing' : 'unreadable' }
}

async function whyNotShared(
  path: string,
  { size }: BigIntStats,
  { leavesOutSensitive }: Selection,
): Promise<LeftOut | undefined> {
  if (!leavesOutSensitive) return undefined
  return (await sensitivityOf(path, Number(size))) && { kind: 'sensitive' }
}

import { join, relative, sep } from 'node:path'
import { diskMeaning } from '#main/lib/errno.ts'
import { type BigIntStats, lookAtEach, readFolder, realpath } from '#main/lib/file-system.ts'
import { isInside } from '#main/lib/is-inside.ts'
import { isPlaceholder } from '#main/lib/placeholder.ts'
import { sensitivityOf } from '#main/lib/sensitive-file.ts'
import { suspicionOf } from '#shared/model/sensitive.ts'
import type { LeftOut } from '#shared/model/watch-rule.ts'
import { mayHaveLostBytes } from '#shared/transfer/lost-bytes.ts'
import { controlFileOf } from './half-downloads.ts'
import type { Selection } from './selection.ts'

export interface FoundFile {
  readonly name: string
  readonly stats: BigIntStats
}

export interface FolderContent {
  readonly files: readonly FoundFile[]
  /** Names of folders to go into; one that is a link comes with where it leads, below the rule's folder. */
  readonly folders: ReadonlyMap<string, string | undefined>
  /** The targets of files that are links, below the rule's folder. */
  readonly fileLinks: ReadonlyMap<string, string>
  /** Names of what is there as well, but left out. */
  readonly leftOut: ReadonlyMap<string, { readonly isFolder: boolean }>
  /** Names of links that are not followed, and of what is neither file nor folder. */
  readonly others: readonly string[]
  /** Names that are not valid text, as far as they can be shown; what they name can not be opened. */
  readonly misnamed: readonly string[]
  /** Entries that are there and cannot be looked at, with the system's error. */
  readonly failed: ReadonlyMap<string, unknown>
}

export interface ListOptions {
  /** Absolute path of the rule's folder. */
  readonly root: string
  readonly selection: Selection
  readonly followLinks: boolean
}

/**
 * Returns what a folder holds that the rule is about. Rejects with the system's error when the
 * folder itself cannot be read. Only a file that vanishes meanwhile is simply left out.
 */
export async function listFolder(dir: string, options: ListOptions): Promise<FolderContent> {
  const folder = join(options.root, dir)
  const entries = await readFolder(folder)
  const folders = new Map<string, string | undefined>()
  const fileLinks = new Map<string, string>()
  const leftOut = new Map<string, { isFolder: boolean }>()
  const names: string[] = []
  const links: string[] = []
  const others: string[] = []
  const all = new Set(entries.map(({ name }) => name))
  for (const entry of entries) {
    if (all.has(controlFileOf(entry.name))) {
      leftOut.set(entry.name, { isFolder: entry.isDirectory() })
    } else if (entry.isDirectory()) {
      const isTaken = options.selection.takesFolder(below(dir, entry.name))
      if (isTaken) folders.set(entry.name, undefined)
      else leftOut.set(entry.name, { isFolder: true })
    } else if (entry.isSymbolicLink()) links.push(entry.name)
    else if (entry.isFile()) names.push(entry.name)
    else others.push(entry.name)
  }
  const misnamed = await misnamedIn(folder, [...names, ...folders.keys()])
  for (const name of misnamed) folders.delete(name)
  const looks = await lookAtEach(folder, names, { follows: false })
  const files = [...looks.found].map(([name, stats]) => ({ name, stats }))
  const failed = new Map<string, unknown>(looks.failed)
  if (options.followLinks)
    await followAll(dir, links, options, { files, folders, fileLinks, failed })
  // Its size is not known; its name may be enough to leave it out.
  for (const name of failed.keys()) {
    if (!options.selection.takesFile(below(dir, name), Number.NaN)) {
      failed.delete(name)
      leftOut.set(name, { isFolder: false })
    }
  }
  const followed = new Set([...files.map(({ name }) => name), ...folders.keys(), ...failed.keys()])
  others.push(...links.filter((name) => !followed.has(name)))
  const wanted = files.filter(({ name, stats }) => {
    const isTaken = options.selection.takesFile(below(dir, name), Number(stats.size))
    if (!isTaken) leftOut.set(name, { isFolder: false })
    return isTaken
  })
  for (const name of await sensitiveAmong(folder, wanted, options.selection)) {
    leftOut.set(name, { isFolder: false })
  }
  const taken = wanted.filter(({ name }) => !leftOut.has(name))
  return { files: taken, folders, fileLinks, leftOut, others, misnamed, failed }
}

/** Names of files that may hold keys or passwords, where the rule leaves those out. */
async function sensitiveAmong(
  folder: string,
  files: readonly FoundFile[],
  { leavesOutSensitive }: Selection,
): Promise<string[]> {
  if (!leavesOutSensitive) return []
  const found: string[] = []
  for (const { name, stats } of files) {
    const path = join(folder, name)
    const suspicion = suspicionOf(path)
    if (suspicion === undefined) continue
    // Not worth a download: what its name says has to do.
    const isSensitive =
      isPlaceholder(stats) || (await sensitivityOf(path, Number(stats.size))) !== undefined
    if (isSensitive) found.push(name)
  }
  return found
}

/** The path of something in a folder; `dir` is '' for the rule's folder. */
export function below(dir: string, name: string): string {
  return dir === '' ? name : `${dir}/${name}`
}

/** The folder and the name of a relative path. */
export function splitPath(path: string): { dir: string; name: string } {
  const slash = path.lastIndexOf('/')
  return { dir: slash < 0 ? '' : path.slice(0, slash), name: path.slice(slash + 1) }
}

async function misnamedIn(folder: string, names: readonly string[]): Promise<string[]> {
  const suspects = names.filter(mayHaveLostBytes)
  if (suspects.length === 0) return []
  const { found, failed } = await lookAtEach(folder, suspects, { follows: false })
  return suspects.filter((name) => !found.has(name) && !failed.has(name))
}

interface Found {
  readonly files: FoundFile[]
  readonly folders: Map<string, string | undefined>
  readonly fileLinks: Map<string, string>
  readonly failed: Map<string, unknown>
}

async function followAll(
  dir: string,
  links: readonly string[],
  options: ListOptions,
  { files, folders, fileLinks, failed }: Found,
): Promise<void> {
  const targets = new Map<string, string>()
  for (const name of links) {
    const followed = await follow(dir, name, options.root)
    if (followed.kind === 'target') targets.set(name, followed.path)
    else if (followed.kind === 'unreadable') failed.set(name, followed.error)
  }
  const looks = await lookAtEach(join(options.root, dir), [...targets.keys()], { follows: true })
  for (const [name, stats] of looks.found) {
    const target = targets.get(name) ?? ''
    if (stats.isFile()) {
      files.push({ name, stats })
      fileLinks.set(name, target)
    } else if (stats.isDirectory() && options.selection.takesFolder(below(dir, name))) {
      folders.set(name, target)
    }
  }
  for (const [name, error] of looks.failed) failed.set(name, error)
}

/** The target of a link, or the reason it is not followed although the rule asks for it. */
type Followed =
  /** Below the rule's folder as it really is. */
  | { readonly kind: 'target'; readonly path: string }
  | { readonly kind: 'not'; readonly why: LeftOut }
  | { readonly kind: 'unreadable'; readonly error: unknown }

/**
 * Only links that lie in the folder themselves are followed: one inside a followed folder is met
 * again where that folder really is.
 */
async function follow(dir: string, name: string, root: string): Promise<Followed> {
  try {
    const [realRoot, realDir] = await Promise.all([realpath(root), realpath(join(root, dir))])
    const path = await realpath(join(root, dir, name))
    if (!isInside(path, realRoot)) return { kind: 'not', why: { kind: 'link-leads-out' } }
    const isInFollowedFolder = realDir !== join(realRoot, dir)
    if (isInFollowedFolder || isInside(realDir, path)) {
      return { kind: 'not', why: { kind: 'link-loop' } }
    }
    return { kind: 'target', path: relative(realRoot, path).split(sep).join('/') }
  } catch (error) {
    const meaning = diskMeaning(error)
    if (meaning === 'link') return { kind: 'not', why: { kind: 'link-loop' } }
    if (meaning === 'vanished') return { kind: 'not', why: { kind: 'missing' } }
    return { kind: 'unreadable', error }
  }
}

/** Returns the reason a link is not followed; undefined when it is. */
export async function whyNotFollow(
  dir: string,
  name: string,
  root: string,
): Promise<LeftOut | undefined> {
  const followed = await follow(dir, name, root)
  if (followed.kind === 'target') return undefined
  return followed.kind === 'not' ? followed.why : { kind: 'unreadable' }
}

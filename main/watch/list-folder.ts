import { type BigIntStats, lstat, stat } from 'node:fs'
import { readdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { LeftOut } from '#shared/model/watch-rule.ts'
import { mayHaveLostBytes } from '#shared/transfer/lost-bytes.ts'
import { controlFileOf } from './half-downloads.ts'
import { isInside } from './is-inside.ts'
import type { Selection } from './selection.ts'

/** Files asked for at a time: enough to keep the disk busy, few enough to stay light. */
const STATS_AT_A_TIME = 32

export interface FoundFile {
  readonly name: string
  readonly stats: BigIntStats
}

export interface Listing {
  readonly files: readonly FoundFile[]
  /** Names of folders to go into; the value says that it is a link. */
  readonly folders: ReadonlyMap<string, { readonly isLink: boolean }>
  /** Names of what is there as well, but left out. */
  readonly leftOut: ReadonlyMap<string, { readonly isFolder: boolean }>
  /** Names of links that are not followed, and of what is neither file nor folder. */
  readonly others: readonly string[]
  /** Names that are not valid text, as far as they can be shown; what they name can not be opened. */
  readonly misnamed: readonly string[]
}

export interface ListOptions {
  /** Absolute path of the rule's folder. */
  readonly root: string
  readonly selection: Selection
  readonly followLinks: boolean
}

/**
 * What a folder holds that the rule is about. Rejects with the system's error when the folder itself
 * can not be read; a file that vanishes meanwhile is simply not there.
 */
export async function listFolder(dir: string, options: ListOptions): Promise<Listing> {
  const folder = join(options.root, dir)
  const entries = await readdir(folder, { withFileTypes: true })
  const folders = new Map<string, { isLink: boolean }>()
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
      if (isTaken) folders.set(entry.name, { isLink: false })
      else leftOut.set(entry.name, { isFolder: true })
    } else if (entry.isSymbolicLink()) links.push(entry.name)
    else if (entry.isFile()) names.push(entry.name)
    else others.push(entry.name)
  }
  const misnamed = await misnamedIn(folder, [...names, ...folders.keys()])
  for (const name of misnamed) folders.delete(name)
  const files = await statAll(folder, names, lstat)
  if (options.followLinks && links.length > 0) await followAll(dir, links, options, files, folders)
  const followed = new Set([...files.map(({ name }) => name), ...folders.keys()])
  others.push(...links.filter((name) => !followed.has(name)))
  const wanted = files.filter(({ name, stats }) => {
    const isTaken = options.selection.takesFile(below(dir, name), Number(stats.size))
    if (!isTaken) leftOut.set(name, { isFolder: false })
    return isTaken
  })
  return { files: wanted, folders, leftOut, others, misnamed }
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
  const found = new Set((await statAll(folder, suspects, lstat)).map(({ name }) => name))
  return suspects.filter((name) => !found.has(name))
}

type Stat = (
  path: string,
  options: { bigint: true },
  done: (error: NodeJS.ErrnoException | null, stats: BigIntStats) => void,
) => void

/** Callbacks rather than promises: for 100,000 files that is a quarter of the time. */
function statAll(folder: string, names: readonly string[], ask: Stat): Promise<FoundFile[]> {
  return new Promise((resolve) => {
    const found: FoundFile[] = []
    let next = 0
    let open = 0
    const askNext = () => {
      const name = names[next++]
      if (name === undefined) {
        if (open === 0) resolve(found)
        return
      }
      open += 1
      ask(folder + sep + name, { bigint: true }, (error, stats) => {
        open -= 1
        if (error === null) found.push({ name, stats })
        askNext()
      })
    }
    for (let lane = 0; lane < STATS_AT_A_TIME && next <= names.length; lane++) askNext()
  })
}

async function followAll(
  dir: string,
  links: readonly string[],
  options: ListOptions,
  files: FoundFile[],
  folders: Map<string, { isLink: boolean }>,
): Promise<void> {
  const targets: string[] = []
  for (const name of links) {
    if ((await whyNotFollow(dir, name, options.root)) === undefined) targets.push(name)
  }
  for (const found of await statAll(join(options.root, dir), targets, stat)) {
    if (found.stats.isFile()) files.push(found)
    else if (found.stats.isDirectory() && options.selection.takesFolder(below(dir, found.name))) {
      folders.set(found.name, { isLink: true })
    }
  }
}

/**
 * Why a link is not followed although the rule asks for it. Only links that lie in the folder
 * themselves are: one inside a followed folder is met again where that folder really is.
 */
export async function whyNotFollow(
  dir: string,
  name: string,
  root: string,
): Promise<LeftOut | undefined> {
  try {
    const [realRoot, realDir] = await Promise.all([realpath(root), realpath(join(root, dir))])
    const target = await realpath(join(root, dir, name))
    if (!isInside(target, realRoot)) return { kind: 'link-leads-out' }
    const isInFollowedFolder = realDir !== join(realRoot, dir)
    if (isInFollowedFolder || isInside(realDir, target)) return { kind: 'link-loop' }
    return undefined
  } catch (error) {
    const isLoop = (error as NodeJS.ErrnoException).code === 'ELOOP'
    return { kind: isLoop ? 'link-loop' : 'missing' }
  }
}

import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { diskMeaning, errnoOf } from '#main/lib/errno.ts'
import type { DirectoryEvents } from '../notice/directory-events.ts'
import type { IndexChange } from '../ports.ts'
import type { RuleContext } from '../rule-context.ts'
import { type Comparison, compareFolder } from './compare-folder.ts'
import type { DiskTroubles } from './disk-troubles.ts'
import { below, type FolderContent, listFolder, splitPath } from './list-folder.ts'

/** While the system has too much open, a folder is tried so often, with pauses that double. */
const TRIES = 5
const FIRST_TRY_MS = 100

/** The most failed files of one folder that are named; beyond that, the folder itself is. */
const MOST_NAMED = 20

/** Rows a commit. */
const CHANGES_AT_A_TIME = 500

export type ScanResult =
  | {
      readonly kind: 'scanned'
      readonly doubtful: Comparison['doubtful']
      /** Folders in it: all of them, and those among them that were never looked at. */
      readonly folders: readonly string[]
      readonly newFolders: readonly string[]
    }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed' }

interface Held {
  readonly files: number
  readonly leftOut: number
}

/** Looks at folders of a rule, one at a time, and keeps the index and the watches in step with them. */
export class FolderScan {
  readonly #context: RuleContext
  readonly #onMisnamed: (path: string) => void
  /** The counts of each folder at the last look. */
  readonly #held = new Map<string, Held>()
  /** Folders that are links, with where they lead. */
  readonly #links = new Map<string, string>()
  /** Folders with links to files, and the folders these are in. */
  readonly #linkedFolders = new Map<string, ReadonlySet<string>>()
  readonly #troubles: DiskTroubles
  /** Folders that can be read but tell no events. */
  readonly deaf = new Set<string>()
  /** Undefined while nothing is watched: when polling, or after too many watches. */
  events: DirectoryEvents | undefined
  /** All files of the rule, as far as they have been seen. */
  files = 0
  /** Files and folders that the rule leaves out; what is in such a folder is not looked at. */
  leftOut = 0

  /** @param onMisnamed is told the absolute path, as far as it can be shown */
  constructor(context: RuleContext, troubles: DiskTroubles, onMisnamed: (path: string) => void) {
    this.#context = context
    this.#troubles = troubles
    this.#onMisnamed = onMisnamed
  }

  /** Checks whether the folder could be read at the last look. */
  has(dir: string): boolean {
    return this.#held.has(dir)
  }

  /** The folders that could be read at the last look, '' for the rule's own. */
  get folders(): string[] {
    return [...this.#held.keys()]
  }

  /** Folders with links to files of these folders: what happens to a file makes no event at its link. */
  linksInto(dirs: readonly string[]): string[] {
    return [...this.#linkedFolders]
      .filter(([, targets]) => dirs.some((dir) => targets.has(dir)))
      .map(([dir]) => dir)
  }

  /** Whatever is wrong with the folder is noted; rejects when our own state can not be written. */
  async scan(dir: string): Promise<ScanResult> {
    const listing = await this.#list(dir)
    if (typeof listing === 'string') return { kind: listing }
    this.#troubles.looked(dir, badIn(dir, listing))
    const { scope, clock } = this.#context
    const known = scope.directory(dir)
    const { changes, doubtful } = compareFolder(dir, listing, known, this.#context, clock.nowMs())
    await this.#apply(changes)
    for (const name of listing.misnamed) {
      this.#onMisnamed(join(this.#context.root, dir, name))
    }
    const folders = [...listing.folders.keys()].map((name) => below(dir, name))
    this.#noteLinks(dir, listing)
    const newFolders = folders.filter((folder) => !this.#held.has(folder))
    this.#count(dir, { files: listing.files.length, leftOut: listing.leftOut.size })
    return { kind: 'scanned', doubtful, folders, newFolders }
  }

  /** After everything was looked at: what was not there any more is no longer watched. */
  keepOnly(seen: ReadonlySet<string>): void {
    for (const dir of [...this.#held.keys()]) if (!seen.has(dir)) this.#forget(dir)
    this.#troubles.keepOnly(seen)
  }

  forgetAll(): void {
    for (const dir of [...this.#held.keys()]) this.#forget(dir)
    this.#troubles.clear()
  }

  async #list(dir: string): Promise<FolderContent | 'missing' | 'failed'> {
    try {
      return await this.#patiently(() => this.#read(dir))
    } catch (error) {
      if (this.#context.signal.aborted || errnoOf(error) === undefined) throw error
      // Its content is looked at as if it were new once it can be read again.
      this.#forgetTree(dir)
      const isMissing = diskMeaning(error) === 'vanished'
      this.#troubles.looked(dir, isMissing ? new Map() : new Map([[dir, error]]))
      return isMissing ? 'missing' : 'failed'
    }
  }

  async #read(dir: string): Promise<FolderContent> {
    const { root, selection, rule } = this.#context
    // Watched first, then read: what happens in between makes an event.
    const isWatched = await this.events?.watch(join(root, dir), { isLink: this.#links.has(dir) })
    const listing = await listFolder(dir, { root, selection, followLinks: rule.followLinks })
    if (isWatched === false) this.deaf.add(dir)
    else this.deaf.delete(dir)
    return listing
  }

  async #patiently<T>(read: () => Promise<T>): Promise<T> {
    const { clock, signal } = this.#context
    for (let tries = 1; ; tries++) {
      try {
        return await read()
      } catch (error) {
        if (diskMeaning(error) !== 'exhausted' || tries === TRIES) throw error
        await clock.sleep(FIRST_TRY_MS * 2 ** (tries - 1), signal)
      }
    }
  }

  async #apply(changes: readonly IndexChange[]): Promise<void> {
    for (let start = 0; start < changes.length; start += CHANGES_AT_A_TIME) {
      this.#context.scope.apply(changes.slice(start, start + CHANGES_AT_A_TIME))
      if (changes.length > CHANGES_AT_A_TIME) await nextTurn()
    }
    for (const change of changes) if (change.kind === 'folder-gone') this.#forgetTree(change.dir)
  }

  #noteLinks(dir: string, { folders, fileLinks }: FolderContent): void {
    for (const [name, target] of folders) {
      const path = below(dir, name)
      // Its former target is no longer watched, and its present one is new.
      if (this.#held.has(path) && this.#links.get(path) !== target) this.#forgetTree(path)
      if (target !== undefined) this.#links.set(path, target)
    }
    if (fileLinks.size === 0) this.#linkedFolders.delete(dir)
    else {
      const targets = [...fileLinks.values()].map((target) => splitPath(target).dir)
      this.#linkedFolders.set(dir, new Set(targets))
    }
  }

  #count(dir: string, held: Held): void {
    this.#uncount(dir)
    this.files += held.files
    this.leftOut += held.leftOut
    this.#held.set(dir, held)
  }

  #uncount(dir: string): void {
    const held = this.#held.get(dir)
    if (held === undefined) return
    this.files -= held.files
    this.leftOut -= held.leftOut
    this.#held.delete(dir)
  }

  #forgetTree(dir: string): void {
    const inside = dir === '' ? '' : `${dir}/`
    for (const known of [...this.#held.keys()]) {
      if (known === dir || known.startsWith(inside)) this.#forget(known)
    }
  }

  #forget(dir: string): void {
    this.#uncount(dir)
    this.#links.delete(dir)
    this.#linkedFolders.delete(dir)
    this.deaf.delete(dir)
    this.events?.unwatch(join(this.#context.root, dir))
  }
}

/** Returns the problems in a folder that could be read, by path. */
function badIn(dir: string, { failed }: FolderContent): Map<string, unknown> {
  const [first] = failed.values()
  if (failed.size > MOST_NAMED) return new Map([[dir, first]])
  return new Map([...failed].map(([name, error]) => [below(dir, name), error]))
}

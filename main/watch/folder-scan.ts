import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Comparison, compareFolder } from './compare-folder.ts'
import type { DirectoryEvents } from './directory-events.ts'
import { below, type Listing, listFolder } from './list-folder.ts'
import type { IndexChange } from './ports.ts'
import type { RuleContext } from './rule-context.ts'

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
  | { readonly kind: 'unreadable' }

interface Held {
  readonly files: number
  readonly leftOut: number
}

/** Looks at folders of a rule, one at a time, and keeps the index and the watches in step with them. */
export class FolderScan {
  readonly #context: RuleContext
  readonly #onMisnamed: (path: string) => void
  /** How much each folder held when it was looked at. */
  readonly #held = new Map<string, Held>()
  readonly #links = new Set<string>()
  /** Folders we may not read. */
  readonly unreadable = new Set<string>()
  /** Undefined while nothing is watched: when polling, or after too many watches. */
  events: DirectoryEvents | undefined
  /** All files of the rule, as far as they have been seen. */
  files = 0
  /** Files and folders that the rule leaves out; what is in such a folder is not looked at. */
  leftOut = 0

  /** @param onMisnamed is told the absolute path, as far as it can be shown */
  constructor(context: RuleContext, onMisnamed: (path: string) => void) {
    this.#context = context
    this.#onMisnamed = onMisnamed
  }

  /** Whether the folder could be read when it was looked at last. */
  has(dir: string): boolean {
    return this.#held.has(dir)
  }

  /** Rejects when something else is wrong than a missing or forbidden folder. */
  async scan(dir: string): Promise<ScanResult> {
    const listing = await this.#list(dir)
    if (typeof listing === 'string') return { kind: listing }
    const { rule, scope, clock } = this.#context
    const known = scope.directory(dir)
    const { changes, doubtful } = compareFolder(dir, listing, known, rule, clock.nowMs())
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
  }

  forgetAll(): void {
    for (const dir of [...this.#held.keys()]) this.#forget(dir)
    this.unreadable.clear()
  }

  async #list(dir: string): Promise<Listing | 'missing' | 'unreadable'> {
    const { root, selection, rule } = this.#context
    try {
      // Watched first, then read: what happens in between makes an event.
      await this.events?.watch(join(root, dir), { isLink: this.#links.has(dir) })
      const listing = await listFolder(dir, { root, selection, followLinks: rule.followLinks })
      this.unreadable.delete(dir)
      return listing
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') {
        this.#forget(dir)
        return 'missing'
      }
      if (code !== 'EACCES' && code !== 'EPERM') throw error
      this.#forget(dir)
      this.unreadable.add(dir)
      return 'unreadable'
    }
  }

  async #apply(changes: readonly IndexChange[]): Promise<void> {
    for (let start = 0; start < changes.length; start += CHANGES_AT_A_TIME) {
      this.#context.scope.apply(changes.slice(start, start + CHANGES_AT_A_TIME))
      if (changes.length > CHANGES_AT_A_TIME) await nextTurn()
    }
    for (const change of changes) if (change.kind === 'folder-gone') this.#forgetTree(change.dir)
  }

  #noteLinks(dir: string, { folders }: Listing): void {
    for (const [name, { isLink }] of folders) if (isLink) this.#links.add(below(dir, name))
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
    const inside = `${dir}/`
    for (const known of [...this.#held.keys()]) {
      if (known === dir || known.startsWith(inside)) this.#forget(known)
    }
  }

  #forget(dir: string): void {
    this.#uncount(dir)
    this.#links.delete(dir)
    this.unreadable.delete(dir)
    this.events?.unwatch(join(this.#context.root, dir))
  }
}

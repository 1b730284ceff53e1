import type { IndexChange, IndexedPlace } from '../ports.ts'
import type { RuleContext } from '../rule-context.ts'
import { below } from '../scan/list-folder.ts'
import type { RecheckQueue } from './file-work.ts'
import type { Hashing } from './hashing.ts'
import type { SettledFile } from './judge-file.ts'

/** Files that are kept in memory; of what goes beyond, only the folder is. */
const MOST_KEPT = 50_000
/** Progress is told so often. */
const PROGRESS_EVERY_MS = 250
/** Rows a commit. */
const CHANGES_AT_A_TIME = 200

/** One version of a file. */
interface Version {
  readonly dir: string
  readonly name: string
  readonly stamp: string
}

interface Recheck extends Version {
  readonly known: string
  readonly was: string
}

/**
 * Known files of which only the stamp is another, as after `chmod -R`, a restored backup or a drive
 * that gives its files new numbers: each is read in the background, and its content decides. One that
 * was found the same is noted and so is not read again, not even after a restart; one that is different
 * is looked at like any changed file.
 */
export class Rechecks implements RecheckQueue {
  readonly #context: RuleContext
  readonly #hashing: Hashing
  readonly #onProgress: () => void
  readonly #files = new Map<string, Recheck>()
  /** Folders with more files than are kept. */
  readonly #again = new Set<string>()
  /** Files that are changed after all, and paths that may have another file by now. */
  #changed: Version[] = []
  #checked = 0
  #shownAtMs = 0
  #same: IndexChange[] = []
  #running: Promise<void> | undefined

  constructor(context: RuleContext, hashing: Hashing, onProgress: () => void) {
    this.#context = context
    this.#hashing = hashing
    this.#onProgress = onProgress
  }

  /** The number of files read, and of how many; undefined when there are none to read. */
  get progress(): { checked: number; of: number } | undefined {
    if (this.#files.size === 0) return undefined
    return { checked: this.#checked, of: this.#checked + this.#files.size }
  }

  /** True while there is anything left to read, or to look at. */
  get isBusy(): boolean {
    return this.#running !== undefined || this.#changed.length > 0 || this.#again.size > 0
  }

  add({ dir, name, stamp }: SettledFile, { known, was }: { known: string; was: string }): void {
    const path = below(dir, name)
    if (this.#files.get(path)?.stamp === stamp) return
    if (this.#files.has(path) || this.#files.size < MOST_KEPT) {
      this.#files.set(path, { dir, name, stamp, known, was })
    } else this.#again.add(dir)
    this.#running ??= this.#run()
  }

  lookAlso({ dir, file }: IndexedPlace): void {
    this.#changed.push({ dir, name: file.name, stamp: file.stamp })
  }

  /** Files that are changed after all, to be looked at now. */
  takeChanged(): readonly Version[] {
    const changed = this.#changed
    this.#changed = []
    return changed.map(({ dir, name, stamp }) => ({ dir, name, stamp }))
  }

  /** Folders in which there are more, once those that were kept are read. */
  takeFolders(): string[] {
    if (this.#running !== undefined) return []
    const folders = [...this.#again]
    this.#again.clear()
    return folders
  }

  async drain(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) {
        await this.#check(...next)
      }
      this.#apply()
    } catch {
      // All work is being stopped, or our own state cannot be written, which the next sweep will
      // meet as well. Files that were not noted are read again.
      this.#files.clear()
    } finally {
      this.#checked = 0
      this.#running = undefined
      this.#onProgress()
    }
  }

  #next(): [string, Recheck] | undefined {
    return this.#files.entries().next().value
  }

  async #check(path: string, recheck: Recheck): Promise<void> {
    const { dir, name, stamp, known, was } = recheck
    const hash = await this.#hashing.atLeisure(path, stamp)
    // Another version may have been put in its place meanwhile, which has its turn.
    if (this.#files.get(path) === recheck) this.#files.delete(path)
    this.#checked += 1
    if (hash !== known) this.#changed.push(recheck)
    else {
      this.#hashing.forget(path)
      this.#same.push({ kind: 'restamp', dir, name, stamp, was })
    }
    if (this.#same.length >= CHANGES_AT_A_TIME) this.#apply()
    if (performance.now() - this.#shownAtMs < PROGRESS_EVERY_MS) return
    this.#shownAtMs = performance.now()
    this.#onProgress()
  }

  #apply(): void {
    const changes = this.#same
    this.#same = []
    this.#context.scope.apply(changes)
  }
}

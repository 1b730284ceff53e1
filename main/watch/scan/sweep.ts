import type { WaitingFiles } from '../settle/waiting-files.ts'
import type { Comparison } from './compare-folder.ts'
import type { FolderScan } from './folder-scan.ts'

/** Files in doubt that are kept in memory; of what goes beyond, only the folder is. */
const MOST_KEPT = 10_000

export interface SweepSteps {
  readonly scan: FolderScan
  readonly waiting: WaitingFiles
  readonly signal: AbortSignal
  /**
   * True when nothing is known yet, so that no file can have been moved: found files are taken at
   * once.
   */
  readonly isFresh: boolean
  /** Called between folders: other work may go in between. */
  readonly onFolder: (dir: string) => Promise<void> | void
}

/**
 * Looks at folders in two rounds: first at everything, to learn what has vanished; then at the files
 * that are new or different, some of which are what has vanished elsewhere.
 */
export class Sweep {
  readonly #steps: SweepSteps
  readonly #kept: { dir: string; doubtful: Comparison['doubtful'] }[] = []
  readonly #again: string[] = []
  readonly seen = new Set<string>()
  #size = 0

  constructor(steps: SweepSteps) {
    this.#steps = steps
  }

  /** First round: the folders, and those below them, either all or only the ones not known yet. */
  async walk(dirs: readonly string[], below: 'all' | 'new'): Promise<void> {
    const stack = [...dirs].reverse()
    for (let dir = stack.pop(); dir !== undefined; dir = stack.pop()) {
      this.#steps.signal.throwIfAborted()
      this.seen.add(dir)
      const found = await this.#steps.scan.scan(dir)
      if (found.kind === 'scanned') {
        await this.#keep(dir, found.doubtful)
        stack.push(...(below === 'all' ? found.folders : found.newFolders).toReversed())
      }
      await this.#steps.onFolder(dir)
    }
  }

  /** Second round. */
  async takeDoubtful(): Promise<void> {
    const { scan, waiting, signal, onFolder } = this.#steps
    for (const { dir, doubtful } of this.#kept.splice(0)) {
      signal.throwIfAborted()
      await waiting.take(dir, doubtful)
      await onFolder(dir)
    }
    for (const dir of this.#again.splice(0)) {
      signal.throwIfAborted()
      const found = await scan.scan(dir)
      if (found.kind === 'scanned') await waiting.take(dir, found.doubtful)
      await onFolder(dir)
    }
  }

  async #keep(dir: string, doubtful: Comparison['doubtful']): Promise<void> {
    if (doubtful.length === 0) return
    if (this.#steps.isFresh) {
      await this.#steps.waiting.take(dir, doubtful)
    } else if (this.#size + doubtful.length <= MOST_KEPT) {
      this.#size += doubtful.length
      this.#kept.push({ dir, doubtful })
    } else this.#again.push(dir)
  }
}

import { join } from 'node:path'
import type { IndexChange } from '../ports.ts'
import type { RuleContext } from '../rule-context.ts'
import { below } from '../scan/list-folder.ts'
import { Pace, type ReadingHold } from '../settle/pace.ts'
import { hashVersion } from './file-hash.ts'
import type { ContentHashes, SettledFile } from './judge-file.ts'

/** A larger file is never read while others wait. */
const SMALL_BYTES = 16 * 1024 * 1024
/** Nor is more than this until there is nothing else to do: many small files take as long as a big one. */
const AT_ONCE = { bytes: 32 * 1024 * 1024, files: 100 }
const ROWS_AT_A_TIME = 100

/** A file that could not be read is not tried again for so long, however often it is asked for. */
const FAILED_FOR_MS = 60_000

/** The outcome of reading a version: its hash, or why it could not be read. */
type Found = { readonly stamp: string } & (
  | { readonly hash: string }
  | { readonly error: unknown; readonly untilMs: number }
)

/** Hashes of files in doubt: a few small ones at once, all others in the background, one after another. */
export class Hashing implements ContentHashes {
  readonly #context: RuleContext
  /** Of files that are to go up perhaps, and of known ones: those do not stand in the way of these. */
  readonly #soon: Pace
  readonly #leisure: Pace
  readonly #onReady: (path: string) => void
  readonly #found = new Map<string, Found>()
  readonly #running = new Map<string, Promise<void>>()
  #readAtOnce = { bytes: 0, files: 0 }

  /** @param onReady is told the path, below the rule's folder, whose hash is known now */
  constructor(context: RuleContext, hold: ReadingHold, onReady: (path: string) => void) {
    this.#context = context
    this.#soon = new Pace(context.clock, hold)
    this.#leisure = new Pace(context.clock, hold)
    this.#onReady = onReady
  }

  /** A person waits until all is looked at. */
  set isUrgent(isUrgent: boolean) {
    this.#soon.isUrgent = isUrgent
    this.#leisure.isUrgent = isUrgent
  }

  /** There is nothing else to do. */
  atRest(): void {
    this.#readAtOnce = { bytes: 0, files: 0 }
  }

  async now(file: SettledFile): Promise<string | 'changing' | undefined> {
    const path = below(file.dir, file.name)
    const found = this.#found.get(path)
    if (found?.stamp === file.stamp && 'error' in found && performance.now() < found.untilMs) {
      throw found.error
    }
    this.#found.delete(path)
    if (found?.stamp === file.stamp && 'hash' in found) return found.hash
    if (!this.#isQuick(Number(file.stats.size))) return undefined
    return (await this.#read(path, file.stamp)) ?? 'changing'
  }

  async soon(file: SettledFile): Promise<string | 'checking' | 'changing'> {
    const hash = await this.now(file)
    if (hash !== undefined) return hash
    const path = below(file.dir, file.name)
    if (!this.#running.has(path)) this.#running.set(path, this.#inBackground(path, file))
    return 'checking'
  }

  /**
   * Reads a known file when there is time. The outcome is kept for the next question about this
   * version, and its hash returned; undefined when it is another version by now, or can not be read.
   */
  atLeisure(path: string, stamp: string): Promise<string | undefined> {
    return this.#keep(path, stamp, this.#leisure)
  }

  /** It is not going to be asked about. */
  forget(path: string): void {
    this.#found.delete(path)
  }

  /** Fills in the hashes of files that went up without: a change can be told from a touch then. */
  async fillIn(): Promise<void> {
    const { scope, signal } = this.#context
    let after: { dir: string; name: string } | undefined
    for (;;) {
      const rows = scope.unhashed(after, ROWS_AT_A_TIME)
      const changes: IndexChange[] = []
      for (const { dir, file } of rows) {
        signal.throwIfAborted()
        const { name, stamp } = file
        const hash = await this.#paced(below(dir, name), stamp, this.#leisure).catch(
          () => undefined,
        )
        if (hash !== undefined) changes.push({ kind: 'hash', dir, name, stamp, hash })
      }
      signal.throwIfAborted()
      scope.apply(changes)
      const last = rows.at(-1)
      if (last === undefined) return
      after = { dir: last.dir, name: last.file.name }
    }
  }

  async drain(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  async #inBackground(path: string, { stamp }: SettledFile): Promise<void> {
    try {
      await this.#keep(path, stamp, this.#soon)
    } catch {
      // All work is being stopped.
    } finally {
      this.#running.delete(path)
      this.#onReady(path)
    }
  }

  #isQuick(sizeBytes: number): boolean {
    if (sizeBytes > SMALL_BYTES) return false
    const bytes = this.#readAtOnce.bytes + sizeBytes
    const files = this.#readAtOnce.files + 1
    if (files > AT_ONCE.files || bytes > AT_ONCE.bytes) return false
    this.#readAtOnce = { bytes, files }
    return true
  }

  async #keep(path: string, stamp: string, pace: Pace): Promise<string | undefined> {
    try {
      const hash = await this.#paced(path, stamp, pace)
      if (hash !== undefined) this.#found.set(path, { stamp, hash })
      return hash
    } catch (error) {
      this.#context.signal.throwIfAborted()
      this.#found.set(path, { stamp, error, untilMs: performance.now() + FAILED_FOR_MS })
      return undefined
    }
  }

  #paced(path: string, stamp: string, pace: Pace): Promise<string | undefined> {
    return pace.read(this.#context.signal, () => this.#read(path, stamp, pace.rest))
  }

  #read(path: string, stamp: string, throttle?: Pace['rest']): Promise<string | undefined> {
    const { root, signal } = this.#context
    return hashVersion(join(root, path), stamp, { signal, throttle })
  }
}

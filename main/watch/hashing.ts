import { join } from 'node:path'
import { hashVersion } from './file-hash.ts'
import type { HashOf, SettledFile } from './judge-file.ts'
import { below } from './list-folder.ts'
import type { IndexChange } from './ports.ts'
import type { RuleContext } from './rule-context.ts'

/** Hashing more than this takes so long that other files need not wait for it. */
const SMALL_BYTES = 16 * 1024 * 1024
const ROWS_AT_A_TIME = 100
/** Hashes that nobody waits for take up at most this share of the time. */
const FILL_IN_SHARE = 1 / 5

/** Hashes of files in doubt: small ones at once, big ones in the background, in the order they were asked for. */
export class Hashing {
  readonly #context: RuleContext
  readonly #onReady: (path: string) => void
  readonly #found = new Map<string, { stamp: string; hash: string }>()
  readonly #running = new Map<string, Promise<void>>()
  #lastBig: Promise<void> = Promise.resolve()

  /** @param onReady is told the path, below the rule's folder, whose hash is known now */
  constructor(context: RuleContext, onReady: (path: string) => void) {
    this.#context = context
    this.#onReady = onReady
  }

  readonly hashOf: HashOf = async (file) => {
    const path = below(file.dir, file.name)
    const found = this.#found.get(path)
    this.#found.delete(path)
    if (found?.stamp === file.stamp) return found.hash
    if (Number(file.stats.size) <= SMALL_BYTES) {
      return (await this.#read(path, file.stamp)) ?? 'changing'
    }
    if (!this.#running.has(path)) {
      // One after another: together they would only take turns at the disk, each with a file open.
      this.#lastBig = this.#lastBig.then(() => this.#inBackground(path, file))
      this.#running.set(path, this.#lastBig)
    }
    return 'checking'
  }

  /**
   * Fills in the hashes of files that were handed over without: after a touch or a move, their
   * content can be recognised. The queue does not wait for it.
   */
  async fillIn(): Promise<void> {
    const { scope, signal, clock } = this.#context
    let after: { dir: string; name: string } | undefined
    for (;;) {
      const startedAtMs = performance.now()
      const rows = scope.unhashed(after, ROWS_AT_A_TIME)
      const changes: IndexChange[] = []
      for (const { dir, file } of rows) {
        signal.throwIfAborted()
        const hash = await this.#read(below(dir, file.name), file.stamp).catch(() => undefined)
        if (hash !== undefined) {
          changes.push({ kind: 'hash', dir, name: file.name, stamp: file.stamp, hash })
        }
      }
      signal.throwIfAborted()
      scope.apply(changes)
      const last = rows.at(-1)
      if (last === undefined) return
      after = { dir: last.dir, name: last.file.name }
      await clock.sleep((performance.now() - startedAtMs) * (1 / FILL_IN_SHARE - 1), signal)
    }
  }

  async drain(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  async #inBackground(path: string, { stamp }: SettledFile): Promise<void> {
    try {
      this.#context.signal.throwIfAborted()
      const hash = await this.#read(path, stamp)
      if (hash !== undefined) this.#found.set(path, { stamp, hash })
    } catch {
      // Whoever asks next meets the same failure, and can say what it means.
    } finally {
      this.#running.delete(path)
      this.#onReady(path)
    }
  }

  #read(path: string, stamp: string): Promise<string | undefined> {
    return hashVersion(join(this.#context.root, path), stamp, this.#context.signal)
  }
}

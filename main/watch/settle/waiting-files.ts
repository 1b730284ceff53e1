import { join } from 'node:path'
import { isVanished } from '#main/lib/errno.ts'
import { type BigIntStats, lstat, stat } from '#main/lib/file-system.ts'
import type { WaitingReason } from '#shared/model/watch-rule.ts'
import type { FileWork, NotYet } from '../judge/file-work.ts'
import { isBaseline, type SettledFile } from '../judge/judge-file.ts'
import type { RuleContext } from '../rule-context.ts'
import type { Comparison } from '../scan/compare-folder.ts'
import type { DiskTroubles } from '../scan/disk-troubles.ts'
import { below, splitPath } from '../scan/list-folder.ts'
import { Settling, type UnsettledFile } from './settling.ts'
import { lastTouchedMs, stampOf } from './stamp.ts'

/** The wait before the next look at a file that is held up, doubled each time. */
const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 60_000
/**
 * The margin for a file system whose clock may be another machine's: a recent time proves nothing
 * there.
 */
const CLOCK_SKEW_MS = 10 * 60_000
const LOOKS_AT_A_TIME = 200

/** One version of a file. */
type Version = Pick<UnsettledFile, 'dir' | 'name' | 'stamp'>

/** Files on their way from "something is different" to "settled", and what comes of them. */
export class WaitingFiles {
  readonly #context: RuleContext
  readonly #work: FileWork
  readonly #troubles: DiskTroubles
  readonly #settling = new Settling()

  constructor(context: RuleContext, work: FileWork, troubles: DiskTroubles) {
    this.#context = context
    this.#work = work
    this.#troubles = troubles
  }

  get size(): number {
    return this.#settling.size
  }

  nextDueAtMs(): number {
    return this.#settling.nextDueAtMs()
  }

  *list(): Generator<{ path: string; reason: WaitingReason; sinceMs: number }> {
    for (const [path, { reason, sinceMs }] of this.#settling) yield { path, reason, sinceMs }
  }

  clear(): void {
    this.#settling.clear()
  }

  /** A look is due at once, because what was waited for has happened. */
  hurry(isMeant: (path: string, reason: WaitingReason) => boolean): void {
    for (const [path, file] of [...this.#settling]) {
      if (isMeant(path, file.reason)) this.#settling.put(path, file, performance.now())
    }
  }

  /** Makes a look at these due at once, because of new findings. Returns their paths. */
  lookSoon(files: readonly Version[]): string[] {
    const sinceMs = this.#context.clock.nowMs()
    return files.map((file) => {
      const path = below(file.dir, file.name)
      const waiting = { ...file, reason: 'checking', looks: 0, sinceMs } as const
      this.#settling.put(path, waiting, performance.now())
      return path
    })
  }

  /** A look at this one is due at once. */
  hurryTo(path: string): void {
    const file = this.#settling.get(path)
    if (file !== undefined) this.#settling.put(path, file, performance.now())
  }

  /** Takes in what a scan found. Files that have been at rest for long enough are settled on sight. */
  async take(dir: string, doubtful: Comparison['doubtful']): Promise<void> {
    const atRest: [string, SettledFile][] = []
    // New names first: one of them may be a known file that was moved aside for another.
    const ordered = doubtful.toSorted((a, b) => Number(a.isKnown) - Number(b.isKnown))
    for (const { file, stamp } of ordered) {
      const path = below(dir, file.name)
      const found = { dir, name: file.name, stamp, stats: file.stats }
      const before = this.#settling.get(path)
      const restMs = this.#restMs(file.stats)
      const isAtRest = restMs >= this.#context.rule.settleMs || isBaseline(file, this.#context)
      if (before?.stamp === stamp) this.#seenAgain(path, before)
      else if (isAtRest) atRest.push([path, found])
      else this.#wait(path, found, before === undefined ? 'settling' : 'changing', restMs)
    }
    await this.#settle(atRest)
  }

  /** Looks at the files that are due. Returns their paths. */
  async lookAtDue(): Promise<string[]> {
    const paths = this.#settling.due(performance.now(), LOOKS_AT_A_TIME)
    const looks = await Promise.all(paths.map((path) => this.#look(path)))
    this.#context.signal.throwIfAborted()
    await this.#settle(looks.filter((look) => look !== undefined))
    await this.#work.flush()
    return paths
  }

  /** Returns the file when it has not changed since it was seen, or has been at rest for long enough. */
  async #look(path: string): Promise<[string, SettledFile] | undefined> {
    const waiting = this.#settling.get(path)
    if (waiting === undefined) return undefined
    const { rule, root, selection } = this.#context
    const ask = rule.followLinks ? stat : lstat
    const stats = await ask(join(root, path)).catch((error: Error) => error)
    if (stats instanceof Error && !isVanished(stats)) {
      this.#troubles.unopened(path, stats)
      this.#hold(path, waiting, 'unreadable')
      return undefined
    }
    if (
      stats instanceof Error ||
      !stats.isFile() ||
      !selection.takesFile(path, Number(stats.size))
    ) {
      this.#leave(path)
      return undefined
    }
    const stamp = stampOf(stats)
    const file = { ...splitPath(path), stamp, stats }
    const restMs = this.#restMs(stats)
    if (stamp === waiting.stamp || restMs >= rule.settleMs) return [path, file]
    this.#wait(path, file, 'changing', restMs)
    return undefined
  }

  async #settle(files: readonly [string, SettledFile][]): Promise<void> {
    // One by one where copies are looked for: the second has to see the first.
    const step = this.#context.rule.dedupe ? 1 : LOOKS_AT_A_TIME
    for (let start = 0; start < files.length; start += step) {
      const some = files.slice(start, start + step)
      const results = await this.#work.settle(some.map(([, file]) => file))
      for (const [index, [path, file]] of some.entries()) {
        const notYet = results[index]
        if (notYet === undefined) this.#leave(path)
        else this.#hold(path, file, notYet)
      }
    }
  }

  /** It is gone, or on its way. */
  #leave(path: string): void {
    this.#settling.delete(path)
    this.#troubles.opened(path)
  }

  /** Notes that the file was touched after all: perhaps it can be opened now. */
  #seenAgain(path: string, waiting: UnsettledFile): void {
    if (waiting.reason === 'unreadable') this.#settling.put(path, waiting, performance.now())
  }

  /** It has to rest for the settle time, of which `restMs` are over already. */
  #wait(path: string, file: Version, reason: 'settling' | 'changing', restMs: number): void {
    const nowMs = performance.now()
    const sinceMs = this.#settling.get(path)?.sinceMs ?? this.#context.clock.nowMs()
    const dueAtMs = nowMs + this.#context.rule.settleMs - Math.max(restMs, 0)
    this.#settling.put(path, { ...versionOf(file), reason, looks: 0, sinceMs }, dueAtMs)
  }

  #hold(path: string, file: Version, reason: NotYet): void {
    if (reason !== 'unreadable') this.#troubles.opened(path)
    const before = this.#settling.get(path)
    const looks = before?.reason === reason ? before.looks + 1 : 0
    const sinceMs = before?.sinceMs ?? this.#context.clock.nowMs()
    const dueAtMs = performance.now() + Math.min(FIRST_RETRY_MS * 2 ** looks, LONGEST_RETRY_MS)
    this.#settling.put(path, { ...versionOf(file), reason, looks, sinceMs }, dueAtMs)
  }

  /** Returns how long a file has not been touched; 0 when its times do not say. */
  #restMs(stats: BigIntStats): number {
    const restMs = this.#context.clock.nowMs() - lastTouchedMs(stats)
    if (restMs < 0) return 0
    if (this.#context.rule.noticing === 'events') return restMs
    return restMs > this.#context.rule.settleMs + CLOCK_SKEW_MS ? restMs : 0
  }
}

/** Only so much is kept of a file while it waits: there may be many. */
function versionOf({ dir, name, stamp }: Version): Version {
  return { dir, name, stamp }
}

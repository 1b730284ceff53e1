import { join, relative } from 'node:path'
import { type DiskMeaning, diskMeaning, sourceError } from '#main/lib/errno.ts'
import { isInside } from '#main/lib/is-inside.ts'
import { answeredByOthers } from '#main/lib/mounts.ts'
import type { TransferError } from '#shared/errors/transfer-error.ts'
import { splitPath } from './list-folder.ts'

/** A file or folder that is there and can not be looked at, or not be opened. */
export interface DiskTrouble {
  readonly meaning: DiskMeaning
  readonly error: TransferError
  readonly atMs: number
}

export interface TroubleEvents {
  /** It has become bad; told once until it is well again. */
  troubled(path: string, error: TransferError): void
  healed(path: string): void
}

interface TroubledFolder {
  /** Its problems: of the folder itself, or of entries in it. By path below the rule's folder. */
  readonly things: Map<string, DiskTrouble>
  readonly pauseMs: number
  readonly dueAtMs: number
}

const LONGEST_PAUSE_MS = 5 * 60_000

/** The problems below a rule's folder, and when to look at it again. */
export class DiskTroubles {
  readonly #root: string
  readonly #events: TroubleEvents
  readonly #firstPauseMs: number
  readonly #folders = new Map<string, TroubledFolder>()
  readonly #unopened = new Map<string, DiskTrouble>()
  /** The number of times each is noted: one drive is behind many folders. */
  readonly #notes = new Map<string, number>()

  constructor(root: string, events: TroubleEvents, firstPauseMs: number) {
    this.#root = root
    this.#events = events
    this.#firstPauseMs = firstPauseMs
  }

  /** All of them, by absolute path. */
  *[Symbol.iterator](): Generator<[string, DiskTrouble]> {
    for (const { things } of this.#folders.values()) {
      for (const [path, trouble] of things) yield [join(this.#root, path), trouble]
    }
    for (const [path, trouble] of this.#unopened) yield [join(this.#root, path), trouble]
  }

  get size(): number {
    return this.#notes.size
  }

  /** Records the result of a look at a folder: the problems in it now; all else is well. */
  looked(dir: string, bad: ReadonlyMap<string, unknown>): void {
    const before = this.#folders.get(dir)
    if (before === undefined && bad.size === 0) return
    const things = new Map<string, DiskTrouble>()
    for (const [path, error] of bad) {
      const named = this.#named(path, error)
      if (!things.has(named)) things.set(named, this.#told(named, error, before?.things))
    }
    for (const path of before?.things.keys() ?? []) if (!things.has(path)) this.#heal(path)
    if (things.size === 0) this.#folders.delete(dir)
    else {
      const pauseMs = Math.min((before?.pauseMs ?? this.#firstPauseMs / 2) * 2, LONGEST_PAUSE_MS)
      this.#folders.set(dir, { things, pauseMs, dueAtMs: performance.now() + pauseMs })
    }
  }

  /** A file can not be opened. It is tried again elsewhere, and `opened` told when that works. */
  unopened(path: string, error: unknown): void {
    // One that can not be looked at either is told of already.
    if (this.#folders.get(splitPath(path).dir)?.things.has(path)) return
    this.#unopened.set(path, this.#told(path, error, this.#unopened))
  }

  opened(path: string): void {
    if (this.#unopened.delete(path)) this.#heal(path)
  }

  keepOnly(seen: ReadonlySet<string>): void {
    for (const dir of [...this.#folders.keys()]) if (!seen.has(dir)) this.looked(dir, new Map())
  }

  clear(): void {
    for (const dir of [...this.#folders.keys()]) this.looked(dir, new Map())
    for (const path of [...this.#unopened.keys()]) this.opened(path)
  }

  nextDueAtMs(): number {
    let first = Number.POSITIVE_INFINITY
    for (const { dueAtMs } of this.#folders.values()) if (dueAtMs < first) first = dueAtMs
    return first
  }

  /** Folders to look at again; each look tells `looked`. */
  due(nowMs: number): string[] {
    return [...this.#folders].filter(([, { dueAtMs }]) => dueAtMs <= nowMs).map(([dir]) => dir)
  }

  #told(path: string, error: unknown, before?: ReadonlyMap<string, DiskTrouble>): DiskTrouble {
    const full = join(this.#root, path)
    const told = sourceError(error, full)
    const known = before?.get(path)
    if (known?.error.code === told.code) return known
    if (known !== undefined) this.#heal(path)
    const notes = this.#notes.get(path) ?? 0
    this.#notes.set(path, notes + 1)
    if (notes === 0) this.#events.troubled(full, told)
    return { meaning: diskMeaning(error), error: told, atMs: Date.now() }
  }

  /** When a drive does not answer, that is said of the drive. */
  #named(path: string, error: unknown): string {
    if (diskMeaning(error) !== 'away') return path
    const drive = answeredByOthers(join(this.#root, path))
    if (drive === undefined) return path
    return isInside(drive, this.#root) ? relative(this.#root, drive) : ''
  }

  #heal(path: string): void {
    const notes = (this.#notes.get(path) ?? 1) - 1
    if (notes > 0) this.#notes.set(path, notes)
    else this.#notes.delete(path)
    if (notes > 0) return
    this.#events.healed(join(this.#root, path))
  }
}

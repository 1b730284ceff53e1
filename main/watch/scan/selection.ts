import type { LeftOut, WatchRule } from '#shared/model/watch-rule.ts'
import { isControlFile } from './half-downloads.ts'
import { Patterns } from './patterns.ts'

/** The fields of a rule that say which files it is about. */
export type SelectionRule = Pick<
  WatchRule,
  'recursive' | 'include' | 'exclude' | 'minimumBytes' | 'maximumBytes' | 'allowSensitive'
>

/** Which files and folders below a rule's folder it is about. Paths are relative, `/` between names. */
export class Selection {
  readonly #rule: SelectionRule
  readonly #include: Patterns
  readonly #exclude: Patterns

  constructor(rule: SelectionRule) {
    this.#rule = rule
    this.#include = new Patterns(rule.include)
    this.#exclude = new Patterns(rule.exclude)
  }

  /**
   * True when files that may hold keys or passwords are left out; their names alone do not tell.
   */
  get leavesOutSensitive(): boolean {
    return !this.#rule.allowSensitive
  }

  takesFolder(path: string): boolean {
    return path === '' || (this.#rule.recursive && !this.#exclude.matches(path, true))
  }

  takesFile(path: string, sizeBytes: number): boolean {
    const { minimumBytes, maximumBytes = Number.POSITIVE_INFINITY } = this.#rule
    // Feishu does not take empty files, whatever the rule says.
    if (sizeBytes === 0 || sizeBytes < minimumBytes || sizeBytes > maximumBytes) return false
    if (!this.#rule.recursive && path.includes('/')) return false
    if (this.#exclude.matches(path, false)) return false
    return this.#include.isEmpty || this.#include.matches(path, false)
  }

  /** Checks whether an event about this path cannot concern us, be it a file or a folder. */
  isNoise(path: string): boolean {
    // With it a download ends, and the file beside it is to be taken.
    if (isControlFile(path)) return false
    return this.#exclude.matches(path, false) && this.#exclude.matches(path, true)
  }

  whyNotFolder(path: string): LeftOut | undefined {
    if (this.takesFolder(path)) return undefined
    const pattern = this.#exclude.matchingPattern(path, true)
    return pattern === undefined ? { kind: 'not-recursive' } : { kind: 'excluded', pattern }
  }

  whyNotFile(path: string, sizeBytes: number): LeftOut | undefined {
    const { recursive, minimumBytes, maximumBytes } = this.#rule
    const pattern = this.#exclude.matchingPattern(path, false)
    if (pattern !== undefined) return { kind: 'excluded', pattern }
    if (!recursive && path.includes('/')) return { kind: 'not-recursive' }
    if (!this.#include.isEmpty && !this.#include.matches(path, false))
      return { kind: 'not-included' }
    if (sizeBytes === 0) return { kind: 'empty' }
    if (sizeBytes < minimumBytes) return { kind: 'too-small', sizeBytes }
    if (sizeBytes > (maximumBytes ?? sizeBytes)) return { kind: 'too-large', sizeBytes }
    return undefined
  }
}

import ignore, { type Ignore } from 'ignore'

/** `ignore` keeps every answer; a fresh one now and then keeps a million paths out of memory. */
const ANSWERS_KEPT = 20_000

/**
 * Patterns as in .gitignore, judged as git does (negation, anchors, folders only, `**`), except
 * that case does not count: no one who excludes `*.tmp` wants `A.TMP`.
 */
export class Patterns {
  readonly #lines: readonly string[]
  #compiled: Ignore
  #asked = 0

  constructor(lines: readonly string[]) {
    // Names are compared composed, because macOS and some keyboards decompose them.
    this.#lines = lines.map((line) => line.normalize('NFC'))
    this.#compiled = this.#compile()
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0
  }

  /**
   * Checks whether the path, or a folder that it is in, matches. `path` is relative, `/` between
   * names.
   */
  matches(path: string, isFolder: boolean): boolean {
    if (this.isEmpty) return false
    return this.#test(path, isFolder).ignored
  }

  /** The pattern that makes the path match, for people. */
  matchingPattern(path: string, isFolder: boolean): string | undefined {
    return this.isEmpty ? undefined : this.#test(path, isFolder).rule?.pattern
  }

  #test(path: string, isFolder: boolean) {
    if (++this.#asked % ANSWERS_KEPT === 0) this.#compiled = this.#compile()
    const composed = path.normalize('NFC')
    return this.#compiled.test(isFolder ? `${composed}/` : composed)
  }

  #compile(): Ignore {
    return ignore({ ignorecase: true }).add([...this.#lines])
  }
}

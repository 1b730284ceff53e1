/** A caller that waits until all files were looked at. */
interface Pass {
  /** Its sweep has started: one that was under way before does not count. */
  isBegun: boolean
  /** Files that were not settled when the sweep was over, and have not been looked at since. */
  open: Set<string> | undefined
  readonly over: () => void
}

/** The callers that wait for a full look, and whether it is over. */
export class Passes {
  readonly #passes: Pass[] = []
  readonly #isBusy: () => boolean

  /** @param isBusy true while files are read whose outcome is waited for as well */
  constructor(isBusy: () => boolean) {
    this.#isBusy = isBusy
  }

  /** Resolves when a sweep that begins from here on, and what it has to wait for, is over. */
  add(): Promise<void> {
    return new Promise((over) => {
      this.#passes.push({ isBegun: false, open: undefined, over })
    })
  }

  sweepBegins(): void {
    for (const pass of this.#passes) pass.isBegun = true
  }

  /** @param waiting files that are not settled */
  sweepIsOver(waiting: readonly string[]): void {
    for (const pass of [...this.#passes]) {
      if (!pass.isBegun) continue
      pass.open ??= new Set(waiting)
      this.#endIfDone(pass)
    }
  }

  /** These are to be looked at as well. */
  alsoWaitFor(paths: readonly string[]): void {
    for (const { open } of this.#passes) for (const path of paths) open?.add(path)
  }

  lookedAt(paths: readonly string[]): void {
    for (const pass of [...this.#passes]) {
      for (const path of paths) pass.open?.delete(path)
      this.#endIfDone(pass)
    }
  }

  /** There is nothing to wait for. */
  endAll(): void {
    for (const pass of this.#passes.splice(0)) pass.over()
  }

  #endIfDone(pass: Pass): void {
    if (pass.open === undefined || pass.open.size > 0 || this.#isBusy()) return
    this.#passes.splice(this.#passes.indexOf(pass), 1)
    pass.over()
  }
}

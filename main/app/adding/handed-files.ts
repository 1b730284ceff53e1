import { randomUUID } from 'node:crypto'
import { isAbsolute } from 'node:path'
import type { LiveState } from '#shared/contract/live-state.ts'
import { MOST_PATHS } from '#shared/contract/queue-channels.ts'

/**
 * Files handed over from outside the pages, until a page takes them. A page may have to be opened
 * first, and a system that hands over ten files may do so one by one, so all files not taken yet
 * are one offer. Permission to send them is checked when they are queued, as with any path.
 */
export class HandedFiles {
  readonly #onChange: () => void
  #offer: { readonly id: string; readonly paths: readonly string[] } | undefined

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  /** The offer as pages are told. */
  get view(): LiveState['offered'] {
    return this.#offer === undefined
      ? null
      : { id: this.#offer.id, count: this.#offer.paths.length }
  }

  /** Absolute paths; others would mean something else than the person meant, and are left out. */
  add(paths: readonly string[]): void {
    const good = paths.filter((path) => isAbsolute(path) && !path.includes('\0'))
    if (good.length === 0) return
    const all = new Set([...(this.#offer?.paths ?? []), ...good])
    this.#offer = { id: randomUUID(), paths: [...all].slice(0, MOST_PATHS) }
    this.#onChange()
  }

  take(id: string): string[] {
    if (this.#offer?.id !== id) return []
    const { paths } = this.#offer
    this.#offer = undefined
    this.#onChange()
    return [...paths]
  }
}

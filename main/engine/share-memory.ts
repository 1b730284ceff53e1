import { isRecent } from '#main/lib/pause.ts'
import type { Endpoint } from './endpoints.ts'
import type { MemoStore } from './ports.ts'

/** Time a share is believed without calls: those who shared with us may have left, or others have come. */
const BELIEVED_MS = 30 * 60_000
/** A share changes with every call; the disk hears of it now and then. */
const SAVE_EVERY_MS = 10_000

interface Remembered {
  readonly perSecond: number
  readonly atMs: number
}

/** The shares of an app's rates that this machine has found, kept over a restart. */
export class ShareMemory {
  readonly #memos: MemoStore
  readonly #appKey: string
  /** When each endpoint was saved last; undefined while nothing is saved for it. */
  readonly #savedAtMs = new Map<string, number>()

  constructor({ memos, appKey }: { readonly memos: MemoStore; readonly appKey: string }) {
    this.#memos = memos
    this.#appKey = appKey
  }

  /** The calls a second found for an endpoint not long ago; undefined: none, or it was alone. */
  recall({ path }: Endpoint, nowMs: number): number | undefined {
    const known = this.#memos.recall<Remembered>(this.#key(path))
    if (known === undefined) return undefined
    this.#savedAtMs.set(path, known.atMs)
    return isRecent(known.atMs, nowMs, BELIEVED_MS) ? known.perSecond : undefined
  }

  /** @param perSecond undefined: alone, which needs no memory */
  remember({ path }: Endpoint, perSecond: number | undefined, nowMs: number): void {
    const savedAtMs = this.#savedAtMs.get(path)
    if (perSecond === undefined && savedAtMs === undefined) return
    if (perSecond !== undefined && isRecent(savedAtMs ?? 0, nowMs, SAVE_EVERY_MS)) return
    if (perSecond === undefined) this.#savedAtMs.delete(path)
    else this.#savedAtMs.set(path, nowMs)
    try {
      const known = perSecond === undefined ? undefined : { perSecond, atMs: nowMs }
      this.#memos.remember(this.#key(path), known)
    } catch {
      // It is found again after a restart. A failing disk is reported by those who depend on it.
    }
  }

  #key(path: string): string {
    return `rate-share ${this.#appKey} ${path}`
  }
}

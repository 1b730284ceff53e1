import type { Clock } from '#main/lib/clock.ts'
import type { ScopedLog } from '#main/lib/log/log.ts'
import type { WayOut } from '../alerts/send-alert.ts'
import { isNewer, metadataFile, newestOf, type Release } from './feed.ts'

const FIRST_AFTER_MS = 60_000
const LOOK_EVERY_MS = 24 * 3_600_000

export interface UpdateKeeperOptions {
  /** The folder with the metadata, compiled in; undefined: there is none, and nothing is asked. */
  readonly feed: string | undefined
  /** Of this program. */
  readonly version: string
  readonly clock: Clock
  readonly log: ScopedLog
  readonly isWanted: () => boolean
  readonly wayTo: (url: string) => Promise<WayOut>
  readonly onChange: () => void
}

/** Knows whether a newer version exists. It downloads and installs nothing (decision 0062). */
export class UpdateKeeper {
  readonly #options: UpdateKeeperOptions
  readonly #closed = new AbortController()
  #newer: Release | null = null

  constructor(options: UpdateKeeperOptions) {
    this.#options = options
  }

  /** Null where there is no feed. */
  get view(): { readonly newer: Release | null } | null {
    const { feed, isWanted } = this.#options
    if (feed === undefined) return null
    return { newer: isWanted() ? this.#newer : null }
  }

  async keep(): Promise<void> {
    const { feed, clock } = this.#options
    const { signal } = this.#closed
    if (feed === undefined) return
    await clock.sleep(FIRST_AFTER_MS, signal).catch(() => {})
    while (!signal.aborted) {
      await this.look()
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => {})
    }
  }

  /** Asks the feed, if the person wants that. A feed that is away is nothing a person has to know of. */
  async look(): Promise<void> {
    const { feed, version, isWanted, wayTo, log, onChange } = this.#options
    if (feed === undefined || !isWanted()) return
    try {
      const url = new URL(
        metadataFile(process.platform, process.arch),
        `${feed.replace(/\/*$/, '')}/`,
      )
      const found = await newestOf(url, await wayTo(url.href))
      this.#newer = found !== undefined && isNewer(found.version, version) ? found : null
      if (this.#newer !== null) onChange()
    } catch (error) {
      log.warn('no answer about versions', { error })
    }
  }

  close(): void {
    this.#closed.abort(new Error('closed'))
  }
}

import type { Clock } from '#main/lib/clock.ts'
import type { ScopedLog } from '#main/lib/log/log.ts'
import type { UpdatesView } from '#shared/contract/update-channels.ts'
import { type ErrorInfo, errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { WayOut } from '../alerts/send-alert.ts'
import { isNewer, metadataFile, newestOf, type Release } from './feed.ts'
import type { Installation } from './installation.ts'

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
  /** Absent where a person has to install it (decision 0054). */
  readonly installation?: Installation | undefined
}

/** Knows whether a newer version exists. */
export class UpdateKeeper {
  readonly #options: UpdateKeeperOptions
  readonly #closed = new AbortController()
  #newer: Release | null = null

  constructor(options: UpdateKeeperOptions) {
    this.#options = options
  }

  /** Null where there is no feed. */
  get view(): UpdatesView | null {
    const { feed, isWanted, installation } = this.#options
    if (feed === undefined) return null
    if (!isWanted()) return { newer: null, install: null }
    return { newer: this.#newer, install: installation?.view ?? null }
  }

  /** @throws TransferError `not-available-here` where a person has to install it, or updates are not wanted */
  get installation(): Installation {
    const { feed, installation, isWanted } = this.#options
    if (feed === undefined || installation === undefined || !isWanted()) {
      throw new TransferError('not-available-here')
    }
    return installation
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

  /** Asks the feed, if the person wants that. @returns why there was no answer */
  async look(): Promise<ErrorInfo | null> {
    const { feed, version, isWanted, wayTo, log, installation, clock } = this.#options
    if (feed === undefined || !isWanted()) return null
    try {
      const url = new URL(
        metadataFile(process.platform, process.arch),
        `${feed.replace(/\/*$/, '')}/`,
      )
      const found = await newestOf(url, await wayTo(url.href))
      this.#newer = found !== undefined && isNewer(found.version, version) ? found : null
      installation?.found(this.#newer?.version)
      return null
    } catch (cause) {
      log.warn('no answer about versions', { error: cause })
      return errorInfo(new TransferError('update-unreachable', { cause }), clock.nowMs())
    }
  }

  close(): void {
    this.#closed.abort(new Error('closed'))
    this.#options.installation?.stop()
  }
}

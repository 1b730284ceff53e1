import type { MemoStore } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { ScopedLog } from '#main/lib/log/log.ts'
import type { InstallView } from '#shared/contract/update-channels.ts'
import { asTransferError, errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import { isNewer } from './feed.ts'

/** The version whose installation ended the last run; null: it succeeded, or there was none. */
const TRIED_MEMO = 'update-tried'
const LOOK_EVERY_MS = 1_000

/** Brings a newer version and puts it in the place of this one, where a signature proves whose it is. */
export interface UpdateInstaller {
  /**
   * @param onPercent is told how much has come
   * @throws TransferError `update-unreachable`, `update-not-trusted`
   */
  download(
    version: string,
    onPercent: (percent: number) => void,
    signal: AbortSignal,
  ): Promise<void>
  /** Ends this program and starts the version that was downloaded. */
  install(): void
}

export interface InstallationOptions {
  readonly installer: UpdateInstaller
  /** Of this program. */
  readonly version: string
  readonly memos: MemoStore
  readonly clock: Clock
  readonly log: ScopedLog
  /** True while a file is on its way. */
  readonly isSending: () => boolean
}

/** The way from a version that is named to one that runs. Each step is taken because a person asked for it. */
export class Installation {
  readonly #options: InstallationOptions
  #view: InstallView = { step: 'offered', percent: 0, error: null }
  #version: string | undefined
  #asked: AbortController | undefined

  constructor(options: InstallationOptions) {
    this.#options = options
    const { memos, version, clock } = options
    const tried = memos.recall<string | null>(TRIED_MEMO) ?? null
    if (tried === null) return
    memos.remember(TRIED_MEMO, null)
    if (!isNewer(tried, version)) return
    const error = new TransferError('update-not-installed', { detail: tried })
    this.#view = { ...this.#view, error: errorInfo(error, clock.nowMs()) }
  }

  get view(): InstallView {
    return this.#view
  }

  /** Notes the version that can be had; a download of an older one is of no use any more. */
  found(version: string | undefined): void {
    if (version === this.#version) return
    this.stop()
    this.#version = version
    this.#view = { ...this.#view, step: 'offered', percent: 0 }
  }

  /** Downloads the version that was found; the view tells how that goes. */
  download(): void {
    const { installer, log } = this.#options
    const version = this.#version
    if (version === undefined || this.#view.step !== 'offered') return
    const asked = this.#begin('downloading')
    const onPercent = (percent: number) => {
      if (!asked.signal.aborted) this.#view = { ...this.#view, percent }
    }
    installer.download(version, onPercent, asked.signal).then(
      () => {
        if (!asked.signal.aborted) this.#view = { step: 'ready', percent: 100, error: null }
      },
      (thrown: unknown) => {
        if (asked.signal.aborted) return
        const error = asTransferError(thrown)
        log.warn('update not downloaded', { version, error })
        this.#view = {
          step: 'offered',
          percent: 0,
          error: errorInfo(error, this.#options.clock.nowMs()),
        }
      },
    )
  }

  /** Installs what was downloaded as soon as no file is on its way. */
  async install(): Promise<void> {
    const { installer, isSending, memos, clock, log } = this.#options
    if (this.#view.step !== 'ready') return
    const { signal } = this.#begin('waiting')
    while (isSending()) {
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => {})
      if (signal.aborted) return
    }
    log.info('update is installed', { version: this.#version })
    memos.remember(TRIED_MEMO, this.#version)
    installer.install()
  }

  /** Ends a download, or the wait to install: a person has thought again. */
  stop(): void {
    this.#asked?.abort(new Error('stopped'))
    this.#asked = undefined
    const { step } = this.#view
    if (step === 'downloading') this.#view = { ...this.#view, step: 'offered', percent: 0 }
    if (step === 'waiting') this.#view = { ...this.#view, step: 'ready' }
  }

  #begin(step: 'downloading' | 'waiting'): AbortController {
    this.#asked = new AbortController()
    this.#view = { ...this.#view, step, error: null }
    return this.#asked
  }
}

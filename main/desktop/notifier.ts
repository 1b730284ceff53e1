import type { ScopedLog } from '#main/lib/log/log.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import { isGroup } from '#shared/contract/queue-line.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { Language } from '#shared/text/language.ts'
import { safeText } from '#shared/text/safe-text.ts'
import type { AskApp } from './ask-app.ts'
import type { ShellElectron, ShellNotification } from './electron-parts.ts'
import { ADDRESS, type MenuActions } from './menu-actions.ts'
import { noticeWords } from './notice-words.ts'
import { type Notice, type NoticeState, noticesOf, toldSoFar } from './notices.ts'

export interface NotifierOptions {
  readonly Notification: ShellElectron['Notification']
  readonly ask: AskApp
  readonly actions: Pick<MenuActions, 'open' | 'openTransfer'>
  readonly language: () => Language
  readonly settings: () => AppSettings
  /** A person who looks at the window sees it there. */
  readonly isLooking: () => boolean
  /** An image; undefined where the system takes that of the program. */
  readonly icon: string | undefined
  readonly log: ScopedLog
  readonly nowMs: () => number
}

/** Notices that stay in the system's list: a click on one of them is heard as long as it is held. */
const MOST_HELD = 20

/** Tells a person who does not look at the window what they want to know. */
export class Notifier {
  readonly #options: NotifierOptions
  /** Held, or the click on a notification would get lost with it; the oldest first. */
  readonly #held = new Set<ShellNotification>()
  #isRefused = false
  #told: NoticeState | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: NotifierOptions) {
    this.#options = options
  }

  follow(live: LiveState): void {
    clearTimeout(this.#timer)
    if (this.#told === undefined) {
      this.#told = toldSoFar(live)
      return
    }
    const nowMs = this.#options.nowMs()
    const { told, notices, lookAgainAtMs } = noticesOf(this.#told, live, nowMs)
    this.#told = told
    for (const notice of notices) if (this.#isWanted(notice)) void this.#tell(notice)
    if (lookAgainAtMs !== undefined) {
      this.#timer = setTimeout(() => this.follow(live), lookAgainAtMs - nowMs)
    }
  }

  /** True when the system has shown none the last time: it was forbidden, or knows no such program. */
  get isRefused(): boolean {
    return this.#isRefused
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #isWanted(notice: Notice): boolean {
    const { settings, isLooking } = this.#options
    const { notifyBatchDone, notifyAttention } = settings()
    return (notice.kind === 'batch-done' ? notifyBatchDone : notifyAttention) && !isLooking()
  }

  async #tell(notice: Notice): Promise<void> {
    // Without its name it is still worth telling.
    const row = await this.#only(notice).catch(() => undefined)
    const { title, body } = noticeWords(notice, this.#options.language(), row?.fileName)
    this.show(title, body, () => this.#open(notice, row?.id))
  }

  show(title: string, body: string, onClick: () => void): void {
    const { Notification, icon, log } = this.#options
    if (!Notification.isSupported()) return
    const notification = new Notification({
      title: safeText(title),
      body: safeText(body),
      ...(icon !== undefined && { icon }),
    })
    const forget = () => this.#held.delete(notification)
    notification.on('show', () => {
      this.#isRefused = false
    })
    notification.on('click', () => {
      forget()
      onClick()
    })
    // One that ran out of time has moved to the list of the system.
    notification.on('close', ({ reason }) => {
      if (reason === 'userCanceled') forget()
    })
    notification.on('failed', (_event, error) => {
      this.#isRefused = true
      log.warn('notification', { error })
      forget()
    })
    this.#held.add(notification)
    for (const oldest of this.#held) {
      if (this.#held.size <= MOST_HELD) break
      this.#held.delete(oldest)
    }
    notification.show()
  }

  #open(notice: Notice, id: string | undefined): void {
    const { actions } = this.#options
    if (id !== undefined) actions.openTransfer(id)
    else if (notice.kind === 'stopped') actions.open(ADDRESS.queue)
    else actions.open(notice.kind === 'attention' ? ADDRESS.attention : ADDRESS.done)
  }

  /** The one transfer a notice is about, to name and to open it. */
  async #only(notice: Notice): Promise<TransferRow | undefined> {
    const { ask } = this.#options
    if (notice.kind === 'batch-done' && notice.files === 1) {
      const filter = { search: '', result: 'done', fromMs: null, untilMs: null } as const
      const window = { ...filter, direction: 'descending', offset: 0, limit: 1 } as const
      return (await ask('history.window', window)).rows[0]
    }
    if (notice.kind !== 'attention' || notice.count !== 1) return undefined
    const sort = { by: 'added', direction: 'descending' } as const
    const window = { tab: 'attention', search: '', sort, offset: 0, limit: 2 } as const
    const { rows, total } = await ask('queue.window', window)
    const [only] = rows
    return total === 1 && only !== undefined && !isGroup(only) ? only : undefined
  }
}

import { join } from 'node:path'
import { LANGUAGES } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import type { ShellElectron, ShellWindow } from './electron-parts.ts'
import type { ProgressView } from './progress-view.ts'
import { LEAST_SIZE, placement, type WindowMemory } from './window-state.ts'

export interface MainWindowOptions {
  readonly electron: ShellElectron
  readonly platform: NodeJS.Platform
  readonly memory: WindowMemory
  readonly preload: string
  /** The origin of the pages. */
  readonly origin: string
  readonly iconFolder: string
  /** The person closes it. @returns whether it may go */
  readonly onClose: () => boolean
  /** Called when the page has failed again after one silent reload. */
  readonly onFailedAgain: () => void
  readonly onHangs: () => void
  readonly onAnswersAgain: () => void
  /** The session ends: the person is not asked anything any more (Windows). */
  readonly onSessionEnd: () => void
  readonly onFault: (what: string, error: unknown) => void
  readonly nowMs: () => number
}

/** A page that fails twice in so short a time will fail a third time. */
const FAILS_AGAIN_MS = 60_000

/** The only window. Closing frees all its memory; opening creates it again. */
export class MainWindow {
  readonly #options: MainWindowOptions
  #window: ShellWindow | undefined
  #progress: ProgressView = { share: -1, mode: 'none' }
  #badge = ''
  #failedAtMs = Number.NEGATIVE_INFINITY

  constructor(options: MainWindowOptions) {
    this.#options = options
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false
  }

  /** Brings it to the front. @param address within the page; undefined: where it is */
  open(address?: string): void {
    const window = this.#window
    if (window === undefined) {
      this.#make(address ?? '')
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (address !== undefined) this.#load(window, address)
  }

  reload(): void {
    this.#window?.webContents.reload()
  }

  /** Without asking, and without leaving it to the page. */
  destroy(): void {
    this.#window?.destroy()
  }

  /** @param badge how much needs the person, in words; empty: nothing. Windows shows it on the taskbar. */
  setProgress(progress: ProgressView, badge: string): void {
    const { share, mode } = this.#progress
    if (progress.share !== share || progress.mode !== mode) {
      this.#progress = progress
      this.#window?.setProgressBar(progress.share, { mode: progress.mode })
    }
    if (badge !== this.#badge) {
      this.#badge = badge
      this.#showBadge()
    }
  }

  #make(address: string): void {
    const { electron, memory, preload } = this.#options
    const { bounds, isMaximized } = memory.state
    const areas = electron.screen.getAllDisplays().map(({ workArea }) => workArea)
    const window = new electron.BrowserWindow({
      ...placement(bounds, areas),
      minWidth: LEAST_SIZE.width,
      minHeight: LEAST_SIZE.height,
      title: LANGUAGES.map((language) => t(language, 'desktop.appName')).join(' '),
      icon: join(this.#options.iconFolder, 'app.png'),
      autoHideMenuBar: true,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    })
    this.#window = window
    if (isMaximized) window.maximize()
    this.#listen(window)
    this.#load(window, address)
    window.setProgressBar(this.#progress.share, { mode: this.#progress.mode })
    this.#showBadge()
  }

  #listen(window: ShellWindow): void {
    const { onClose, onHangs, onAnswersAgain, onSessionEnd } = this.#options
    window.on('close', (event) => {
      this.#remember(window)
      if (!onClose()) event.preventDefault()
    })
    window.on('closed', () => {
      if (this.#window === window) this.#window = undefined
    })
    window.on('unresponsive', onHangs)
    window.on('responsive', onAnswersAgain)
    window.on('query-session-end', onSessionEnd)
    window.on('session-end', onSessionEnd)
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason !== 'clean-exit') this.#failed(reason, exitCode)
    })
  }

  #failed(reason: string, exitCode: number): void {
    const { onFault, onFailedAgain, nowMs } = this.#options
    onFault('render-process-gone', new Error(`${reason} (${exitCode})`))
    const isAgain = nowMs() - this.#failedAtMs < FAILS_AGAIN_MS
    this.#failedAtMs = nowMs()
    if (isAgain) onFailedAgain()
    else this.reload()
  }

  #load(window: ShellWindow, address: string): void {
    // It also rejects when the window is closed meanwhile.
    window.loadURL(`${this.#options.origin}/${address}`).catch((error: unknown) => {
      if (!window.isDestroyed()) this.#options.onFault('loadURL', error)
    })
  }

  #remember(window: ShellWindow): void {
    const { memory, onFault } = this.#options
    try {
      memory.remember({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
    } catch (error) {
      // A full disk is no reason to keep a window open.
      onFault('window bounds', error)
    }
  }

  #showBadge(): void {
    const { electron, platform, iconFolder } = this.#options
    if (platform !== 'win32') return
    const image = this.#badge === '' ? null : join(iconFolder, 'tray-attention.png')
    this.#window?.setOverlayIcon(
      image === null ? null : electron.nativeImage.createFromPath(image),
      this.#badge,
    )
  }
}

import { join } from 'node:path'
import { LANGUAGES } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import type { ShellContents, ShellElectron, ShellWindow } from './electron-parts.ts'
import type { ProgressView } from './progress-view.ts'
import { placement, type WindowMemory } from './window-state.ts'

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
  readonly onContextMenu: ContextMenuListener
  /** The session is about to end, unless a program or the person objects (Windows). */
  readonly onSessionEnding: () => void
  /** The session ends, and every process with it (Windows). */
  readonly onSessionEnd: () => void
  readonly onFault: (what: string, error: unknown) => void
  readonly nowMs: () => number
}

type ContextMenuListener = (
  params: Pick<Electron.ContextMenuParams, 'editFlags' | 'isEditable' | 'selectionText'>,
  window: ShellWindow,
) => void

/** A button below the picture of the window that Windows shows above the taskbar. */
export interface ThumbButton {
  readonly icon: string
  readonly tooltip: string
  readonly click: () => void
}

/** A page that fails twice in so short a time will fail a third time. */
const FAILS_AGAIN_MS = 60_000
/** A page that is not drawn by then is shown as it is. */
const LATEST_SHOW_MS = 3_000
/** As `--bg` of `renderer/ui/tokens.css`: what is seen before the page is. */
export const BACKGROUND = { light: '#ffffff', dark: '#17181b' } as const

const NO_PROGRESS: ProgressView = { share: -1, mode: 'none' }

/** The only window. Closing frees all its memory; opening creates it again. */
export class MainWindow {
  readonly #options: MainWindowOptions
  #window: ShellWindow | undefined
  /** The window in sight: before that, the taskbar of Windows has no button to mark (electron#28319). */
  #marked: ShellWindow | undefined
  /** Resolves when the window is in sight, or gone. */
  #shown: Promise<void> = Promise.resolve()
  #progress = NO_PROGRESS
  #badge = ''
  #buttons: readonly ThumbButton[] = []
  #failedAtMs = Number.NEGATIVE_INFINITY

  constructor(options: MainWindowOptions) {
    this.#options = options
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false
  }

  /** The window, if the person sees it. */
  get visible(): ShellWindow | undefined {
    const window = this.#window
    return window?.isVisible() && !window.isMinimized() ? window : undefined
  }

  /** Brings it to the front. @param address within the page; undefined: where it is */
  open(address?: string): void {
    const window = this.#window
    if (window === undefined) {
      this.#make(address ?? '')
      return
    }
    if (address !== undefined) this.#load(window, address)
    void this.#shown.then(() => {
      if (window.isDestroyed()) return
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    })
  }

  /** Returns the window once it is in sight, for what is asked in it. */
  async inSight(): Promise<ShellWindow> {
    if (this.visible === undefined) this.open()
    await this.#shown
    return this.#window ?? this.inSight()
  }

  reload(): void {
    this.#window?.webContents.reload()
  }

  /** Without asking, and without leaving it to the page. */
  destroy(): void {
    const window = this.#window
    if (window === undefined) return
    this.#leave(window)
    window.destroy()
  }

  /** @param badge how much needs the person, in words; empty: nothing. Windows shows it on the taskbar. */
  setProgress(progress: ProgressView, badge: string): void {
    const { share, mode } = this.#progress
    if (progress.share !== share || progress.mode !== mode) {
      this.#progress = progress
      this.#marked?.setProgressBar(progress.share, { mode: progress.mode })
    }
    if (badge !== this.#badge) {
      this.#badge = badge
      this.#showBadge()
    }
  }

  setButtons(buttons: readonly ThumbButton[]): void {
    this.#buttons = buttons
    this.#showButtons()
  }

  #make(address: string): void {
    const { electron, memory, preload, platform, iconFolder } = this.#options
    const { screen, nativeTheme } = electron
    const { bounds, isMaximized } = memory.state
    const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()]
    const areas = displays.map(({ workArea }) => workArea)
    const window = new electron.BrowserWindow({
      ...placement(bounds, areas),
      title: LANGUAGES.map((language) => t(language, 'desktop.appName')).join(' '),
      // Windows and macOS have better ones, in the program itself.
      ...(platform === 'linux' && { icon: join(iconFolder, 'app.png') }),
      show: false,
      backgroundColor: BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
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
    this.#shown = shownWhenDrawn(window, isMaximized)
    this.#listen(window)
    this.#load(window, address)
    void this.#shown.then(() => this.#mark(window))
  }

  #mark(window: ShellWindow): void {
    if (this.#window !== window) return
    this.#marked = window
    window.setProgressBar(this.#progress.share, { mode: this.#progress.mode })
    this.#showBadge()
    this.#showButtons()
  }

  #listen(window: ShellWindow): void {
    const { memory, onClose, onHangs, onAnswersAgain, onContextMenu } = this.#options
    const { onSessionEnding, onSessionEnd } = this.#options
    window.on('close', (event) => {
      memory.remember({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
      if (onClose()) this.#leave(window)
      else event.preventDefault()
    })
    window.on('closed', () => this.#forget(window))
    window.on('unresponsive', onHangs)
    window.on('responsive', onAnswersAgain)
    window.on('query-session-end', onSessionEnding)
    window.on('session-end', onSessionEnd)
    const contents: ShellContents = window.webContents
    contents.on('context-menu', (_event, params) => onContextMenu(params, window))
    contents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason !== 'clean-exit') this.#failed(reason, exitCode)
    })
  }

  /** It is gone some time later. The icon of the dock or launcher would show its progress for ever. */
  #leave(window: ShellWindow): void {
    window.setProgressBar(NO_PROGRESS.share, { mode: NO_PROGRESS.mode })
    this.#forget(window)
  }

  #forget(window: ShellWindow): void {
    if (this.#window === window) this.#window = undefined
    if (this.#marked === window) this.#marked = undefined
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
    const url = `${this.#options.origin}/${address}`
    // Chromium takes the same address for a reload, and what is open in the page is lost.
    if (window.webContents.getURL() === url) return
    // It also rejects when the window is closed meanwhile.
    window.loadURL(url).catch((error: unknown) => {
      if (!window.isDestroyed()) this.#options.onFault('loadURL', error)
    })
  }

  #showBadge(): void {
    const { electron, platform, iconFolder } = this.#options
    if (platform !== 'win32') return
    const image = this.#badge === '' ? null : join(iconFolder, 'tray-attention.png')
    this.#marked?.setOverlayIcon(
      image === null ? null : electron.nativeImage.createFromPath(image),
      this.#badge,
    )
  }

  #showButtons(): void {
    const { electron, platform, iconFolder } = this.#options
    if (platform !== 'win32') return
    this.#marked?.setThumbarButtons(
      this.#buttons.map(({ icon, ...button }) => ({
        ...button,
        icon: electron.nativeImage.createFromPath(join(iconFolder, icon)),
      })),
    )
  }
}

/** Shows a window when its page is drawn: no white flash. */
function shownWhenDrawn(window: ShellWindow, isMaximized: boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let isShown = false
  const show = () => {
    clearTimeout(timer)
    // It is drawn again with each address.
    if (isShown) return
    isShown = true
    if (isMaximized) window.maximize()
    window.show()
    resolve()
  }
  const timer = setTimeout(show, LATEST_SHOW_MS)
  window.on('ready-to-show', show)
  window.on('closed', () => {
    clearTimeout(timer)
    resolve()
  })
  return promise
}

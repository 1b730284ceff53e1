import type { LiveState } from '#shared/contract/live-state.ts'
import type { Language } from '#shared/text/language.ts'
import { safeText } from '#shared/text/safe-text.ts'
import type { ShellElectron, ShellTray } from './electron-parts.ts'
import type { MenuActions } from './menu-actions.ts'
import { trayIcon } from './shell-icons.ts'
import { dockMenu, trayMenu } from './tray-menu.ts'
import { type TrayState, type TrayView, trayViewOf } from './tray-view.ts'

export interface FeidiTrayOptions {
  readonly electron: ShellElectron
  readonly platform: NodeJS.Platform
  readonly iconFolder: string
  readonly language: () => Language
  readonly actions: MenuActions
  readonly nowMs: () => number
}

/** An open menu closes when it is replaced, so it is not replaced more often than that. */
const SHOW_EVERY_MS = 1_000

/** The icon beside the clock, and on macOS the menu of the dock as well. */
export class FeidiTray {
  readonly #options: FeidiTrayOptions
  readonly #tray: ShellTray
  #live: LiveState | undefined
  #shown: { icon: TrayState; toolTip: string; menu: string } | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastAtMs = Number.NEGATIVE_INFINITY

  constructor(options: FeidiTrayOptions) {
    const { electron, actions, platform } = options
    this.#options = options
    this.#tray = new electron.Tray(this.#image('idle'))
    // On macOS a click shows the menu, and is told besides.
    if (platform !== 'darwin') this.#tray.on('click', () => actions.open())
    this.#tray.on('drop-files', (_event, paths) => actions.offer(paths))
  }

  follow(live: LiveState): void {
    this.#live = live
    if (this.#shown === undefined) {
      this.show()
      return
    }
    this.#timer ??= setTimeout(
      () => this.show(),
      Math.max(0, this.#lastAtMs + SHOW_EVERY_MS - performance.now()),
    )
  }

  /** Shows how things stand at once: another language was chosen, say. */
  show(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#live === undefined) return
    const { language, nowMs } = this.#options
    this.#lastAtMs = performance.now()
    const view = trayViewOf(this.#live, language(), nowMs())
    const { state, toolTip } = view
    if (this.#shown?.icon !== state) this.#tray.setImage(this.#image(state))
    if (this.#shown?.toolTip !== toolTip) this.#tray.setToolTip(safeText(toolTip))
    const menu = JSON.stringify([
      language(),
      view.headline,
      view.isPaused,
      view.attention,
      view.moving,
    ])
    if (this.#shown?.menu !== menu) this.#setMenus(view)
    this.#shown = { icon: state, toolTip, menu }
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#tray.destroy()
  }

  #image(state: TrayState) {
    const { electron, iconFolder, platform } = this.#options
    return electron.nativeImage.createFromPath(trayIcon(iconFolder, platform, state))
  }

  #setMenus(view: TrayView): void {
    const { electron, language, actions } = this.#options
    const { Menu, app } = electron
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(view, language(), actions)))
    app.dock?.setMenu(Menu.buildFromTemplate(dockMenu(view, language(), actions)))
  }
}

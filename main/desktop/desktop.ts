/** The running desktop app: what happens when the person, the system or the host does something. */
import { join } from 'node:path'
import type { App } from '#main/app/open-app.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import { staticFiles } from '#main/lib/static-files.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { appMenu } from './app-menu.ts'
import { APP_SCHEME, answerAppRequest, isOurPage } from './app-protocol.ts'
import { type AskApp, askApp } from './ask-app.ts'
import { Awake } from './awake.ts'
import { type Order, startsHidden } from './command-line.ts'
import { contextMenu } from './context-menu.ts'
import { asParent, type ShellElectron, type ShellProcess } from './electron-parts.ts'
import { FileDialog } from './file-dialog.ts'
import { handleIpc } from './handle-ipc.ts'
import { Keychain } from './keychain-box.ts'
import { showsTray } from './linux-tray.ts'
import { followLive } from './live-follower.ts'
import { lockDown } from './lock-down.ts'
import { type LoginItem, loginItem } from './login-item.ts'
import { MainWindow } from './main-window.ts'
import { ADDRESS, type MenuActions } from './menu-actions.ts'
import { Notifier } from './notifier.ts'
import { type DesktopAppOptions, openDesktopApp } from './open-desktop-app.ts'
import { openOutside } from './outside-links.ts'
import { Questions } from './questions.ts'
import { isUploading, Quitting } from './quitting.ts'
import { startAgainLater } from './restart.ts'
import { SessionEnd } from './session-end.ts'
import { showFaults } from './show-faults.ts'
import { followSystem } from './system-events.ts'
import { Taskbar } from './taskbar.ts'
import { FeidiTray } from './tray.ts'
import { canInstall, type UpdateParts, updateInstaller } from './update-installer.ts'
import { WindowMemory } from './window-state.ts'
import { WindowTroubles } from './window-troubles.ts'

export interface DesktopOptions {
  readonly electron: ShellElectron
  readonly process: ShellProcess
  readonly openConf: DesktopAppOptions['openConf']
  readonly updateFeed?: string | undefined
  readonly updates?: UpdateParts | undefined
  readonly preload: string
  /** The origin of the pages. */
  readonly origin: string
  readonly rendererFolder: string | undefined
  readonly iconFolder: string
  readonly home: string
  readonly log: HomeLog
  readonly systemLanguage: Language
}

/** Files and orders from outside: of a command line, dropped on the dock. */
export interface Arrival {
  readonly paths: readonly string[]
  readonly order?: Order | undefined
}

/** Calls in flight may come back for so long when the person quits. */
const STOP_GRACE_MS = 1_000

export class Desktop implements MenuActions {
  readonly #options: DesktopOptions
  readonly #hasTray: boolean
  readonly #memory: WindowMemory
  readonly #questions: Questions
  readonly #fileDialog: FileDialog
  readonly #loginItem: LoginItem | undefined
  readonly #window: MainWindow
  readonly #awake: Awake
  readonly #quitting: Quitting
  readonly #app: App
  readonly #ask: AskApp
  readonly #notifier: Notifier
  readonly #taskbar: Taskbar
  readonly #tray: FeidiTray
  readonly #keychainUse: AbortController
  readonly #letGo: (() => void)[] = []
  #live: LiveState | undefined
  #menuShown = ''
  #isTrayExplained: boolean
  #explaining: Promise<void> | undefined

  /** @throws TransferError when the home is in use or damaged */
  static async open(options: DesktopOptions): Promise<Desktop> {
    const { electron, process, log, systemLanguage } = options
    const { app, session, shell } = electron
    const { platform, env, execPath } = process
    const item = app.isPackaged ? loginItem({ app, platform, env, execPath }) : undefined
    const hasTray = await showsTray({ platform, env })
    const keychainUse = new AbortController()
    const { safeStorage } = electron
    const keychain = new Keychain({ safeStorage, platform, signal: keychainUse.signal })
    // It is told of settings and asked for files from the moment it runs, which is before we are there.
    let desktop: Desktop | undefined
    const openedApp = await openDesktopApp({
      home: options.home,
      log,
      ...(options.openConf && { openConf: options.openConf }),
      version: app.getVersion(),
      updateFeed: options.updateFeed,
      updateInstaller: installerOf(options, (install, watch) => desktop?.replace(install, watch)),
      systemLanguage,
      keychain,
      keyStorage: () => keychain.storage,
      canStartAtLogin: item !== undefined,
      hasTray,
      canNotify: () => desktop?.canNotify ?? true,
      baseUrl: env['FEIDI_BASE_URL'] || undefined,
      caFile: env['FEIDI_CA_FILE'] || undefined,
      pick: async (kind) => (await desktop?.pick(kind)) ?? null,
      resolveProxy: (url) => session.defaultSession.resolveProxy(url),
      reveal: async (path) => shell.showItemInFolder(path),
      openOutside: async (url) => desktop?.openOutside(url),
      onSettings: (settings) => desktop?.settingsChanged(settings),
      onFault: () => {},
    })
    desktop = new Desktop(options, openedApp, { item, hasTray, keychainUse })
    return desktop
  }

  private constructor(
    options: DesktopOptions,
    app: App,
    parts: { item: LoginItem | undefined; hasTray: boolean; keychainUse: AbortController },
  ) {
    const { electron, process, log, iconFolder } = options
    const { platform } = process
    const scope = log.scope('shell')
    const nowMs = Date.now
    const steadyMs = () => performance.now()
    const language = this.#language
    this.#options = options
    this.#hasTray = parts.hasTray
    this.#loginItem = parts.item
    this.#keychainUse = parts.keychainUse
    this.#memory = new WindowMemory(app.settingsFile, (error) => scope.error('window', { error }))
    this.#isTrayExplained = this.#memory.state.trayExplained
    this.#app = app
    this.#ask = askApp(app)
    this.#questions = new Questions({
      dialog: electron.dialog,
      language,
      window: () => this.#window.inSight(),
    })
    this.#fileDialog = new FileDialog({
      dialog: electron.dialog,
      memory: this.#memory,
      window: () => this.#window.visible,
    })
    this.#awake = new Awake(electron.powerSaveBlocker)
    const troubles = new WindowTroubles({
      questions: this.#questions,
      window: () => this.#window,
    })
    const sessionEnd = new SessionEnd({
      halt: () => void app.suspend(),
      resume: () => void app.wokeUp(),
      quit: () => this.#quitting.now(),
    })
    this.#window = new MainWindow({
      ...options,
      platform,
      memory: this.#memory,
      nowMs: steadyMs,
      onClose: () => this.#onWindowClose(),
      onFailedAgain: () => void troubles.failedAgain(),
      onHangs: () => void troubles.hangs(),
      onAnswersAgain: () => troubles.answersAgain(),
      onContextMenu: (params, window) => {
        const items = contextMenu(params, language())
        if (items.length === 0) return
        electron.Menu.buildFromTemplate(items).popup({ window: asParent(window) })
      },
      onSessionEnding: () => sessionEnd.announced(),
      onSessionEnd: () => sessionEnd.comes(),
      onFault: (what, error) => scope.error(what, { error }),
    })
    this.#quitting = new Quitting({
      app: electron.app,
      questions: this.#questions,
      isUploading: () => this.#live !== undefined && isUploading(this.#live),
      close: () => this.#close(),
    })
    this.#notifier = new Notifier({
      Notification: electron.Notification,
      ask: this.#ask,
      actions: this,
      language,
      settings: () => this.#app.settings,
      isLooking: () => this.#window.isFocused,
      icon: platform === 'linux' ? join(iconFolder, 'app.png') : undefined,
      log: scope,
      nowMs: steadyMs,
    })
    this.#taskbar = new Taskbar({
      app: electron.app,
      process,
      window: this.#window,
      language,
      actions: this,
    })
    this.#tray = new FeidiTray({ ...options, platform, language, actions: this, nowMs })
  }

  /** @param arrival what came while Feidi was starting */
  start({ paths, order }: Arrival): void {
    const { electron, process, log, rendererFolder, origin } = this.#options
    const { app } = electron
    lockDown(electron, origin, (url) => this.openOutside(url))
    const files = staticFiles(rendererFolder)
    electron.protocol.handle(APP_SCHEME, (request) => answerAppRequest(files, this.#app, request))
    handleIpc({
      ipcMain: electron.ipcMain,
      app: this.#app,
      isTrusted: (sender) => isOurPage(sender, origin),
      nowMs: Date.now,
    })
    this.#listen()
    this.#letGo.push(
      showFaults(process, log, this.#questions, () => this.#restart()),
      followLive(this.#app, (live) => this.#follow(live)),
    )
    electron.nativeTheme.themeSource = this.#app.settings.theme
    this.#describe()
    this.#takeOverLoginItem()
    this.#app.offer(paths)
    // macOS hands over no arguments at login.
    const isAtLogin =
      startsHidden(process.argv) ||
      (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
    if (!isAtLogin || paths.length > 0) this.#window.open()
    if (order !== undefined) this.#obey(order)
  }

  arrived({ paths, order }: Arrival): void {
    if (order === undefined) this.offer(paths)
    else this.#obey(order)
  }

  offer(paths: readonly string[]): void {
    if (this.#quitting.isUnderWay) return
    this.#app.offer(paths)
    this.open()
  }

  open(address?: string): void {
    if (this.#quitting.isUnderWay) return
    this.#comeForward()
    this.#window.open(address)
  }

  openTransfer(id: string): void {
    this.open(ADDRESS.transfer(id))
  }

  add(kind: 'files' | 'folder'): void {
    this.#comeForward()
    void this.pick(kind).then((paths) => {
      if (paths !== undefined) this.offer(paths)
    })
  }

  pauseAll(paused: boolean): void {
    this.#ask('queue.pause-all', { paused }).catch(this.#logFault('pause-all'))
  }

  quit(): void {
    this.#comeForward()
    this.#options.electron.app.quit()
  }

  pick(kind: 'files' | 'folder'): Promise<string[] | undefined> {
    return this.#fileDialog.pick(kind)
  }

  get canNotify(): boolean {
    return !this.#notifier.isRefused
  }

  openOutside(url: string): Promise<void> {
    const { electron, log } = this.#options
    return openOutside(url, { electron, questions: this.#questions, log: log.scope('shell') })
  }

  readonly #language = (): Language => {
    const { language } = this.#app.settings
    return language === 'system' ? this.#options.systemLanguage : language
  }

  #logFault(what: string): (error: unknown) => void {
    return (error) => this.#options.log.scope('shell').error(what, { error })
  }

  /** macOS leaves a program behind the others when a person acts on its icon in the menu bar. */
  #comeForward(): void {
    const { electron, process } = this.#options
    if (process.platform === 'darwin') electron.app.focus({ steal: true })
  }

  #obey(order: Order): void {
    if (order === 'add-files') this.add('files')
    else this.pauseAll(order === 'pause-all')
  }

  #listen(): void {
    const { electron, process, log } = this.#options
    const { app, powerMonitor, Notification } = electron
    app.on('activate', () => this.open())
    // Without a listener Electron would quit: closing the window leaves us in the tray.
    app.on('window-all-closed', () => {})
    app.on('child-process-gone', (_event, { type, reason, exitCode, name }) =>
      log.scope('shell').error('child-process-gone', { type, reason, exitCode, name }),
    )
    // Of notices that are not held any more, or that have started Feidi.
    if (process.platform === 'win32') Notification.handleActivation(() => this.open())
    const onEnd = () => this.#quitting.now()
    this.#letGo.push(followSystem({ powerMonitor, process, app: this.#app, onEnd }))
  }

  #follow(live: LiveState): void {
    this.#live = live
    this.#awake.follow(live)
    this.#tray.follow(live)
    this.#notifier.follow(live)
    this.#taskbar.follow(live)
    this.#showMenu()
  }

  #showMenu(): void {
    const { electron, process } = this.#options
    const { isPackaged } = electron.app
    const isPaused = this.#live?.engine.pausedBy === 'person'
    const language = this.#language()
    const menu = JSON.stringify([language, isPaused])
    if (menu === this.#menuShown) return
    this.#menuShown = menu
    const { platform } = process
    const template = appMenu({ platform, language, isPaused, isPackaged, actions: this })
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template))
  }

  /** Fills the box that "About" opens. */
  #describe(): void {
    const { electron, iconFolder } = this.#options
    const { app } = electron
    const words = (name: 'appName' | 'copyright') => t(this.#language(), `desktop.${name}`)
    app.setAboutPanelOptions({
      applicationName: words('appName'),
      applicationVersion: app.getVersion(),
      copyright: words('copyright'),
      // GTK opens it itself, and cannot read archives.
      iconPath: join(iconFolder.replace('app.asar', 'app.asar.unpacked'), 'app.png'),
    })
  }

  /** @throws TransferError `login-item-failed`, `login-item-approval` */
  settingsChanged({ startAtLogin, theme }: AppSettings): void {
    this.#setLoginItem(startAtLogin)
    this.#options.electron.nativeTheme.themeSource = theme
    this.#describe()
    this.#tray.show()
    this.#showMenu()
    if (this.#live !== undefined) this.#taskbar.follow(this.#live)
  }

  #setLoginItem(startAtLogin: boolean): void {
    const item = this.#loginItem
    try {
      if (item !== undefined && item.isOn() !== startAtLogin) item.set(startAtLogin)
    } catch (cause) {
      if (cause instanceof TransferError) throw cause
      const detail = (cause as NodeJS.ErrnoException).code
      throw new TransferError('login-item-failed', { ...(detail && { detail }), cause })
    }
  }

  /** Takes over the login item set in the system, which takes precedence over the setting here. */
  #takeOverLoginItem(): void {
    const isOn = this.#loginItem?.isOn()
    if (isOn === undefined || isOn === this.#app.settings.startAtLogin) return
    this.#ask('settings.set', { change: { startAtLogin: isOn } }).catch(this.#logFault('login'))
  }

  #onWindowClose(): boolean {
    if (this.#quitting.isUnderWay) return true
    if (!this.#hasTray || !this.#app.settings.closeToTray) {
      // Quitting closes it; the person may still choose to continue.
      setImmediate(() => this.quit())
      return false
    }
    if (this.#isTrayExplained) return true
    this.#explaining ??= this.#explainTray()
    return false
  }

  /** Once, before the window goes: that closing it is not the end. A notification may not be shown at all. */
  async #explainTray(): Promise<void> {
    const { platform } = this.#options.process
    await this.#questions.ask({
      type: 'info',
      message: 'stillRunning',
      detail: platform === 'darwin' ? 'stillRunningDetailMac' : 'stillRunningDetail',
      buttons: ['understood'],
      onEscape: 'understood',
    })
    this.#isTrayExplained = true
    this.#memory.remember({ trayExplained: true })
    this.#window.destroy()
  }

  /** Lets an installer end us; this version starts again if it fails. */
  replace(install: () => void, watch: (onFailure: () => void) => void): void {
    const { electron, process, log } = this.#options
    this.#quitting.through(() => {
      this.#window.destroy()
      let hasFailed = false
      watch(() => {
        if (hasFailed) return
        hasFailed = true
        log.scope('shell').error('update')
        startAgainLater(electron.app, process)
        electron.app.quit()
      })
      install()
    })
  }

  #restart(): void {
    startAgainLater(this.#options.electron.app, this.#options.process)
    this.#quitting.now()
  }

  async #close(): Promise<void> {
    for (const letGo of this.#letGo) letGo()
    this.#keychainUse.abort()
    this.#awake.release()
    this.#notifier.close()
    await this.#app.close(STOP_GRACE_MS)
    this.#tray.close()
  }
}

function installerOf(
  { updates, electron, process, log }: DesktopOptions,
  leave: Parameters<typeof updateInstaller>[0]['leave'],
) {
  if (updates === undefined || !electron.app.isPackaged || !canInstall(process, updates)) return
  return updateInstaller({ ...updates, process, log: log.scope('shell'), leave })
}

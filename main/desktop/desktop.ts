/** The running desktop app: what happens when the person, the system or the host does something. */
import type { App } from '#main/app/open-app.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import { staticFiles } from '#main/lib/static-files.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Language } from '#shared/text/language.ts'
import { attentionWords } from '#shared/text/summary.ts'
import { t } from '#shared/text/t.ts'
import { appMenu } from './app-menu.ts'
import { APP_SCHEME, answerAppRequest, isOurPage } from './app-protocol.ts'
import { type AskApp, askApp } from './ask-app.ts'
import { Awake } from './awake.ts'
import { startsHidden } from './command-line.ts'
import type { ShellElectron, ShellProcess } from './electron-parts.ts'
import { handleIpc } from './handle-ipc.ts'
import { keychainBox } from './keychain-box.ts'
import { followLive } from './live-follower.ts'
import { type LoginItem, loginItem } from './login-item.ts'
import { MainWindow } from './main-window.ts'
import { ADDRESS, type MenuActions } from './menu-actions.ts'
import { Notifier } from './notifier.ts'
import { type DesktopAppOptions, openDesktopApp } from './open-desktop-app.ts'
import { mayOpenOutside } from './outside-links.ts'
import { progressOf } from './progress-view.ts'
import { Questions } from './questions.ts'
import { isUploading, Quitting } from './quitting.ts'
import { showFaults } from './show-faults.ts'
import { FeidiTray } from './tray.ts'
import { WindowMemory } from './window-state.ts'

export interface DesktopOptions {
  readonly electron: ShellElectron
  readonly process: ShellProcess
  readonly openConf: DesktopAppOptions['openConf']
  /** Our own file; undefined in a packaged app. */
  readonly entry: string | undefined
  readonly preload: string
  /** The origin of the pages. */
  readonly origin: string
  readonly rendererFolder: string | undefined
  readonly iconFolder: string
  readonly home: string
  readonly log: HomeLog
  readonly systemLanguage: Language
}

/** Calls in flight may come back for so long when the person quits. */
const STOP_GRACE_MS = 1_000
/** Not every system tells when the plug is pulled, so it is looked at. */
const LOOK_AT_POWER_EVERY_MS = 15_000
/** Stop signals: from a terminal, or from a system that shuts down. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export class Desktop implements MenuActions {
  readonly #options: DesktopOptions
  readonly #memory: WindowMemory
  readonly #questions: Questions
  readonly #loginItem: LoginItem | undefined
  readonly #window: MainWindow
  readonly #awake: Awake
  readonly #quitting: Quitting
  readonly #app: App
  readonly #ask: AskApp
  readonly #notifier: Notifier
  readonly #tray: FeidiTray
  readonly #letGo: (() => void)[] = []
  #live: LiveState | undefined
  #menuShown = ''
  #badgeShown = 0
  #hanging = new AbortController()

  /** @throws TransferError when the home is in use or damaged */
  static async open(options: DesktopOptions): Promise<Desktop> {
    const { electron, process, log, systemLanguage } = options
    const item = options.entry === undefined ? loginItem({ ...process, ...electron }) : undefined
    // It is told of settings and asked for files from the moment it runs, which is before we are there.
    let desktop: Desktop | undefined
    const app = await openDesktopApp({
      home: options.home,
      log,
      ...(options.openConf && { openConf: options.openConf }),
      version: electron.app.getVersion(),
      systemLanguage,
      keychain: keychainBox(electron.safeStorage),
      keyStorage: keyStorageOf(electron, process.platform),
      canStartAtLogin: item !== undefined,
      baseUrl: process.env['FEIDI_BASE_URL'] || undefined,
      caFile: process.env['FEIDI_CA_FILE'] || undefined,
      pick: async (kind) => (await desktop?.pick(kind)) ?? null,
      resolveProxy: (url) => electron.session.defaultSession.resolveProxy(url),
      reveal: async (path) => electron.shell.showItemInFolder(path),
      // The sign-in page of a host that was given by hand is opened from its link by the person.
      openOutside: async (url) => {
        if (mayOpenOutside(url)) await electron.shell.openExternal(url)
      },
      onSettings: (settings) => desktop?.settingsChanged(settings),
      onFault: () => {},
    })
    desktop = new Desktop(options, app, new WindowMemory(app.settingsFile), item)
    return desktop
  }

  private constructor(
    options: DesktopOptions,
    app: App,
    memory: WindowMemory,
    item: LoginItem | undefined,
  ) {
    const { electron, process, log } = options
    const nowMs = Date.now
    const steadyMs = () => performance.now()
    this.#options = options
    this.#memory = memory
    this.#loginItem = item
    this.#app = app
    this.#ask = askApp(app)
    this.#questions = new Questions(electron.dialog, this.#language)
    this.#awake = new Awake(electron.powerSaveBlocker)
    this.#window = new MainWindow({
      ...options,
      platform: process.platform,
      memory,
      nowMs: steadyMs,
      onClose: () => this.#onWindowClose(),
      onFailedAgain: () => void this.#explainFailure(),
      onHangs: () => void this.#explainHanging(),
      onAnswersAgain: () => this.#hanging.abort(),
      onSessionEnd: () => this.#quitting.now(),
      onFault: (what, error) => log.scope('shell').error(what, { error }),
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
      language: this.#language,
      settings: () => this.#app.settings,
      isLooking: () => this.#window.isFocused,
      nowMs: steadyMs,
    })
    this.#tray = new FeidiTray({
      ...options,
      platform: process.platform,
      language: this.#language,
      actions: this,
      nowMs,
    })
  }

  /** @param paths handed over while Feidi was starting */
  start(paths: readonly string[]): void {
    const { electron, process, log, rendererFolder, origin } = this.#options
    const { app } = electron
    const files = staticFiles(rendererFolder)
    electron.protocol.handle(APP_SCHEME, (request) => answerAppRequest(files, request))
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
    void this.#takeOverLoginItem()
    this.#app.offer(paths)
    // macOS hands over no arguments at login.
    const isAtLogin =
      startsHidden(process.argv) ||
      (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
    if (!isAtLogin || paths.length > 0) this.#window.open()
  }

  /** Files from outside the window: it asks where they go. */
  offer(paths: readonly string[]): void {
    if (this.#quitting.isUnderWay) return
    this.#app.offer(paths)
    this.#window.open()
  }

  open(address?: string): void {
    if (!this.#quitting.isUnderWay) this.#window.open(address)
  }

  openTransfer(id: string): void {
    this.open(ADDRESS.transfer(id))
  }

  add(kind: 'files' | 'folder'): void {
    void this.pick(kind).then((paths) => {
      if (paths !== undefined) this.offer(paths)
    })
  }

  pauseAll(paused: boolean): void {
    void this.#ask('queue.pause-all', { paused })
  }

  quit(): void {
    this.#options.electron.app.quit()
  }

  pick(kind: 'files' | 'folder'): Promise<string[] | undefined> {
    return this.#questions.pick(kind)
  }

  readonly #language = (): Language => {
    const { language } = this.#app.settings
    return language === 'system' ? this.#options.systemLanguage : language
  }

  #listen(): void {
    const { electron, process } = this.#options
    const { app, powerMonitor } = electron
    app.on('activate', () => this.open())
    // Without a listener Electron would quit: closing the window leaves us in the tray.
    app.on('window-all-closed', () => {})
    powerMonitor.on('suspend', () => void this.#app.suspend())
    powerMonitor.on('resume', () => void this.#app.wokeUp())
    powerMonitor.on('shutdown', () => this.#quitting.now())
    const lookAtPower = () => void this.#app.runsOnBattery(powerMonitor.isOnBatteryPower())
    powerMonitor.on('on-battery', lookAtPower)
    powerMonitor.on('on-ac', lookAtPower)
    const looking = setInterval(lookAtPower, LOOK_AT_POWER_EVERY_MS)
    lookAtPower()
    const onSignal = () => this.#quitting.now()
    for (const signal of SIGNALS) process.on(signal, onSignal)
    this.#letGo.push(() => {
      clearInterval(looking)
      for (const signal of SIGNALS) process.off(signal, onSignal)
    })
  }

  #follow(live: LiveState): void {
    this.#live = live
    this.#awake.follow(live)
    this.#tray.follow(live)
    this.#notifier.follow(live)
    this.#showMenu()
    const attention = live.counts.byTab.attention
    const words = attention > 0 ? attentionWords(attention, this.#language()) : ''
    this.#window.setProgress(progressOf(live), words)
    if (attention !== this.#badgeShown) this.#options.electron.app.setBadgeCount(attention)
    this.#badgeShown = attention
  }

  #showMenu(): void {
    const { electron, process } = this.#options
    const isPaused = this.#live?.engine.pausedBy === 'person'
    const menu = JSON.stringify([this.#language(), isPaused])
    if (menu === this.#menuShown) return
    this.#menuShown = menu
    const template = appMenu(process.platform, this.#language(), isPaused, this)
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template))
  }

  /** @throws TransferError `login-item-failed` */
  settingsChanged({ startAtLogin }: AppSettings): void {
    const item = this.#loginItem
    try {
      if (item !== undefined && item.isOn() !== startAtLogin) item.set(startAtLogin)
    } catch (cause) {
      const detail = (cause as NodeJS.ErrnoException).code
      throw new TransferError('login-item-failed', { ...(detail && { detail }), cause })
    }
    this.#tray.show()
    this.#showMenu()
  }

  /** Takes over the login item set in the system, which takes precedence over the setting here. */
  async #takeOverLoginItem(): Promise<void> {
    const isOn = this.#loginItem?.isOn()
    if (isOn === undefined || isOn === this.#app.settings.startAtLogin) return
    await this.#ask('settings.set', { change: { startAtLogin: isOn } })
  }

  #onWindowClose(): boolean {
    if (this.#quitting.isUnderWay) return true
    if (this.#app.settings.closeToTray) {
      this.#explainTray()
      return true
    }
    // Quitting closes it; the person may still choose to continue.
    setImmediate(() => this.quit())
    return false
  }

  /** Once: that closing the window is not the end. */
  #explainTray(): void {
    const { electron, process, log } = this.#options
    try {
      if (this.#memory.state.trayExplained) return
      this.#memory.remember({ trayExplained: true })
    } catch (error) {
      log.scope('shell').error('tray', { error })
    }
    const detail = process.platform === 'darwin' ? 'stillRunningDetailMac' : 'stillRunningDetail'
    const language = this.#language()
    if (electron.Notification.isSupported()) {
      this.#notifier.show(
        t(language, 'desktop.stillRunning'),
        t(language, `desktop.${detail}`),
        () => this.open(),
      )
    } else {
      const buttons = ['understood'] as const
      const message = 'stillRunning'
      void this.#questions.ask({ type: 'info', message, detail, buttons, onEscape: 'understood' })
    }
  }

  async #explainFailure(): Promise<void> {
    const answer = await this.#questions.ask({
      type: 'error',
      message: 'windowFailed',
      detail: 'windowFailedDetail',
      buttons: ['reload', 'closeWindow'],
      onEscape: 'closeWindow',
    })
    if (answer === 'reload') this.#window.reload()
    else this.#window.destroy()
  }

  async #explainHanging(): Promise<void> {
    this.#hanging.abort()
    this.#hanging = new AbortController()
    const { signal } = this.#hanging
    const answer = await this.#questions.ask({
      type: 'warning',
      message: 'windowHangs',
      detail: 'windowHangsDetail',
      buttons: ['wait', 'reload'],
      onEscape: 'wait',
      signal,
    })
    if (answer === 'reload' && !signal.aborted) this.#window.reload()
  }

  #restart(): void {
    this.#options.electron.app.relaunch()
    this.#quitting.now()
  }

  async #close(): Promise<void> {
    for (const letGo of this.#letGo) letGo()
    this.#awake.release()
    this.#notifier.close()
    await this.#app.close(STOP_GRACE_MS)
    this.#tray.close()
  }
}

/** On Linux without a keyring Electron keeps secrets under a password that stands in its own source. */
function keyStorageOf({ safeStorage }: ShellElectron, platform: NodeJS.Platform) {
  const isPlain = platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
  return isPlain ? ('obfuscated' as const) : ('system' as const)
}

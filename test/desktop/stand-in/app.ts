import { existsSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type {
  AboutPanelOptionsOptions,
  App,
  FocusOptions,
  LoginItemSettings,
  LoginItemSettingsOptions,
  NativeImage,
  RelaunchOptions,
  Settings,
  Task,
} from 'electron'
import type { Page } from 'playwright-core'
import type { ShellApp } from '#main/desktop/electron-parts.ts'
import { StandInEmitter } from './emitter.ts'

export interface StandInAppOptions {
  /** The system it pretends to run on. */
  readonly platform: NodeJS.Platform
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly languages: readonly string[]
  readonly isPackaged: boolean
  readonly system: StandInSystem
}

/** The update that lies at the feed. */
export interface StandInUpdate {
  /** The address of the folder with the metadata. */
  readonly feed: string
  readonly version: string
  /** The subject of the certificate of the download; empty: it has no valid signature. */
  readonly signer: string
  /** `offline`: nothing comes. */
  readonly fails?: 'offline' | 'installing'
  /** Gets all that electron-updater does. */
  readonly did: string[]
}

/** The system around the app, where it is not as usual. */
export interface StandInSystem {
  /** Linux: that which keeps secrets is not there, or asks the person for a password. */
  readonly keyring?: 'missing' | 'locked'
  /** The person, or the missing signature, forbids notifications. */
  readonly notifications?: 'refused'
  /** It runs from its sources. */
  readonly isDeveloped?: true
  /** The build was signed, and this version lies at its feed. */
  readonly update?: StandInUpdate
}

/** A window as far as the app has to do with it. */
export interface AppWindow {
  readonly page: Promise<Page>
  close(): void
  destroy(): void
  setOverlayIcon(overlay: NativeImage | null, description: string): void
}

/** The login items of the system, as its own settings show them. */
interface SystemLoginItem {
  isRegistered: boolean
  path: string | undefined
  args: readonly string[]
  /** Switched off in Task Manager, or not approved in System Settings. */
  isSwitchedOff: boolean
}

/** The app that holds the lock of a folder, as the operating system would know. */
const running = new Map<string, StandInApp>()

/** The life of a program: ready, one instance, quitting in Electron's own order of events. */
export class StandInApp extends StandInEmitter implements Omit<ShellApp, 'on'> {
  readonly #options: StandInAppOptions
  readonly windows = new Set<AppWindow>()
  readonly paths = new Map<string, string>()
  readonly isPackaged: boolean
  readonly #exited = Promise.withResolvers<number>()
  readonly loginItem: SystemLoginItem = {
    ...{ isRegistered: false, path: undefined, args: [], isSwitchedOff: false },
  }
  readonly dock: ShellApp['dock']
  /** Of the dock's icon on macOS and of the launcher's on Linux; Windows has one for each window. */
  progress = -1
  badge = 0
  #isQuitting = false
  #isOver = false
  #isReady = false

  constructor(options: StandInAppOptions) {
    super()
    this.#options = options
    this.isPackaged = options.isPackaged
    this.dock = options.platform === 'darwin' ? { setMenu() {} } : undefined
  }

  get argv(): readonly string[] {
    return this.#options.argv
  }

  get system(): StandInSystem {
    return this.#options.system
  }

  get platform(): NodeJS.Platform {
    return this.#options.platform
  }

  /** The exit code, once it is over. */
  get exited(): Promise<number> {
    return this.#exited.promise
  }

  /** Throws for a call that Electron refuses before the app is ready, or once it is. */
  expectReady(isReady: boolean, what: string): void {
    if (this.#isReady !== isReady) throw new Error(`${what} ${isReady ? 'before' : 'after'} ready`)
  }

  async whenReady(): Promise<void> {
    await nextTurn()
    this.#isReady = true
    this.emit('ready')
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path}`)
    this.paths.set(name, path)
  }

  getPath(name: string): string {
    return this.paths.get(name) ?? ''
  }

  requestSingleInstanceLock(): boolean {
    const folder = this.paths.get('userData') ?? ''
    const other = running.get(folder)
    if (other === undefined) {
      running.set(folder, this)
      return true
    }
    const { argv, workingDirectory } = this.#options
    other.emit('second-instance', {}, [...argv, '--allow-file-access'], workingDirectory, undefined)
    return false
  }

  releaseSingleInstanceLock(): void {
    const folder = this.paths.get('userData') ?? ''
    if (running.get(folder) === this) running.delete(folder)
  }

  /** `Browser::Quit`: asks once, then closes the windows, which end some time later. */
  quit(): void {
    if (this.#isQuitting || this.#isOver || this.emitCancelable('before-quit')) return
    this.#isQuitting = true
    if (this.windows.size === 0) this.#leave()
    else for (const window of this.windows) window.close()
  }

  exit(code = 0): void {
    for (const window of this.windows) window.destroy()
    this.#end(code)
  }

  /** A window has refused to close: nothing quits any more. */
  closeCanceled(): void {
    this.#isQuitting = false
  }

  /** The last window is gone. */
  allClosed(): void {
    if (this.#isQuitting) this.#leave()
    else if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }

  relaunch(_options?: RelaunchOptions): void {}

  getVersion = () => '0.0.1'
  getAppPath = () => '/opt/Feidi/resources/app.asar'
  getLocale = () => this.#options.languages[0] ?? ''
  getPreferredSystemLanguages = () => [...this.#options.languages]
  getAllWindows = () => [...this.windows]

  setAppUserModelId(_id: string): void {}
  setToastActivatorCLSID(_id: string): void {}
  setAboutPanelOptions(_options: AboutPanelOptionsOptions): void {}
  setUserTasks = (_tasks: Task[]): boolean => true
  focus(_options?: FocusOptions): void {}

  /** On Windows each window gets the number as its overlay (browser_win.cc), whatever it showed. */
  setBadgeCount(count = 0): boolean {
    this.badge = count
    if (this.platform !== 'win32') return true
    const image = count === 0 ? null : ({ path: 'number' } as unknown as NativeImage)
    const description = `${count} unread notifications`
    for (const window of this.windows) window.setOverlayIcon(image, description)
    return true
  }

  setLoginItemSettings({ openAtLogin = false, path, args = [] }: Settings): void {
    if (this.platform === 'linux') return
    const item = this.loginItem
    item.isRegistered = openAtLogin
    item.path = path
    item.args = args
    // Windows deletes what Task Manager had said; macOS keeps what the person has said.
    if (this.platform === 'win32') item.isSwitchedOff = false
  }

  getLoginItemSettings(options: LoginItemSettingsOptions = {}): LoginItemSettings {
    const { isRegistered, path, args, isSwitchedOff } = this.loginItem
    const isMac = this.platform === 'darwin'
    const isSamePath = path === options.path
    const isSame =
      isMac || (isSamePath && JSON.stringify(args) === JSON.stringify(options.args ?? []))
    const status = isSwitchedOff ? 'requires-approval' : 'enabled'
    return {
      openAtLogin: isRegistered && isSame && !(isMac && isSwitchedOff),
      wasOpenedAtLogin: false,
      executableWillLaunchAtLogin: !isMac && isRegistered && isSamePath && !isSwitchedOff,
      status: isRegistered ? status : 'not-registered',
      launchItems: [],
    } satisfies ReturnType<App['getLoginItemSettings']>
  }

  /** `Browser::NotifyAndShutdown`: a refusal ends the quitting. */
  #leave(): void {
    if (this.emitCancelable('will-quit')) this.#isQuitting = false
    else this.#end(0)
  }

  #end(code: number): void {
    if (this.#isOver) return
    this.#isOver = true
    this.emit('quit', {}, code)
    this.releaseSingleInstanceLock()
    this.#exited.resolve(code)
  }
}

import { existsSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { App, LoginItemSettings, LoginItemSettingsOptions, Settings } from 'electron'
import type { Page } from 'playwright-core'
import type { ShellApp } from '#main/desktop/electron-parts.ts'
import { StandInEmitter } from './emitter.ts'

export interface StandInAppOptions {
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly languages: readonly string[]
  readonly isPackaged: boolean
}

/** A window as far as the app has to do with it. */
export interface AppWindow {
  readonly page: Promise<Page>
  close(): void
  destroy(): void
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
  loginItem: Settings = {}
  userModelId: string | undefined
  isRelaunched = false
  #isOver = false
  #isReady = false

  constructor(options: StandInAppOptions) {
    super()
    this.#options = options
    this.isPackaged = options.isPackaged
  }

  get argv(): readonly string[] {
    return this.#options.argv
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

  quit(): void {
    if (this.#isOver || this.emitCancelable('before-quit')) return
    for (const window of this.windows) window.close()
    if (this.windows.size > 0) return
    this.#leave()
  }

  exit(code = 0): void {
    for (const window of this.windows) window.destroy()
    this.#end(code)
  }

  /** The last window is gone. */
  allClosed(): void {
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }

  relaunch(): void {
    this.isRelaunched = true
  }

  getVersion = () => '0.0.0-test'
  getLocale = () => this.#options.languages[0] ?? ''
  getPreferredSystemLanguages = () => [...this.#options.languages]
  getAllWindows = () => [...this.windows]

  setAppUserModelId(id: string): void {
    this.userModelId = id
  }

  setBadgeCount(_count?: number): boolean {
    return true
  }

  setLoginItemSettings(settings: Settings): void {
    this.loginItem = settings
  }

  getLoginItemSettings(_options?: LoginItemSettingsOptions): LoginItemSettings {
    const { openAtLogin = false } = this.loginItem
    const known = { openAtLogin, wasOpenedAtLogin: false }
    return known as ReturnType<App['getLoginItemSettings']>
  }

  #leave(): void {
    if (!this.emitCancelable('will-quit')) this.#end(0)
  }

  #end(code: number): void {
    if (this.#isOver) return
    this.#isOver = true
    const folder = this.paths.get('userData') ?? ''
    if (running.get(folder) === this) running.delete(folder)
    this.emit('quit', {}, code)
    this.#exited.resolve(code)
  }
}

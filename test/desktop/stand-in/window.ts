import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  NativeImage,
  ProgressBarOptions,
  Rectangle,
  ThumbarButton,
} from 'electron'
import type { Page } from 'playwright-core'
import type { ShellWindow } from '#main/desktop/electron-parts.ts'
import { StandInContents } from './contents.ts'
import { StandInEmitter } from './emitter.ts'
import type { StandInWorld } from './world.ts'

/** The window actions of tests, beyond those of the shell; real windows have all of them. */
type WindowOfTests = Pick<
  BrowserWindow,
  'blur' | 'close' | 'getBounds' | 'minimize' | 'setBounds' | 'unmaximize'
>

const DEFAULT_PLACE = { x: 40, y: 40 }

/** A window whose content is a page in a real Chromium, once a test looks at it. */
export class StandInWindow
  extends StandInEmitter
  implements Omit<ShellWindow, 'on' | 'once' | 'webContents'>, WindowOfTests
{
  readonly id: number
  readonly options: BrowserWindowConstructorOptions
  readonly webContents: StandInContents
  readonly #world: StandInWorld
  #bounds: Rectangle
  #isDestroyed = false
  #isVisible: boolean
  #isFocused: boolean
  #isMinimized = false
  #isMaximized = false

  constructor(world: StandInWorld, options: BrowserWindowConstructorOptions = {}) {
    super()
    const { app, troubles } = world
    app.expectReady(true, 'a window')
    this.#world = world
    if (options.show !== false || options.backgroundColor === undefined) {
      troubles.push('a white window flashes up before its page is there')
    }
    if (app.platform !== 'linux' && options.icon !== undefined) {
      troubles.push('an image is scaled where the program has icons of all sizes')
    }
    this.options = options
    this.#isVisible = options.show ?? true
    this.#isFocused = this.#isVisible
    const { width = 800, height = 600, x = DEFAULT_PLACE.x, y = DEFAULT_PLACE.y } = options
    this.#bounds = { x, y, width, height }
    this.webContents = new StandInContents(world, options.webPreferences?.preload ?? '', {
      width,
      height,
    })
    this.id = this.webContents.id
    world.app.windows.add(this)
    world.app.emit('web-contents-created', {}, this.webContents)
  }

  get page(): Promise<Page> {
    return this.webContents.page
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url)
    setImmediate(() => {
      if (!this.#isDestroyed) this.emit('ready-to-show')
    })
  }

  /** A window that a person closes is gone some time later. */
  close(): void {
    if (this.#isDestroyed) return
    if (this.emitCancelable('close')) this.#world.app.closeCanceled()
    else setImmediate(() => this.destroy())
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    const { app, troubles } = this.#world
    app.windows.delete(this)
    this.webContents.destroy()
    this.emit('closed')
    if (app.windows.size > 0) return
    if (app.platform !== 'win32' && app.progress !== -1) {
      troubles.push(`the icon shows ${app.progress} for ever: the last window is gone`)
    }
    app.allClosed()
  }

  isDestroyed = () => this.#isDestroyed
  isVisible = () => this.#alive().#isVisible
  isFocused = () => this.#alive().#isFocused && !this.#isMinimized
  isMinimized = () => this.#alive().#isMinimized
  isMaximized = () => this.#alive().#isMaximized
  getBounds = () => this.#bounds
  getNormalBounds = () => this.#alive().#bounds

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
  }

  focus(): void {
    this.#alive().#isFocused = true
  }

  blur(): void {
    this.#isFocused = false
  }

  show(): void {
    this.#alive().#isVisible = true
    this.#isFocused = true
    this.#isMinimized = false
    this.emit('show')
  }

  minimize(): void {
    this.#isMinimized = true
  }

  restore(): void {
    this.#isMinimized = false
  }

  /** Shows a window that was not. */
  maximize(): void {
    this.#isMaximized = true
    this.#isVisible = true
  }

  unmaximize(): void {
    this.#isMaximized = false
  }

  setProgressBar(progress: number, _options?: ProgressBarOptions): void {
    this.#alive().#world.app.progress = progress
  }

  setOverlayIcon(_overlay: NativeImage | null, _description: string): void {
    this.#alive()
  }

  /** Buttons of a window that is not in the taskbar never show, not even when they are set again. */
  setThumbarButtons(_buttons: ThumbarButton[]): boolean {
    if (!this.#alive().#isVisible) this.#world.troubles.push('buttons of a hidden window')
    return true
  }

  #alive(): this {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
    return this
  }
}

import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  NativeImage,
  ProgressBarOptions,
  Rectangle,
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

/** A window whose content is a page in a real Chromium. */
export class StandInWindow
  extends StandInEmitter
  implements Omit<ShellWindow, 'on' | 'webContents'>, WindowOfTests
{
  readonly id: number
  readonly options: BrowserWindowConstructorOptions
  readonly webContents: StandInContents
  readonly #world: StandInWorld
  #bounds: Rectangle
  #isDestroyed = false
  #isFocused = true
  #isMinimized = false
  #isMaximized = false

  constructor(world: StandInWorld, options: BrowserWindowConstructorOptions = {}) {
    super()
    world.app.expectReady(true, 'a window')
    this.#world = world
    this.options = options
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
  }

  close(): void {
    if (this.#isDestroyed || this.emitCancelable('close')) return
    this.destroy()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    const { app } = this.#world
    app.windows.delete(this)
    this.webContents.destroy()
    this.emit('closed')
    if (app.windows.size === 0) app.allClosed()
  }

  isDestroyed = () => this.#isDestroyed
  isFocused = () => this.#isFocused && !this.#isMinimized
  isMinimized = () => this.#isMinimized
  isMaximized = () => this.#isMaximized
  getBounds = () => this.#bounds
  getNormalBounds = () => this.#bounds

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
  }

  focus(): void {
    this.#isFocused = true
  }

  blur(): void {
    this.#isFocused = false
  }

  show(): void {
    this.#isMinimized = false
  }

  minimize(): void {
    this.#isMinimized = true
  }

  restore(): void {
    this.#isMinimized = false
  }

  maximize(): void {
    this.#isMaximized = true
  }

  unmaximize(): void {
    this.#isMaximized = false
  }

  setProgressBar(_progress: number, _options?: ProgressBarOptions): void {}

  setOverlayIcon(_overlay: NativeImage | null, _description: string): void {}
}

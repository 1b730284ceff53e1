import type { WebContents } from 'electron'
import type { BrowserContext, Frame, Page, Request as PageRequest, Route } from 'playwright-core'
import type { ShellContents } from '#main/desktop/electron-parts.ts'
import { toAppUrl, toPageUrl } from './app-urls.ts'
import { StandInEmitter } from './emitter.ts'
import { BINDINGS, preloadScript } from './preload-script.ts'
import type { StandInWorld } from './world.ts'

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]

let lastId = 0

/**
 * The contents of a window: a page with the real preload script that can load only `app://`. It is
 * opened when a test asks for it: most of the shell does the same without.
 */
export class StandInContents extends StandInEmitter implements Omit<ShellContents, 'on'> {
  readonly id = ++lastId
  readonly #world: StandInWorld
  readonly #preload: string
  readonly #viewport: { width: number; height: number }
  #page: Promise<Page> | undefined
  #opened: Page | undefined
  #context: BrowserContext | undefined
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #isDestroyed = false
  /** The address the shell has sent the page to; any other address is the page's own doing. */
  #expected: string | undefined

  constructor(world: StandInWorld, preload: string, size: { width: number; height: number }) {
    super()
    this.#world = world
    this.#preload = preload
    this.#viewport = size
  }

  get page(): Promise<Page> {
    this.#page ??= this.#open()
    // The code that awaits it learns of the failure.
    this.#page.catch(() => {})
    return this.#page
  }

  isDestroyed = () => this.#isDestroyed
  getURL = () => toAppUrl(this.#opened?.url() ?? '')

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  async load(url: string): Promise<void> {
    this.#expected = toPageUrl(url)
    const page = await this.#page
    if (page?.url() === this.#expected) {
      this.#world.troubles.push(`${url} again: Chromium reloads it, with what a person typed there`)
    }
    await page?.goto(this.#expected)
  }

  reload(): void {
    void this.#page?.then(async (page) => {
      this.#expected = page.url()
      await page.reload().catch(() => {}) // Closed meanwhile.
    })
  }

  /** The page's process dies. */
  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 })
  }

  send(channel: string, content: unknown): void {
    if (this.#isDestroyed) throw new Error('Object has been destroyed')
    const crossing = structuredClone(content)
    void this.#page
      ?.then((page) =>
        page.evaluate(([name, value]) => window.standIn.receive(name, value), [
          channel,
          crossing,
        ] as const),
      )
      .catch(() => {}) // The page was closed or is being reloaded.
  }

  destroy(): void {
    this.#isDestroyed = true
    this.emit('destroyed')
    if (this.#page === undefined) return
    this.#world.closing.push(this.#page.then(() => this.#context?.close()).catch(() => {}))
  }

  async #open(): Promise<Page> {
    const browser = await this.#world.browser()
    const context = await browser.newContext({
      viewport: this.#viewport,
      locale: 'en-US',
      reducedMotion: 'reduce',
    })
    this.#context = context
    await this.#bind(context)
    await context.addInitScript({ content: preloadScript(this.#preload) })
    await context.route('**/*', (route) => this.#answer(route))
    const page = await context.newPage()
    this.#opened = page
    context.on('page', (popup) => void popup.close())
    page.on('pageerror', (error) => this.#world.troubles.push(error.message))
    page.on('console', (message) => {
      const isOfTests = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !isOfTests) this.#world.troubles.push(message.text())
    })
    const address = this.#expected
    // Answering its requests waits for the page that this returns.
    if (address !== undefined) setImmediate(() => void page.goto(address).catch(() => {}))
    return page
  }

  async #bind(context: BrowserContext): Promise<void> {
    const { ipcMain, session } = this.#world
    type Source = { frame: { url(): string; parentFrame(): object | null } }
    const eventOf = ({ frame }: Source) => ({
      sender: this,
      senderFrame: { url: toAppUrl(frame.url()), parent: frame.parentFrame() },
    })
    await context.exposeBinding(BINDINGS.invoke, (source, channel: string, content: unknown) =>
      ipcMain.call(eventOf(source), channel, content),
    )
    await context.exposeBinding(BINDINGS.send, (source, channel: string) =>
      ipcMain.tell(eventOf(source), channel),
    )
    // The main process is asked first, see preload-script.ts.
    await context.grantPermissions(['clipboard-write'])
    await context.exposeBinding(BINDINGS.permit, (_source, permission: string) =>
      session.askFor(this, permission),
    )
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request()
    const page = await this.page
    const frame = request.isNavigationRequest() ? frameOf(request) : undefined
    if (frame === 'none yet' || (frame !== undefined && frame.page() !== page)) {
      const details = { url: toAppUrl(request.url()), frameName: '', features: '' }
      if (this.#openHandler(details as Parameters<OpenHandler>[0]).action === 'allow') {
        this.#world.troubles.push(`a window was opened: ${details.url}`)
      }
      return route.abort('aborted')
    }
    if (frame !== undefined && !this.#mayNavigate(request.url(), frame === page.mainFrame())) {
      return route.abort('aborted')
    }
    const url = toAppUrl(request.url())
    if (!url.startsWith('app:')) {
      this.#world.troubles.push(`a page asked for ${url}`)
      return route.abort('aborted')
    }
    const response = await this.#world.protocol.answer(
      new Request(url, { method: request.method() }),
    )
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }

  #mayNavigate(pageUrl: string, isMainFrame: boolean): boolean {
    const url = toAppUrl(pageUrl)
    if (isMainFrame && pageUrl === this.#expected?.replace(/#.*/, '')) {
      this.#expected = undefined
      return true
    }
    if (this.emitCancelable('will-frame-navigate', { url, isMainFrame })) return false
    return !isMainFrame || !this.emitCancelable('will-navigate', { url })
  }
}

/** A new window asks for its page before Playwright has a frame for it. */
function frameOf(request: PageRequest): Frame | 'none yet' {
  try {
    return request.frame()
  } catch {
    return 'none yet'
  }
}

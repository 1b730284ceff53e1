/** A stand-in for the parts of `electron` that carry the contract, typed as electron's own. */
import { EventEmitter } from 'node:events'
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron'

type Handle = Parameters<IpcMain['handle']>[1]
type Listener = Parameters<IpcMain['on']>[1]

/** The part of an event that says where it comes from. */
interface EventOrigin {
  readonly sender: object
  readonly senderFrame: object | null
}

/** A page that is nothing but a sender, with what it was sent. */
export class StandInPage extends EventEmitter {
  readonly sent: { readonly channel: string; readonly content: unknown }[] = []
  readonly id: number
  readonly #frame: Pick<WebFrameMain, 'url' | 'parent'> | null
  #isDestroyed = false

  constructor(id: number, url: string | null, parent: WebFrameMain | null = null) {
    super()
    this.id = id
    this.#frame = url === null ? null : { url, parent }
  }

  isDestroyed = () => this.#isDestroyed

  send(channel: string, content: unknown): void {
    if (this.#isDestroyed) throw new Error('Object has been destroyed')
    this.sent.push({ channel, content: structuredClone(content) })
  }

  destroy(): void {
    this.#isDestroyed = true
    this.emit('destroyed')
  }

  get event(): EventOrigin {
    return {
      sender: this satisfies Pick<WebContents, 'id' | 'isDestroyed' | 'send'>,
      senderFrame: this.#frame,
    }
  }
}

/** Carries calls to handlers, as a structured clone, like the real one. */
export class StandInIpc implements Pick<IpcMain, 'handle' | 'on'> {
  readonly handlers = new Map<string, Handle>()
  readonly #listeners = new Map<string, Listener>()

  handle(channel: string, handler: Handle): void {
    if (this.handlers.has(channel)) throw new Error(`a second handler for ${channel}`)
    this.handlers.set(channel, handler)
  }

  on(channel: string, listener: Listener): IpcMain {
    this.#listeners.set(channel, listener)
    return this as unknown as IpcMain
  }

  async call(event: EventOrigin, channel: string, input: unknown): Promise<unknown> {
    const handler = this.handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return structuredClone(await handler(event as IpcMainInvokeEvent, structuredClone(input)))
  }

  tell(event: EventOrigin, channel: string): void {
    this.#listeners.get(channel)?.(event as IpcMainEvent)
  }
}

import { EventEmitter } from 'node:events'

/** Electron types each event and its listener one by one; this takes them all. */
export class StandInEmitter extends EventEmitter {
  override on(event: string, listener: (...args: never[]) => void): never {
    return super.on(event, listener as (...args: unknown[]) => void) as never
  }

  /** Emits an event that a listener may prevent, as Electron does. @returns whether one did */
  emitCancelable(name: string, details: object = {}): boolean {
    let prevented = false
    const event = {
      ...details,
      preventDefault() {
        prevented = true
      },
    }
    this.emit(name, event)
    return prevented
  }
}

import type { CustomScheme, Protocol, Session } from 'electron'
import type { ShellElectron } from '#main/desktop/electron-parts.ts'
import type { StandInApp } from './app.ts'

type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0]
type DeviceHandler = Parameters<Session['setDevicePermissionHandler']>[0]

/** Gives what it is told to give; without a handler, everything, as Electron does. */
export class StandInSession
  implements Pick<Session, keyof ShellElectron['session']['defaultSession']>
{
  #onRequest: RequestHandler = null
  #onCheck: CheckHandler = null
  #onDevice: DeviceHandler = null

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#onRequest = handler
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#onCheck = handler
  }

  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.#onDevice = handler
  }

  resolveProxy = async () => 'DIRECT'

  /** A page asks for something. */
  async askFor(contents: object, permission: string): Promise<boolean> {
    const known = permission as never
    const isGiven = this.#onCheck?.(contents as never, known, '', {} as never) ?? true
    const device = { device: {}, deviceType: 'usb', origin: '' } as never
    const isDeviceGiven = this.#onDevice?.(device) ?? true
    const handler = this.#onRequest
    if (handler === null || isGiven || isDeviceGiven) return true
    return new Promise((resolve) => handler(contents as never, known, resolve, {} as never))
  }
}

/** Schemes of the app's own, and who answers for them. */
export class StandInProtocol implements ShellProtocol {
  readonly schemes: CustomScheme[] = []
  readonly #app: StandInApp
  readonly #handlers = new Map<string, Parameters<Protocol['handle']>[1]>()

  constructor(app: StandInApp) {
    this.#app = app
  }

  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    this.#app.expectReady(false, 'schemes')
    this.schemes.push(...schemes)
  }

  handle(scheme: string, handler: Parameters<Protocol['handle']>[1]): void {
    this.#app.expectReady(true, 'a scheme')
    this.#handlers.set(scheme, handler)
  }

  /** As the network stack asks. */
  async answer(request: Request): Promise<Response> {
    const handler = this.#handlers.get(new URL(request.url).protocol.slice(0, -1))
    return (await handler?.(request)) ?? new Response(null, { status: 404 })
  }
}

type ShellProtocol = ShellElectron['protocol']

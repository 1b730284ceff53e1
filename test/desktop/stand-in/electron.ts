import type { Browser } from 'playwright-core'
import type { ShellElectron } from '#main/desktop/electron-parts.ts'
import { StandInApp, type StandInAppOptions } from './app.ts'
import { StandInIpc } from './ipc.ts'
import { StandInProtocol, StandInSession } from './session.ts'
import { standInSystem } from './system.ts'
import { StandInWindow } from './window.ts'
import type { StandInWorld } from './world.ts'

interface StandInElectron extends ShellElectron {
  readonly app: ShellElectron['app'] & StandInApp
}

export interface OpenStandIn {
  readonly electron: StandInElectron
  readonly world: StandInWorld
}

/** A whole `electron` for one run of the app. The compiler holds each part of it to Electron's own types. */
export function standInElectron(
  browser: () => Promise<Browser>,
  options: StandInAppOptions,
): OpenStandIn {
  const app = new StandInApp(options)
  const world: StandInWorld = {
    browser,
    app,
    ipcMain: new StandInIpc(),
    session: new StandInSession(),
    protocol: new StandInProtocol(app),
    closing: [],
    troubles: [],
  }
  class BrowserWindow extends StandInWindow {
    static getAllWindows = () => app.getAllWindows()

    constructor(windowOptions?: ConstructorParameters<typeof StandInWindow>[1]) {
      super(world, windowOptions)
    }
  }
  const electron = {
    ...standInSystem(app),
    app,
    BrowserWindow,
    ipcMain: world.ipcMain,
    protocol: world.protocol,
    session: {
      get defaultSession() {
        app.expectReady(true, 'a session')
        return world.session
      },
    },
  }
  return { electron: electron satisfies ShellElectron as StandInElectron, world }
}

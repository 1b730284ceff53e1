import type { Browser } from 'playwright-core'
import type { StandInApp } from './app.ts'
import type { StandInIpc } from './ipc.ts'
import type { StandInProtocol, StandInSession } from './session.ts'

/** What the parts of one stand-in share. */
export interface StandInWorld {
  readonly browser: Browser
  readonly app: StandInApp
  readonly ipcMain: StandInIpc
  readonly session: StandInSession
  readonly protocol: StandInProtocol
  /** Pages that are being closed. */
  readonly closing: Promise<unknown>[]
  /** What no page of ours should do: errors, requests to elsewhere. */
  readonly troubles: string[]
}

import type { Browser } from 'playwright-core'
import type { StandInApp } from './app.ts'
import type { StandInIpc } from './ipc.ts'
import type { StandInProtocol, StandInSession } from './session.ts'

/** The state that the parts of one stand-in share. */
export interface StandInWorld {
  /** Starts when the first page is looked at. */
  readonly browser: () => Promise<Browser>
  readonly app: StandInApp
  readonly ipcMain: StandInIpc
  readonly session: StandInSession
  readonly protocol: StandInProtocol
  /** Pages that are being closed. */
  readonly closing: Promise<unknown>[]
  /** Errors and requests to other places, which no page of ours should cause. */
  readonly troubles: string[]
}

/** The one place that talks to the host, whichever it is. */
import type { FeidiBridge } from '#shared/contract/contract.ts'
import { setConnection } from './connection.ts'
import { createWebBridge } from './web-bridge.ts'

declare global {
  interface Window {
    /** Put there by the preload script on the desktop. */
    readonly feidi?: FeidiBridge
  }
}

export const bridge: FeidiBridge = window.feidi ?? createWebBridge()

// On the desktop the host is always there: without it there is no window.
if (window.feidi !== undefined) setConnection('open')

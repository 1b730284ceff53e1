import type { FeidiBridge } from '#shared/ipc/contract.ts'

declare global {
  interface Window {
    readonly feidi: FeidiBridge
  }
}

/** The one place that touches what the preload script provides. */
export const bridge: FeidiBridge = {
  queueSnapshot: () => window.feidi.queueSnapshot(),
}

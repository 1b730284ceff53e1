import type { Transfer, TransferStateKind } from '../model/transfer.ts'

/** What the window shows: how many transfers are in each state, and the first of them. */
export interface QueueSnapshot {
  readonly counts: Readonly<Record<TransferStateKind, number>>
  readonly transfers: readonly Transfer[]
}

/** Every call the renderer can make to the main process, by channel. */
export interface IpcContract {
  'queue:snapshot': () => QueueSnapshot
}

/** The bridge the preload script puts on `window`. */
export interface FeidiBridge {
  queueSnapshot(): Promise<QueueSnapshot>
}

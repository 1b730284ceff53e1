import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { openStoresReadOnly } from '#main/store/open-stores.ts'
import type { IpcContract, QueueSnapshot } from '#shared/ipc/contract.ts'

/** Rows the window shows. */
const MOST_ROWS = 200

const EMPTY: QueueSnapshot['counts'] = {
  queued: 0,
  preparing: 0,
  sending: 0,
  finishing: 0,
  waiting: 0,
  paused: 0,
  blocked: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
  done: 0,
}

/**
 * Answers the renderer's calls.
 * @param isTrusted whether a call comes from a page of ours
 */
export function handleIpc(home: string, isTrusted: (event: IpcMainInvokeEvent) => boolean): void {
  handle('queue:snapshot', isTrusted, () => queueSnapshot(home))
}

function handle<Channel extends keyof IpcContract>(
  channel: Channel,
  isTrusted: (event: IpcMainInvokeEvent) => boolean,
  answer: IpcContract[Channel],
): void {
  ipcMain.handle(channel, (event) => {
    if (!isTrusted(event)) throw new Error(`${channel}: the sender is not trusted`)
    return answer()
  })
}

/** The home may be owned by a `feidi` command at work, so it is only looked at. */
function queueSnapshot(home: string): QueueSnapshot {
  const stores = openStoresReadOnly(home)
  if (stores === undefined) return { counts: EMPTY, transfers: [] }
  try {
    return {
      counts: stores.transfers.counts({}).byState,
      transfers: stores.transfers.list({}, { offset: 0, limit: MOST_ROWS }),
    }
  } finally {
    stores.close()
  }
}

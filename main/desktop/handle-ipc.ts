import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import type { App } from '#main/app/open-app.ts'
import { type Answer, REQUESTS } from '#shared/contract/contract.ts'
import { infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import { FOLLOW, LIVE, REQUEST_PREFIX, UNFOLLOW } from './ipc-names.ts'

/** The part of an event that tells who sent it. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>

export interface IpcOptions {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'on'>
  readonly app: Pick<App, 'answer' | 'subscribe'>
  /** Checks whether a call comes from a page of ours. */
  readonly isTrusted: (event: Sender) => boolean
  readonly nowMs: () => number
}

/** Carries the contract over Electron's IPC: one channel for each request, and no other. */
export function handleIpc({ ipcMain, app, isTrusted, nowMs }: IpcOptions): void {
  for (const channel of Object.keys(REQUESTS)) {
    ipcMain.handle(`${REQUEST_PREFIX}${channel}`, async (event, input: unknown) => {
      if (isTrusted(event)) return app.answer(channel, input)
      const error = infoOfThrown(new TransferError('request-refused'), nowMs())
      return { ok: false, error } satisfies Answer<never>
    })
  }
  const followers = new Map<number, () => void>()
  const known = new WeakSet<object>()
  const unfollow = (id: number) => {
    followers.get(id)?.()
    followers.delete(id)
  }
  ipcMain.on(FOLLOW, (event: IpcMainEvent) => {
    if (!isTrusted(event)) return
    const { sender } = event
    const { id } = sender
    // A reloaded page starts from scratch; the one before it is gone.
    unfollow(id)
    followers.set(
      id,
      app.subscribe((live) => {
        if (sender.isDestroyed()) unfollow(id)
        else sender.send(LIVE, live)
      }),
    )
    if (!known.has(sender)) sender.once('destroyed', () => unfollow(id))
    known.add(sender)
  })
  ipcMain.on(UNFOLLOW, (event: IpcMainEvent) => {
    if (isTrusted(event)) unfollow(event.sender.id)
  })
}

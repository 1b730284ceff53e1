import { randomUUID } from 'node:crypto'
import { isInside } from '#main/lib/is-inside.ts'
import type { TransferStore } from '#main/store/transfer-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { chooseActor } from '../accounts/actor.ts'
import type { AppSession } from '../session.ts'
import { candidatesOf, confirmMine } from '../settle-uncertain.ts'
import { asItem, everyTransfer } from '../unfinished.ts'
import { type WorkResult, workOnQueue } from './work-on-queue.ts'

export interface SettleWishes {
  /** The file that was found is this one; otherwise it goes up again beside it. */
  readonly isMine: boolean
  /** The one that is meant, where several were found. */
  readonly token?: string
}

/** Settles uploads whose outcome is uncertain as the person says, and works on them. */
export async function settle(
  session: AppSession,
  folders: readonly string[],
  wishes: SettleWishes,
): Promise<WorkResult> {
  const actor = await chooseActor(session, undefined)
  return workOnQueue({
    ...session,
    actor,
    command: 'feidi settle',
    async fillQueue({ stores: { transfers } }) {
      const meant = uncertainIn(transfers, folders)
      if (wishes.isMine) confirmAll(transfers, meant, wishes.token)
      const batchId = randomUUID()
      for (const transfer of transfers.enqueue(meant.map(asItem), batchId, Date.now())) {
        session.reporter.transfer(transfer)
      }
      return { batchId, unchanged: 0 }
    },
  })
}

/** Returns the uploads whose outcome is uncertain, of these files and in these folders; all without one. */
export function uncertainIn(store: TransferStore, folders: readonly string[]): Transfer[] {
  return [...everyTransfer(store, { kinds: ['failed'] })].filter(
    (transfer) =>
      candidatesOf(transfer) !== undefined &&
      (folders.length === 0 || folders.some((folder) => isInside(transfer.path, folder))),
  )
}

/** All or nothing. */
function confirmAll(store: TransferStore, meant: readonly Transfer[], token?: string): void {
  const choices = meant.map((transfer) => [transfer, token ?? onlyOne(transfer)] as const)
  for (const [transfer, fileToken] of choices) confirmMine(store, transfer, fileToken)
}

/** @throws TransferError `usage` where several were found, and none is named */
function onlyOne(transfer: Transfer): string {
  const [only, ...others] = candidatesOf(transfer) ?? []
  if (only !== undefined && others.length === 0) return only.fileToken
  throw new TransferError('usage', { detail: `${transfer.path}: --token` })
}

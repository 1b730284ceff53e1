import type { Clock } from '#main/lib/clock.ts'
import type { TransferStore } from '#main/store/transfer-store.ts'
import { type ErrorInfo, errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import { partsOfIdentity } from '#shared/model/account.ts'
import { PENDING } from '#shared/transfer/state-kinds.ts'
import { everyTransfer } from '../unfinished.ts'
import type { Member } from './account-keeper.ts'

interface Queue {
  readonly transfers: Pick<TransferStore, 'accountsWithWork' | 'disown' | 'list' | 'saveState'>
  readonly clock: Clock
  /** Only transfers of this batch are blocked; all of them when undefined. */
  readonly batchId: string | undefined
}

/**
 * Finds transfers whose account is not among the members. They wait until it signs in again. Work
 * left by credentials of another environment on the same server goes to the credentials of this
 * one.
 * @returns the transfers that are blocked now
 */
export function settleOrphans(members: readonly Member[], queue: Queue): string[] {
  const [leading] = members
  if (leading === undefined) return []
  const { host } = partsOfIdentity(leading.identity)
  const known = new Set(members.map(({ identity }) => identity))
  return queue.transfers.accountsWithWork().flatMap((identity) => {
    if (identity === undefined || known.has(identity)) return []
    if (leading.isOfEnvironment && host === partsOfIdentity(identity).host) {
      queue.transfers.disown(identity)
      return []
    }
    const error = new TransferError('signed-out', { detail: identity })
    return blockTransfersOf(identity, errorInfo(error, queue.clock.nowMs()), queue)
  })
}

/** Blocks what this account has left to do. Returns the ids. */
export function blockTransfersOf(
  identity: string,
  error: ErrorInfo,
  { transfers, batchId }: Queue,
): string[] {
  const filter = { kinds: PENDING, ...(batchId !== undefined && { batchId }) }
  const theirs = [...everyTransfer(transfers, filter)].filter(({ account }) => account === identity)
  for (const { id } of theirs) transfers.saveState(id, { kind: 'blocked', error })
  return theirs.map(({ id }) => id)
}

import { randomUUID } from 'node:crypto'
import type { Stores } from '#main/store/open-stores.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { UNFINISHED } from '#shared/transfer/state-kinds.ts'
import { chooseActor } from '../accounts/actor.ts'
import type { AppSession } from '../session.ts'
import { everyTransfer } from '../unfinished.ts'
import { takeUpUnfinished } from './take-up-unfinished.ts'
import { type WorkResult, workOnQueue } from './work-on-queue.ts'

export interface ResumeWishes {
  /** Also what has failed. */
  readonly failed?: boolean
  /** An account whose unfinished transfers begin again as the one that acts. */
  readonly takeOver?: string
}

/** Works on everything unfinished, and on what was waiting for the person to do something. */
export async function resume(session: AppSession, wishes: ResumeWishes): Promise<WorkResult> {
  const actor = await chooseActor(session, undefined)
  return workOnQueue({
    ...session,
    actor,
    command: 'feidi resume',
    async fillQueue({ stores }) {
      if (wishes.takeOver !== undefined) takeOver(stores, wishes.takeOver, actor.account)
      return takeUpUnfinished(stores.transfers, randomUUID(), session.reporter, wishes)
    },
  })
}

/** Restarts work that another account left as the one that acts; possibly uploaded files wait for it. */
function takeOver({ transfers, controls }: Stores, whose: string, account = ''): void {
  const left = [...everyTransfer(transfers, { kinds: UNFINISHED })]
  const all = new Set(left.flatMap((transfer) => transfer.account ?? []))
  const meant = all.has(whose) ? [whose] : [...all].filter((each) => each.includes(whose))
  const [from] = meant
  if (from === undefined || meant.length > 1) {
    throw new TransferError('account-unknown', { detail: [whose, ...meant].join(', ') })
  }
  // No engine runs yet: what was at work when a program ended is queued again.
  transfers.requeueInterrupted({ identity: from, orNone: false })
  const ids = left.filter((transfer) => transfer.account === from).map(({ id }) => id)
  controls.handOver(ids, account)
}

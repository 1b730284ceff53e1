import { randomUUID } from 'node:crypto'
import { everyTransfer } from '#main/app/unfinished.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { UNFINISHED } from '#shared/transfer/state-kinds.ts'
import { chooseActor } from '../actor.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { takeUpUnfinished } from '../take-up-unfinished.ts'
import { workOnQueue } from '../work-on-queue.ts'

export interface ResumeOptions {
  readonly failed?: boolean
  readonly takeOver?: string
}

/** `feidi resume`: everything unfinished, and what was waiting for the person to do something. */
export async function resume(session: Session, options: ResumeOptions): Promise<ExitCode> {
  const actor = await chooseActor(session, undefined)
  return workOnQueue({
    ...session,
    actor,
    command: 'feidi resume',
    async fillQueue({ stores }) {
      if (options.takeOver !== undefined) takeOver(stores, options.takeOver, actor.account)
      return takeUpUnfinished(stores.transfers, randomUUID(), session.reporter, options)
    },
  })
}

/** What another account left begins anew as whoever acts; what may be up already waits for it. */
function takeOver({ transfers, controls }: Stores, whose: string, account = ''): void {
  const left = [...everyTransfer(transfers, { kinds: UNFINISHED })]
  const all = new Set(left.flatMap((transfer) => transfer.account ?? []))
  const meant = all.has(whose) ? [whose] : [...all].filter((each) => each.includes(whose))
  const [from] = meant
  if (from === undefined || meant.length > 1) {
    throw new TransferError('account-unknown', { detail: [whose, ...meant].join(', ') })
  }
  // Nothing runs yet: what was at work when a program ended is queued again.
  transfers.requeueInterrupted({ identity: from, orNone: false })
  const ids = left.filter((transfer) => transfer.account === from).map(({ id }) => id)
  controls.handOver(ids, account)
}

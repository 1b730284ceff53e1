import { randomUUID } from 'node:crypto'
import { chooseActor } from '../actor.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { takeUpUnfinished } from '../take-up-unfinished.ts'
import { workOnQueue } from '../work-on-queue.ts'

export interface ResumeOptions {
  readonly failed?: boolean
}

/** `feidi resume`: everything unfinished, and what was waiting for the person to do something. */
export async function resume(session: Session, options: ResumeOptions): Promise<ExitCode> {
  return workOnQueue({
    ...session,
    actor: await chooseActor(session, undefined),
    command: 'feidi resume',
    fillQueue: async ({ stores }) =>
      takeUpUnfinished(stores.transfers, randomUUID(), session.reporter, options),
  })
}

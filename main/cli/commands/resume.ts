import { randomUUID } from 'node:crypto'
import type { TransferStore } from '#main/engine/ports.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Reporter } from '../report/reporter.ts'
import type { Session } from '../session.ts'
import { baseUrlFor, readCredentials } from '../settings.ts'
import { workOnQueue } from '../work-on-queue.ts'

const PAGE = 500

export interface ResumeOptions {
  readonly failed?: boolean
}

/** `feidi resume`: everything unfinished, and what was waiting for the person to do something. */
export async function resume(session: Session, options: ResumeOptions): Promise<ExitCode> {
  return workOnQueue({
    ...session,
    baseUrl: baseUrlFor(session.settings, undefined),
    credentials: readCredentials(session.env),
    command: 'feidi resume',
    fillQueue: async ({ stores }) => {
      const batchId = randomUUID()
      stores.transfers.takeUp(batchId, { failed: options.failed ?? false })
      reportAll(stores.transfers, batchId, session.reporter)
      return { batchId, unchanged: 0 }
    },
  })
}

/** Totals and percentages are of everything there is to do, so everything is named first. */
function reportAll(store: TransferStore, batchId: string, reporter: Reporter): void {
  for (let offset = 0; ; offset += PAGE) {
    const page = store.list({ batchId }, { offset, limit: PAGE })
    for (const transfer of page) reporter.transfer(transfer)
    if (page.length < PAGE) return
  }
}

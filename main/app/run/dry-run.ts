import { placeNameIn } from '#main/destination/place-book.ts'
import type { Brand } from '#shared/model/account.ts'
import type { Preview } from '#shared/model/preview.ts'
import { addCalls } from '#shared/transfer/call-cost.ts'
import type { WorkAhead } from '#shared/transfer/plan-queue.ts'
import { identityFor } from '../accounts/actor.ts'
import { type OpenPreview, openPreview } from '../adding/open-preview.ts'
import { addWork, NO_WORK, workOfFile } from '../live/work-ahead.ts'
import type { AppSession } from '../session.ts'
import type { PlanTotals } from './reporter.ts'

const NOTHING: Totals = {
  ...{ upload: 0, resume: 0, skip: 0, fail: 0, sizeBytes: 0, calls: {} },
  work: NO_WORK,
}

type Totals = Omit<PlanTotals, 'plan'> & { readonly work: WorkAhead }

/**
 * Says what would be done, file by file, and what it would cost. Sends and changes nothing.
 * @returns the totals; undefined when it was interrupted
 */
export async function dryRun(
  session: AppSession,
  brand: Brand | undefined,
  previews: (open: OpenPreview) => AsyncIterable<Preview>,
): Promise<PlanTotals | undefined> {
  const { settings, reporter, interrupted } = session
  const { home, singleCallLimit } = settings
  const open = openPreview({
    ...{ home, identity: identityFor(session, brand), singleCallLimit },
    given: settings,
  })
  let totals = NOTHING
  try {
    for await (const preview of previews(open)) {
      totals = plus(totals, preview)
      reporter.plan(preview, placeNameIn(open.stores.memos, preview.destination))
    }
    const { work, ...counted } = totals
    const planned = { ...counted, plan: open.planOf(work) }
    reporter.planTotals(planned)
    return planned
  } catch (error) {
    if (!interrupted.aborted) throw error
    return undefined
  } finally {
    open.close()
  }
}

function plus(totals: Totals, { verdict, sizeBytes, calls }: Preview): Totals {
  const { action } = verdict
  const goesUp = action === 'upload' || action === 'resume'
  return {
    ...totals,
    [action]: totals[action] + 1,
    sizeBytes: totals.sizeBytes + (goesUp ? sizeBytes : 0),
    calls: addCalls(totals.calls, calls),
    work: addWork(totals.work, workOfFile(sizeBytes, calls)),
  }
}

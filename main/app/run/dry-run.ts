import { placeNameIn } from '#main/destination/place-book.ts'
import type { Brand } from '#shared/model/account.ts'
import type { Preview } from '#shared/model/preview.ts'
import { addCalls } from '#shared/transfer/call-cost.ts'
import { identityFor } from '../accounts/actor.ts'
import { type OpenPreview, openPreview } from '../adding/open-preview.ts'
import type { AppSession } from '../session.ts'
import type { PlanTotals } from './reporter.ts'

const NOTHING: PlanTotals = { upload: 0, resume: 0, skip: 0, fail: 0, sizeBytes: 0, calls: {} }

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
  const open = openPreview({ home, identity: identityFor(session, brand), singleCallLimit })
  let totals = NOTHING
  try {
    for await (const preview of previews(open)) {
      totals = plus(totals, preview)
      reporter.plan(preview, placeNameIn(open.stores.memos, preview.destination))
    }
  } catch (error) {
    if (!interrupted.aborted) throw error
    return undefined
  } finally {
    open.close()
  }
  reporter.planTotals(totals)
  return totals
}

function plus(totals: PlanTotals, { verdict, sizeBytes, calls }: Preview): PlanTotals {
  const { action } = verdict
  const goesUp = action === 'upload' || action === 'resume'
  return {
    ...totals,
    [action]: totals[action] + 1,
    sizeBytes: totals.sizeBytes + (goesUp ? sizeBytes : 0),
    calls: addCalls(totals.calls, calls),
  }
}

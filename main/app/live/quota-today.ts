import { DayLedger } from '#main/engine/day-ledger.ts'
import { LIMITED_ENDPOINTS } from '#main/engine/endpoints.ts'
import { MonthMemory } from '#main/engine/month-memory.ts'
import type { MemoStore, QuotaStore } from '#main/engine/ports.ts'
import type { Hold } from '#shared/model/work.ts'
import type { DayCalls } from '#shared/transfer/plan-queue.ts'
import { DAILY_CALLS, nextQuotaDayMs, quotaDay } from '#shared/transfer/quota-day.ts'
import { LAST_APP_MEMO } from '../last-account.ts'

interface Present {
  /** The limit that the person has set. */
  readonly callsPerDay: number | undefined
  /** The wait of calls: Feishu may know of more calls than this home has made. */
  readonly hold: Hold | undefined
  /** The app; absent: that of the account used last. */
  readonly appKey?: string
}

interface Ledger {
  readonly quota: Pick<QuotaStore, 'callsUsed'>
  readonly memos: Pick<MemoStore, 'recall'>
}

export type QuotaToday = ReturnType<typeof quotaToday>

/** The calls of an app as far as this machine may make them: today's by endpoint, and those of a later day. */
export function quotaToday({ quota, memos }: Ledger, nowMs: number, present: Present) {
  const { callsPerDay, hold, appKey = memos.recall<string>(LAST_APP_MEMO) ?? '' } = present
  const usedUp = hold?.error.code === 'daily-quota-used' ? hold.error.context.endpoint : undefined
  const day = quotaDay(nowMs)
  const ledger = new DayLedger({ appKey, memos, quota, callsPerDay })
  const endpoints = LIMITED_ENDPOINTS.map((endpoint) => {
    const { path } = endpoint
    const limit = ledger.allowance(endpoint, nowMs)
    const used = quota.callsUsed(appKey, path, day)
    // Feishu's word holds until a call goes through: that it may be asked again frees no calls.
    const isOver = path === usedUp || ledger.hasEnded(endpoint, nowMs)
    return { endpoint: path, used, left: isOver ? 0 : Math.max(0, limit - used), limit }
  })
  const daily = LIMITED_ENDPOINTS.map((endpoint) => ({
    endpoint: endpoint.path,
    left: ledger.dailyAllowance(endpoint, nowMs),
  }))
  const month = new MonthMemory({ appKey, memos })
  const returns = LIMITED_ENDPOINTS.flatMap(({ path }) => month.returnsAtMs(path, nowMs) ?? [])
  return {
    day,
    resetsAtMs: nextQuotaDayMs(nowMs),
    endpoints,
    left: Math.min(...endpoints.map(({ left }) => left)),
    limit: DAILY_CALLS,
    calls: { today: dayCalls(endpoints), daily: dayCalls(daily) },
    /** The calls of the month are used up until then. */
    notBeforeMs: returns.length > 0 ? Math.max(...returns) : undefined,
  }
}

/** Of files and media the ones with fewer: what a queue needs is not known by family. */
function dayCalls(endpoints: readonly { endpoint: string; left: number }[]): DayCalls {
  const least = (call: string) =>
    Math.min(...endpoints.filter(({ endpoint }) => endpoint.endsWith(call)).map(({ left }) => left))
  return { whole: least('/upload_all'), parts: least('/upload_part') }
}

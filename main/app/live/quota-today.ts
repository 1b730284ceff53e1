import { DayLedger } from '#main/engine/day-ledger.ts'
import { LIMITED_ENDPOINTS } from '#main/engine/endpoints.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { Hold } from '#shared/model/work.ts'
import { DAILY_CALLS, nextQuotaDayMs, quotaDay } from '#shared/transfer/quota-day.ts'
import { LAST_APP_MEMO } from '../last-account.ts'

interface Present {
  /** The limit that the person has set. */
  readonly callsPerDay: number | undefined
  /** The wait of calls: Feishu may know of more calls than this home has made. */
  readonly hold: Hold | undefined
}

export type QuotaToday = ReturnType<typeof quotaToday>

/** The day's calls of the account used last. */
export function quotaToday(
  { quota, memos }: Pick<Stores, 'quota' | 'memos'>,
  nowMs: number,
  { callsPerDay, hold }: Present,
) {
  const usedUp = hold?.error.code === 'daily-quota-used' ? hold.error.context.endpoint : undefined
  const day = quotaDay(nowMs)
  const appKey = memos.recall<string>(LAST_APP_MEMO) ?? ''
  const used = new Map(quota.usage(appKey, day).map(({ endpoint, calls }) => [endpoint, calls]))
  const ledger = new DayLedger({ appKey, memos, quota, callsPerDay })
  const endpoints = LIMITED_ENDPOINTS.map((endpoint) => {
    const { path } = endpoint
    const limit = ledger.allowance(endpoint, nowMs)
    const calls = used.get(path) ?? 0
    const left = path === usedUp ? 0 : Math.max(0, limit - calls)
    return { endpoint: path, used: calls, left, limit }
  })
  return {
    day,
    resetsAtMs: nextQuotaDayMs(nowMs),
    endpoints,
    left: Math.min(...endpoints.map(({ left }) => left)),
    limit: DAILY_CALLS,
  }
}

import { DayLedger } from '#main/engine/day-ledger.ts'
import { LIMITED_ENDPOINTS } from '#main/engine/endpoints.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { DAILY_CALLS, nextQuotaDayMs, quotaDay } from '#shared/transfer/quota-day.ts'
import { LAST_APP_MEMO } from '../last-account.ts'

/** The day's calls of the account used last. */
export function quotaToday(
  { quota, memos }: Pick<Stores, 'quota' | 'memos'>,
  nowMs: number,
  callsPerDay?: number,
) {
  const day = quotaDay(nowMs)
  const appKey = memos.recall<string>(LAST_APP_MEMO) ?? ''
  const used = new Map(quota.usage(appKey, day).map(({ endpoint, calls }) => [endpoint, calls]))
  const ledger = new DayLedger({ appKey, memos, quota, callsPerDay })
  const endpoints = LIMITED_ENDPOINTS.map((endpoint) => {
    const { path } = endpoint
    const limit = ledger.allowance(endpoint, nowMs)
    const calls = used.get(path) ?? 0
    return { endpoint: path, used: calls, left: Math.max(0, limit - calls), limit }
  })
  return {
    day,
    resetsAtMs: nextQuotaDayMs(nowMs),
    endpoints,
    left: Math.min(...endpoints.map(({ left }) => left)),
    limit: DAILY_CALLS,
  }
}

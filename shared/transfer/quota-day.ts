import type { ErrorCode } from '../errors/error-code.ts'

/**
 * The day that the 10,000 calls are counted by. Feishu does not say when it begins; its console and
 * its users live on Beijing time, so we take that (UTC+8, no daylight saving).
 */
const BEIJING_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 24 * 3_600_000

/** 服务端错误码说明: the calls of the month are used up. */
export const MONTH_USED = 99991403

/** Calls a day and endpoint (every upload page: 10000 次/天). */
export const DAILY_CALLS = 10_000

/** `YYYY-MM-DD` in Beijing. */
export function quotaDay(nowMs: number): string {
  return new Date(nowMs + BEIJING_OFFSET_MS).toISOString().slice(0, 10)
}

/** The hour of the day in Beijing, 0 to 23. */
export function hourOfQuotaDay(nowMs: number): number {
  return new Date(nowMs + BEIJING_OFFSET_MS).getUTCHours()
}

/** When the next quota month begins, ms since 1970. */
export function nextQuotaMonthMs(nowMs: number): number {
  const now = new Date(nowMs + BEIJING_OFFSET_MS)
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1) - BEIJING_OFFSET_MS
}

/** When the next quota day begins, ms since 1970. */
export function nextQuotaDayMs(nowMs: number): number {
  return (Math.floor((nowMs + BEIJING_OFFSET_MS) / DAY_MS) + 1) * DAY_MS - BEIJING_OFFSET_MS
}

/**
 * Returns when a wait ends for a person. A quota that is used up is back on the next day, though Feidi
 * asks before that.
 * @param sinceMs when the wait began
 */
export function waitEndMs(code: ErrorCode, untilMs: number, sinceMs: number): number {
  if (code === MONTH_USED) return Math.max(untilMs, nextQuotaMonthMs(sinceMs))
  return code === 'daily-quota-used' ? Math.max(untilMs, nextQuotaDayMs(sinceMs)) : untilMs
}

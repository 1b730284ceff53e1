import type { Language } from './language.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A time left in its two biggest units' worth: 4 s, 3 min, 2 h 10 min, 3 days. */
export function formatDuration(ms: number, language: Language): string {
  const zh = language === 'zh-CN'
  if (ms < MINUTE_MS) return `${Math.max(1, Math.ceil(ms / SECOND_MS))} ${zh ? '秒' : 's'}`
  if (ms < HOUR_MS) return `${Math.round(ms / MINUTE_MS)} ${zh ? '分钟' : 'min'}`
  if (ms < 2 * DAY_MS) {
    const minutes = Math.round(ms / MINUTE_MS)
    const rest = minutes % 60
    const hours = `${Math.floor(minutes / 60)} ${zh ? '小时' : 'h'}`
    return rest === 0 ? hours : `${hours} ${rest} ${zh ? '分' : 'min'}`
  }
  return `${Math.round(ms / DAY_MS)} ${zh ? '天' : 'days'}`
}

/** A clock time today, and the day with it otherwise. */
export function formatMoment(atMs: number, language: Language, nowMs = Date.now()): string {
  const time = formatClock(atMs).slice(0, 5)
  return isSameDay(atMs, nowMs) ? time : `${formatDay(atMs, language, nowMs)} ${time}`
}

/** As `formatMoment`, to stand within a sentence: `at 14:05`, `tomorrow at 00:00`. */
export function formatWhen(atMs: number, language: Language, nowMs = Date.now()): string {
  if (language === 'zh-CN') return formatMoment(atMs, language, nowMs)
  const time = formatMoment(atMs, language, atMs)
  if (isSameDay(atMs, nowMs)) return `at ${time}`
  const day = formatDay(atMs, language, nowMs)
  const isNear = Math.abs(startOfDay(atMs) - startOfDay(nowMs)) < 2 * DAY_MS
  return `${isNear ? day.toLowerCase() : `on ${day}`} at ${time}`
}

/** The time of day to the second, by 24 hours: 14:05:09. */
export function formatClock(atMs: number): string {
  const at = new Date(atMs)
  return [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}

/** Today, yesterday, tomorrow, or the date; the year only when it is another one. */
export function formatDay(atMs: number, language: Language, nowMs = Date.now()): string {
  const days = Math.round((startOfDay(atMs) - startOfDay(nowMs)) / DAY_MS)
  if (Math.abs(days) <= 1) {
    const text = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
    return text.charAt(0).toUpperCase() + text.slice(1)
  }
  const sameYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  return new Date(atMs).toLocaleDateString(language, {
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    ...(!sameYear && { year: 'numeric' }),
  })
}

export function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0)
}

function isSameDay(oneMs: number, otherMs: number): boolean {
  return startOfDay(oneMs) === startOfDay(otherMs)
}

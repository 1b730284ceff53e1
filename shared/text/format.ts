import type { Language } from './language.ts'
import { spaced } from './spacing.ts'
import { t } from './t.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Returns a time left in its two biggest units' worth: 4 s, 3 min, 2 h 10 min, 3 days. */
export function formatDuration(ms: number, language: Language): string {
  if (ms < MINUTE_MS) {
    return t(language, 'time.seconds', { n: Math.max(1, Math.ceil(ms / SECOND_MS)) })
  }
  const inMinutes = Math.round(ms / MINUTE_MS)
  if (ms < HOUR_MS) return t(language, 'time.minutes', { n: inMinutes })
  if (ms >= 2 * DAY_MS) return t(language, 'time.days', { count: Math.round(ms / DAY_MS) })
  const minutes = inMinutes % 60
  const hours = Math.floor(inMinutes / 60)
  return minutes === 0
    ? t(language, 'time.hours', { n: hours })
    : t(language, 'time.hoursAndMinutes', { hours, minutes })
}

/** Returns a clock time today, and the day with it otherwise. */
export function formatMoment(atMs: number, language: Language, nowMs = Date.now()): string {
  const time = formatClock(atMs).slice(0, 5)
  if (isSameDay(atMs, nowMs)) return time
  return t(language, 'time.dayAndTime', { day: formatDay(atMs, language, nowMs), time })
}

/** Returns a moment to stand within a sentence: `at 14:05`, `tomorrow at 00:00`. */
export function formatWhen(atMs: number, language: Language, nowMs = Date.now()): string {
  const time = formatClock(atMs).slice(0, 5)
  if (isSameDay(atMs, nowMs)) return t(language, 'time.atTime', { time })
  const day = formatDayWithin(atMs, language, nowMs)
  return isNear(atMs, nowMs)
    ? t(language, 'time.nearDayAtTime', { day, time })
    : t(language, 'time.dayAtTime', { day, time })
}

/** Returns a day to stand within a sentence: `tomorrow`, `Thu, Dec 3`. */
export function formatDayWithin(atMs: number, language: Language, nowMs = Date.now()): string {
  const day = formatDay(atMs, language, nowMs)
  return isNear(atMs, nowMs) ? day.toLowerCase() : day
}

function isNear(atMs: number, nowMs: number): boolean {
  return Math.abs(startOfDay(atMs) - startOfDay(nowMs)) < 2 * DAY_MS
}

/** Returns the time of day to the second, by 24 hours: 14:05:09. */
export function formatClock(atMs: number): string {
  const at = new Date(atMs)
  return [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}

/** Returns date and time to the second, as every spreadsheet reads them: 2026-11-28 14:05:09. */
export function formatDateAndTime(atMs: number): string {
  const at = new Date(atMs)
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
  return `${day} ${formatClock(atMs)}`
}

/** Returns today, yesterday, tomorrow or the date, with the year only when it is another one. */
export function formatDay(atMs: number, language: Language, nowMs = Date.now()): string {
  const days = Math.round((startOfDay(atMs) - startOfDay(nowMs)) / DAY_MS)
  if (Math.abs(days) <= 1) {
    const text = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
    return text.charAt(0).toUpperCase() + text.slice(1)
  }
  const sameYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  const day = new Date(atMs).toLocaleDateString(language, {
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    ...(!sameYear && { year: 'numeric' }),
  })
  return spaced(day)
}

export function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0)
}

/** True when two moments are on the same day of this computer's clock. */
export function isSameDay(oneMs: number, otherMs: number): boolean {
  return startOfDay(oneMs) === startOfDay(otherMs)
}

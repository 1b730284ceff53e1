import type { QueueOutlook } from '#main/app/queue-outlook.ts'
import { formatDay, formatDuration, formatWhen } from '#shared/text/format.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { DEADLINE_NEAR_MS } from '#shared/transfer/deadline.ts'
import { formatBytes } from '../units.ts'
import { shortPath } from './human-lines.ts'

/** Days named one by one; a longer plan ends with its last day. */
const MOST_DAYS = 7
/** Uploads named one by one. */
const MOST_BEGUN = 10

/** Returns the time when the queue is done, and the plan for each day. */
export function planLines(
  { files, plan }: Pick<QueueOutlook, 'files' | 'plan'>,
  language: Language,
  nowMs: number,
): string[] {
  if (files === 0) return []
  const { doneAtMs, days } = plan
  const end =
    doneAtMs === undefined
      ? t(language, 'forecast.noEnd', { count: files })
      : t(language, 'forecast.end', { count: files, when: formatWhen(doneAtMs, language, nowMs) })
  const shown = days.length > 1 ? days.slice(0, MOST_DAYS) : []
  const rows = shown.map(({ fromMs, wholeFiles, parts, bytes }) => {
    const day = formatDay(fromMs, language, nowMs)
    const amounts = { files: wholeFiles, parts, size: formatBytes(bytes) }
    return `  ${day}  ${t(language, 'forecast.day', amounts)}`
  })
  const more = days.length > MOST_DAYS ? ['  …'] : []
  return ['', t(language, 'forecast.heading'), `  ${end}`, ...rows, ...more]
}

/** Returns how long Feishu keeps each upload that was begun. */
export function begunLines(
  { begun }: Pick<QueueOutlook, 'begun'>,
  language: Language,
  nowMs: number,
): string[] {
  if (begun.length === 0) return []
  const rows = begun.slice(0, MOST_BEGUN).map(({ path, expiresAtMs, missingParts }) => {
    const leftMs = expiresAtMs - nowMs
    const time = formatDuration(Math.max(0, leftMs), language)
    const words =
      leftMs <= 0
        ? t(language, 'cli.begunOver')
        : t(language, leftMs < DEADLINE_NEAR_MS ? 'cli.begunNear' : 'cli.begunLeft', {
            count: missingParts,
            time,
          })
    return `  ${shortPath(path)}  ${words}`
  })
  return ['', t(language, 'cli.begunHeading'), ...rows]
}

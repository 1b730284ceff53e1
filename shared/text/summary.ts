import type { LiveState } from '../contract/live-state.ts'
import { formatClock, formatWhen, isSameDay } from './format.ts'
import type { Language } from './language.ts'
import { formatBytes, formatSpeed } from './numbers.ts'
import { t } from './t.ts'

/** The one line that answers what a person wants to know: the toolbar's, and the tray's. */
export interface Summary {
  /** Is everything all right, what is it doing, when will it be done. */
  readonly facts: readonly string[]
  /** Folders that are still being read. */
  readonly reading: string | undefined
  /** Is there something to do. */
  readonly attention: string | undefined
  readonly isAllDone: boolean
  /** Of all bytes since the queue was last empty, from 0 to 1. */
  readonly share: number
}

/** @param nowMs for times: a clock time today, and the day with it otherwise */
export function summaryOf(live: LiveState, language: Language, nowMs: number): Summary {
  const { counts, overall, adding } = live
  const { doneFiles, totalFiles, sentBytes, totalBytes } = overall
  const isAllDone = totalFiles === doneFiles
  const attention = counts.byTab.attention
  const found = adding.reduce((sum, each) => sum + each.queued, 0)
  return {
    facts: isAllDone ? factsAtRest(live, language) : factsAtWork(live, language, nowMs),
    reading: adding.length > 0 ? t(language, 'summary.reading', { count: found }) : undefined,
    attention: attention > 0 ? attentionWords(attention, language) : undefined,
    isAllDone,
    share: totalBytes > 0 ? sentBytes / totalBytes : isAllDone ? 1 : 0,
  }
}

function factsAtRest({ counts, engine, overall }: LiveState, language: Language): string[] {
  const { doneFiles, totalFiles } = overall
  const hasTrouble = counts.byTab.attention > 0
  const state = engine.pausedBy === 'person' ? 'paused' : hasTrouble ? 'idle' : 'allDone'
  return [
    t(language, `summary.${state}`),
    ...(totalFiles > 0 ? [filesWords(doneFiles, totalFiles, language)] : []),
  ]
}

function factsAtWork({ engine, overall }: LiveState, language: Language, nowMs: number): string[] {
  const { doneFiles, totalFiles, sentBytes, totalBytes, bytesPerSecond, eta } = overall
  const bytes = { done: formatBytes(sentBytes), total: formatBytes(totalBytes) }
  return [
    ...(engine.kind === 'paused' ? [pausedWords(engine, language, nowMs)] : []),
    filesWords(doneFiles, totalFiles, language),
    t(language, 'summary.bytesOf', bytes),
    ...(bytesPerSecond > 0 ? [formatSpeed(bytesPerSecond)] : []),
    ...etaWords(eta, language, nowMs),
  ]
}

/** Returns why everything stands still, and when it resumes. */
export function pausedWords(
  { pausedBy, goesOnAtMs }: LiveState['engine'],
  language: Language,
  nowMs: number,
): string {
  if (pausedBy === 'battery') return t(language, 'summary.onBattery')
  if (pausedBy !== 'schedule') return t(language, 'summary.paused')
  if (goesOnAtMs === undefined) return t(language, 'summary.outOfHours')
  return t(language, 'summary.outOfHoursUntil', { when: formatWhen(goesOnAtMs, language, nowMs) })
}

function filesWords(done: number, total: number, language: Language): string {
  return t(language, 'summary.filesOf', { done, count: total })
}

/** Returns how many files need the person. */
export function attentionWords(count: number, language: Language): string {
  return t(language, 'summary.attention', { count })
}

function etaWords(
  eta: LiveState['overall']['eta'],
  language: Language,
  nowMs: number,
): readonly string[] {
  if (eta.kind === 'calculating') return [t(language, 'summary.calculating')]
  if (eta.kind !== 'at') return []
  if (isSameDay(eta.atMs, nowMs)) {
    return [t(language, 'summary.etaToday', { time: formatClock(eta.atMs).slice(0, 5) })]
  }
  const when = formatWhen(eta.atMs, language, nowMs)
  if (eta.quotaDays === 0) return [t(language, 'summary.eta', { when })]
  return [t(language, 'summary.etaWithQuota', { when, days: eta.quotaDays + 1 })]
}

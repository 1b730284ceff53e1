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
  /** The reason why progress fell a moment ago. */
  readonly fall: string | undefined
  /** Is there something to do. */
  readonly attention: string | undefined
  readonly bar: BarTone
  /** Progress from 0 to 1. */
  readonly share: number
}

/** `none`: there is nothing to show; `attention`: at rest, and something failed. */
type BarTone = 'none' | 'active' | 'still' | 'attention' | 'done'

/** @param nowMs for times: a clock time today, and the day with it otherwise */
export function summaryOf(live: LiveState, language: Language, nowMs: number): Summary {
  const { counts, overall, adding } = live
  const isAtRest = overall.aheadFiles === 0
  const attention = counts.byTab.attention
  const found = adding.reduce((sum, each) => sum + each.queued, 0)
  return {
    facts: isAtRest ? factsAtRest(live, language) : factsAtWork(live, language, nowMs),
    reading: adding.length > 0 ? t(language, 'summary.reading', { count: found }) : undefined,
    fall: overall.fall === null ? undefined : fallWords(overall.fall, language),
    attention: attention > 0 ? attentionWords(attention, language) : undefined,
    bar: barTone(live),
    share: overall.share,
  }
}

/** Green says that all is well: that something was uploaded, and nothing failed. */
function barTone({ overall, engine }: LiveState): BarTone {
  const { totalFiles, aheadFiles, failedFiles, doneFiles } = overall
  if (totalFiles === 0) return 'none'
  if (aheadFiles > 0) return engine.kind === 'working' ? 'active' : 'still'
  if (failedFiles > 0) return 'attention'
  return doneFiles > 0 ? 'done' : 'still'
}

function factsAtRest({ counts, engine, overall }: LiveState, language: Language): string[] {
  const { doneFiles, skippedFiles, failedFiles, totalFiles } = overall
  if (engine.pausedBy === 'person') return [t(language, 'summary.paused')]
  if (counts.byTab.attention > 0) {
    const files = failedFiles > 0 ? [filesWords(doneFiles, totalFiles, language)] : []
    return [t(language, 'summary.idle'), ...files, ...skippedWords(skippedFiles, language)]
  }
  const isOnlySkipped = skippedFiles > 0 && doneFiles === 0
  return [
    t(language, isOnlySkipped ? 'summary.noneNeeded' : 'summary.allDone'),
    ...(doneFiles > 0 ? [t(language, 'summary.uploaded', { count: doneFiles })] : []),
    ...skippedWords(skippedFiles, language),
  ]
}

function factsAtWork({ engine, overall }: LiveState, language: Language, nowMs: number): string[] {
  const facts = progressFacts(overall, language, nowMs)
  return engine.kind === 'paused' ? [pausedWords(engine, language, nowMs), ...facts] : facts
}

/** Returns how far everything is: files, bytes, speed, and when it ends. */
export function progressFacts(
  overall: LiveState['overall'],
  language: Language,
  nowMs: number,
): string[] {
  const { doneFiles, skippedFiles, totalFiles, sentBytes, totalBytes } = overall
  const { bytesPerSecond, eta, isBoundByCalls } = overall
  const bytes = { done: formatBytes(sentBytes), total: formatBytes(totalBytes) }
  return [
    filesWords(doneFiles, totalFiles, language),
    ...skippedWords(skippedFiles, language),
    // Of many small files the bytes are soon there, and say nothing about the rest.
    ...(isBoundByCalls ? [] : [t(language, 'summary.bytesOf', bytes)]),
    ...(bytesPerSecond > 0 ? [formatSpeed(bytesPerSecond)] : []),
    ...etaWords(eta, language, nowMs),
  ]
}

function skippedWords(count: number, language: Language): string[] {
  return count > 0 ? [t(language, 'summary.skipped', { count })] : []
}

function fallWords(fall: NonNullable<LiveState['overall']['fall']>, language: Language): string {
  return fall.because === 'added'
    ? t(language, 'summary.added', { count: fall.files })
    : t(language, 'summary.restarted')
}

/** Returns why everything stands still, and when it resumes. */
export function pausedWords(
  { pausedBy, goesOnAtMs }: LiveState['engine'],
  language: Language,
  nowMs: number,
): string {
  if (pausedBy === 'battery') return t(language, 'summary.onBattery')
  if (pausedBy === 'metered') return t(language, 'summary.onMetered')
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

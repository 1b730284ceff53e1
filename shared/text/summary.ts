import type { LiveState } from '../contract/live-state.ts'
import { formatMoment, formatWhen } from './format.ts'
import type { Language, Text } from './language.ts'
import { formatBytes, formatCount, formatSpeed } from './numbers.ts'

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

const ALL_UP: Text = { 'zh-CN': '全部上传完成', en: 'Everything is up' }
const ALL_PAUSED: Text = { 'zh-CN': '已全部暂停', en: 'Everything is paused' }
const OUT_OF_HOURS: Text = { 'zh-CN': '不在上传时段', en: 'Outside the hours set for uploads' }
const ON_BATTERY: Text = {
  'zh-CN': '正在使用电池，接通电源后继续',
  en: 'On battery, goes on when plugged in',
}
const NOTHING_MOVES: Text = { 'zh-CN': '目前没有上传', en: 'Nothing is uploading' }
const CALCULATING: Text = { 'zh-CN': '正在估算剩余时间', en: 'calculating time left' }

/** @param nowMs for times: a clock time today, and the day with it otherwise */
export function summaryOf(live: LiveState, language: Language, nowMs: number): Summary {
  const { counts, overall, adding } = live
  const { doneFiles, totalFiles, sentBytes, totalBytes } = overall
  const isAllDone = totalFiles === doneFiles
  const attention = counts.byTab.attention
  const found = adding.reduce((sum, each) => sum + each.queued, 0)
  return {
    facts: isAllDone ? factsAtRest(live, language) : factsAtWork(live, language, nowMs),
    reading: adding.length > 0 ? readingWords(found, language) : undefined,
    attention: attention > 0 ? attentionWords(attention, language) : undefined,
    isAllDone,
    share: totalBytes > 0 ? sentBytes / totalBytes : isAllDone ? 1 : 0,
  }
}

function factsAtRest({ counts, engine, overall }: LiveState, language: Language): string[] {
  const { doneFiles, totalFiles } = overall
  const state =
    engine.pausedBy === 'person' ? ALL_PAUSED : counts.byTab.attention > 0 ? NOTHING_MOVES : ALL_UP
  return [state[language], ...(totalFiles > 0 ? [filesWords(doneFiles, totalFiles, language)] : [])]
}

function factsAtWork({ engine, overall }: LiveState, language: Language, nowMs: number): string[] {
  const { doneFiles, totalFiles, sentBytes, totalBytes, bytesPerSecond, eta } = overall
  return [
    ...(engine.kind === 'paused' ? [pausedWords(engine, language, nowMs)] : []),
    filesWords(doneFiles, totalFiles, language),
    ofWords(formatBytes(sentBytes), formatBytes(totalBytes), language),
    ...(bytesPerSecond > 0 ? [formatSpeed(bytesPerSecond)] : []),
    ...etaWords(eta, language, nowMs),
  ]
}

/** Why everything stands still, and when it goes on. */
export function pausedWords(
  { pausedBy, goesOnAtMs }: LiveState['engine'],
  language: Language,
  nowMs: number,
): string {
  if (pausedBy === 'battery') return ON_BATTERY[language]
  if (pausedBy !== 'schedule') return ALL_PAUSED[language]
  if (goesOnAtMs === undefined) return OUT_OF_HOURS[language]
  const time = formatWhen(goesOnAtMs, language, nowMs)
  return language === 'zh-CN'
    ? `${OUT_OF_HOURS[language]}，${time} 继续`
    : `${OUT_OF_HOURS[language]}, goes on ${time}`
}

function filesWords(done: number, total: number, language: Language): string {
  const files = ofWords(formatCount(done), formatCount(total), language)
  if (language === 'zh-CN') return `${files} 个文件`
  return `${files} ${total === 1 ? 'file' : 'files'}`
}

function ofWords(part: string, whole: string, language: Language): string {
  return language === 'zh-CN' ? `${part} / ${whole}` : `${part} of ${whole}`
}

function readingWords(found: number, language: Language): string {
  const shown = formatCount(found)
  return language === 'zh-CN'
    ? `正在读取文件夹，已找到 ${shown} 个文件`
    : `Reading the folder: ${shown} files so far`
}

/** How much needs the person. */
export function attentionWords(count: number, language: Language): string {
  const shown = formatCount(count)
  if (language === 'zh-CN') return `${shown} 项需要你处理`
  return count === 1 ? `${shown} needs you` : `${shown} need you`
}

function etaWords(
  eta: LiveState['overall']['eta'],
  language: Language,
  nowMs: number,
): readonly string[] {
  if (eta.kind === 'calculating') return [CALCULATING[language]]
  if (eta.kind !== 'at') return []
  if (language === 'zh-CN') {
    const time = formatMoment(eta.atMs, language, nowMs)
    return [`预计 ${time} 完成${eta.quotaDays > 0 ? '（含等待每日额度）' : ''}`]
  }
  const inSentence = formatWhen(eta.atMs, language, nowMs).replace(/^at /, '')
  return [`done ${inSentence}${eta.quotaDays > 0 ? ', with the quota of the days between' : ''}`]
}

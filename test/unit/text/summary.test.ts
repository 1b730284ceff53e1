import { describe, expect, it } from 'vitest'
import { countsOf } from '#main/app/api/tabs.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import { summaryOf } from '#shared/text/summary.ts'
import { aLiveState } from '../contract/live-kit.ts'

const NOW_MS = new Date(2026, 10, 25, 12, 0).getTime()
const GiB = 1024 ** 3

function working(more: Partial<LiveState['overall']> = {}): LiveState {
  return aLiveState({
    engine: { kind: 'working', error: null },
    overall: {
      ...aLiveState().overall,
      ...{ doneFiles: 3, aheadFiles: 1_201, totalFiles: 1_204 },
      ...{ sentBytes: 18.4 * GiB, totalBytes: 62 * GiB, share: 0.29 },
      bytesPerSecond: 11.2 * 1024 ** 2,
      eta: { kind: 'at', atMs: new Date(2026, 10, 25, 14, 5).getTime(), quotaDays: 0 },
      ...more,
    },
  })
}

const line = (live: LiveState, language: 'zh-CN' | 'en') =>
  summaryOf(live, language, NOW_MS).facts.join(' · ')

describe('the one line', () => {
  it('answers what a person wants to know', () => {
    expect(line(working(), 'en')).toBe(
      '3 of 1,204 files · 18.4 GB of 62.0 GB · 11.2 MB/s · finishes about 14:05',
    )
    expect(line(working(), 'zh-CN')).toBe(
      '3 / 1,204 个文件 · 18.4 GB / 62.0 GB · 11.2 MB/s · 预计 14:05 完成',
    )
  })

  it('leaves bytes out where they say little', () => {
    expect(line(working({ isBoundByCalls: true }), 'en')).toBe(
      '3 of 1,204 files · 11.2 MB/s · finishes about 14:05',
    )
  })

  it.each([
    [{ done: 3, skipped: 1 }, 'All uploads finished · 3 uploaded · 1 skipped', 'done'],
    [{ skipped: 4 }, 'Nothing had to be uploaded · 4 skipped', 'still'],
    [{ done: 1, failed: 2 }, 'Nothing is uploading · 1 of 3 files', 'attention'],
    [{ failed: 3 }, 'Nothing is uploading · 0 of 3 files', 'attention'],
    [{}, 'All uploads finished', 'none'],
  ] as const)('names how it ended: %j', (ends, words, bar) => {
    const { done = 0, skipped = 0, failed = 0 } = { ...ends } as Record<string, number>
    const overall = {
      ...aLiveState().overall,
      ...{ doneFiles: done, skippedFiles: skipped, failedFiles: failed },
      totalFiles: done + skipped + failed,
    }
    const counts = countsOf([{ kind: 'failed', transfers: failed }])
    const live = aLiveState({ overall, counts })
    expect(line(live, 'en')).toBe(words)
    // Green only when something was uploaded and nothing failed.
    expect(summaryOf(live, 'en', NOW_MS).bar).toBe(bar)
  })

  it('says why progress fell', () => {
    const fallOf = (fall: LiveState['overall']['fall']) =>
      summaryOf(working({ fall }), 'en', NOW_MS).fall
    expect(fallOf({ because: 'added', files: 220 })).toBe('220 files added')
    expect(fallOf({ because: 'restarted' })).toBe('A file is uploaded again from the start')
  })

  it('says that it waits for another day', () => {
    const tomorrow = new Date(2026, 10, 26, 9, 0).getTime()
    const live = working({ eta: { kind: 'at', atMs: tomorrow, quotaDays: 1 } })
    expect(line(live, 'en')).toContain(
      'finishes tomorrow at 09:00, spread over 2 days by the daily quota',
    )
    expect(line(live, 'zh-CN')).toContain('每日额度有限，需要分 2 天上传')
  })

  it.each([
    ['idle', 0, 'All uploads finished', '全部上传完成'],
    ['paused', 0, 'All uploads paused', '已全部暂停'],
    ['idle', 2, 'Nothing is uploading', '目前没有上传'],
  ] as const)('%s with %i failures', (kind, failed, english, chinese) => {
    const counts = countsOf([{ kind: 'failed', transfers: failed }])
    const pausedBy = kind === 'paused' ? { pausedBy: 'person' as const } : {}
    const live = aLiveState({ engine: { kind, error: null, ...pausedBy }, counts })
    expect(line(live, 'en')).toBe(english)
    expect(line(live, 'zh-CN')).toBe(chinese)
    expect(summaryOf(live, 'en', NOW_MS).attention).toBe(
      failed > 0 ? '2 need attention' : undefined,
    )
  })

  it.each([
    [{ pausedBy: 'person' }, 'All uploads paused', '已全部暂停'],
    [{ pausedBy: 'schedule' }, 'Outside the upload hours', '不在上传时段'],
    [
      { pausedBy: 'schedule', goesOnAtMs: new Date(2026, 10, 25, 19, 0).getTime() },
      'Outside the upload hours, resumes at 19:00',
      '不在上传时段，19:00 继续',
    ],
    [
      { pausedBy: 'battery' },
      'On battery, resumes when plugged in',
      '正在使用电池，接通电源后继续',
    ],
  ] as const)('says why all stands still: %j', (why, english, chinese) => {
    const live = { ...working(), engine: { kind: 'paused', error: null, ...why } as const }
    expect(summaryOf(live, 'en', NOW_MS).facts[0]).toBe(english)
    expect(summaryOf(live, 'zh-CN', NOW_MS).facts[0]).toBe(chinese)
  })

  it('counts one file as one', () => {
    expect(line(working({ doneFiles: 0, aheadFiles: 1, totalFiles: 1 }), 'en')).toMatch(
      /^0 of 1 file · /,
    )
  })

  it('tells of folders that are being read', () => {
    const live = aLiveState({ adding: [{ batchId: 'a', queued: 1_500, unchanged: 0 }] })
    expect(summaryOf(live, 'en', NOW_MS).reading).toBe('Reading the folder: 1,500 files so far')
  })
})

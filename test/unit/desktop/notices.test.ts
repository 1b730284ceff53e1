import { describe, expect, it } from 'vitest'
import { countsOf } from '#main/app/api/tabs.ts'
import { noticeWords } from '#main/desktop/notice-words.ts'
import { type Notice, type NoticeState, noticesOf, toldSoFar } from '#main/desktop/notices.ts'
import type { Tally } from '#main/store/amount-reads.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import { aLiveState } from '../contract/live-kit.ts'

type Counts = Partial<Record<Tally['kind'], number>>

function live(tallies: Counts, doneFiles = 0, more: Partial<LiveState> = {}): LiveState {
  const kinds = Object.entries(tallies) as [Tally['kind'], number][]
  const counts = countsOf(
    kinds.map(([kind, transfers]) => ({ kind, transfers, bytes: 0, calls: 0 })),
  )
  const { overall } = aLiveState()
  const { active, waiting } = counts.byTab
  const figures = {
    doneFiles,
    aheadFiles: active + waiting,
    totalFiles: doneFiles + active + waiting,
    sentBytes: doneFiles * 512,
    totalBytes: 100_000,
  }
  return aLiveState({ counts, overall: { ...overall, ...figures }, ...more })
}

/** Returns the notices of these moments; the first is the state at the start. */
function tell(moments: readonly (readonly [atMs: number, LiveState])[]) {
  const [[, first], ...rest] = moments as [readonly [number, LiveState], ...typeof moments]
  let told: NoticeState = toldSoFar(first)
  const notices: [number, Notice][] = []
  for (const [atMs, state] of rest) {
    const verdict = noticesOf(told, state, atMs)
    told = verdict.told
    notices.push(...verdict.notices.map((notice) => [atMs, notice] as [number, Notice]))
  }
  return notices
}

describe('a batch', () => {
  it('is told when it is done, and not file by file', () => {
    expect(
      tell([
        [0, live({})],
        [1_000, live({ queued: 2, sending: 1 })],
        [2_000, live({ sending: 1, done: 2 }, 2)],
        [3_000, live({ done: 3 }, 3)],
        [4_000, live({ done: 3 }, 3)],
      ]),
    ).toEqual([[3_000, { kind: 'batch-done', files: 3, bytes: 1_536, attention: 0 }]])
  })

  it('is told however quick it was, and by itself', () => {
    expect(
      tell([
        [0, live({ done: 7 }, 7)],
        // Between two looks.
        [1_000, live({ done: 8 }, 8)],
        // The queue was empty, so the count starts from scratch.
        [2_000, live({ done: 8, sending: 2 }, 0)],
        [3_000, live({ done: 10 }, 2)],
      ]),
    ).toEqual([
      [1_000, { kind: 'batch-done', files: 1, bytes: 512, attention: 0 }],
      [3_000, { kind: 'batch-done', files: 2, bytes: 1_024, attention: 0 }],
    ])
  })

  it('with failures is told in one', () => {
    expect(
      tell([
        [0, live({ queued: 3 })],
        [2_900, live({ sending: 1, failed: 1 })],
        [3_000, live({ done: 2, failed: 1 }, 2)],
        [60_000, live({ done: 2, failed: 1 }, 2)],
      ]),
    ).toEqual([[3_000, { kind: 'batch-done', files: 2, bytes: 1_024, attention: 1 }]])
  })

  it.each([
    [
      'is not over while a folder is being read',
      live({ done: 1 }, 1, { adding: [{ batchId: 'b', queued: 1, unchanged: 0 }] }),
    ],
    ['that the person paused is not done', live({ done: 1, paused: 2 }, 1)],
    ['of which nothing arrived is not told as done', live({ cancelled: 3 }, 0)],
    ['that waits for tomorrow is not done', live({ done: 1, waiting: 2 }, 1)],
  ])('%s', (_, end) => {
    expect(
      tell([
        [0, live({ queued: 3 })],
        [1_000, end],
      ]),
    ).toEqual([])
  })
})

describe('what needs the person', () => {
  it('is no news when it was only tried again, and was refused again', () => {
    const minute = 60_000
    expect(
      tell([
        [0, live({ blocked: 2 })],
        [15 * minute, live({ queued: 2 })],
        [15 * minute + 4_000, live({ blocked: 2 })],
        [30 * minute, live({ queued: 2 })],
        [30 * minute + 4_000, live({ blocked: 2 })],
        [30 * minute + 9_000, live({ blocked: 2 })],
      ]),
    ).toEqual([])
  })

  it('is news again some time after it was put right', () => {
    const minute = 60_000
    expect(
      tell([
        [0, live({ blocked: 1 })],
        [minute, live({ done: 1 })],
        [20 * minute, live({ done: 1, blocked: 1 })],
        [20 * minute + 3_000, live({ done: 1, blocked: 1 })],
      ]),
    ).toEqual([[20 * minute + 3_000, { kind: 'attention', count: 1 }]])
  })

  it('is told once for the failures of a moment', () => {
    expect(
      tell([
        [0, live({ queued: 9 })],
        [1_000, live({ queued: 8, failed: 1 })],
        [2_000, live({ queued: 6, failed: 3 })],
        [4_000, live({ queued: 6, failed: 3 })],
        [5_000, live({ queued: 6, failed: 3 })],
      ]),
    ).toEqual([[4_000, { kind: 'attention', count: 3 }]])
  })

  it('is told again only after a while, and only what is new', () => {
    const minute = 60_000
    expect(
      tell([
        [0, live({ queued: 9 })],
        [1_000, live({ queued: 8, failed: 1 })],
        [4_000, live({ queued: 8, failed: 1 })],
        [minute, live({ queued: 6, failed: 3 })],
        [5 * minute, live({ queued: 5, failed: 4 })],
        [11 * minute, live({ queued: 5, failed: 4 })],
      ]).map(([atMs, notice]) => [atMs, notice.kind === 'attention' && notice.count]),
    ).toEqual([
      [4_000, 1],
      [11 * minute, 3],
    ])
  })

  it('was there at the start, or is settled in time, is not told', () => {
    expect(
      tell([
        [0, live({ failed: 2 })],
        [10_000, live({ failed: 2 })],
        [20_000, live({ failed: 3 })],
        [21_000, live({ failed: 2 })],
        [60_000, live({ failed: 2 })],
      ]),
    ).toEqual([])
  })

  it('concerns everything: told at once, and once', () => {
    const error = { code: 'disk-full', atMs: 0 } as const
    const stopped = live({}, 0, { engine: { kind: 'stopped', error } })
    expect(
      tell([
        [0, live({})],
        [1_000, stopped],
        [2_000, stopped],
      ]),
    ).toEqual([[1_000, { kind: 'stopped', error }]])
  })
})

describe('the words of a notification', () => {
  const batch = { kind: 'batch-done', files: 1_204, bytes: 3 * 1024 ** 3, attention: 2 } as const

  it.each<[Notice, string | undefined, string, string]>([
    [
      batch,
      undefined,
      '1,204 files uploaded / 3.0 GB · 2 need attention',
      '1,204 个文件已上传 / 3.0 GB · 2 项需要处理',
    ],
    [
      { ...batch, files: 1, attention: 0 },
      'a.pdf',
      'a.pdf uploaded / 3.0 GB',
      'a.pdf 已上传 / 3.0 GB',
    ],
    [{ kind: 'attention', count: 1 }, 'a.pdf', '1 needs attention / a.pdf', '1 项需要处理 / a.pdf'],
    [
      { kind: 'attention', count: 3 },
      undefined,
      '3 need attention / Click to see what to do.',
      '3 项需要处理 / 点击查看解决办法。',
    ],
  ])('%j', (notice, name, english, chinese) => {
    const line = (language: 'en' | 'zh-CN') => {
      const { title, body } = noticeWords(notice, language, name)
      return `${title} / ${body}`
    }
    expect(line('en')).toBe(english)
    expect(line('zh-CN')).toBe(chinese)
  })
})

import { describe, expect, it } from 'vitest'
import { countsOf } from '#main/app/api/tabs.ts'
import { progressOf } from '#main/desktop/progress-view.ts'
import { trayViewOf } from '#main/desktop/tray-view.ts'
import type { Tally } from '#main/store/amount-reads.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import { aLiveState, aRow } from '../contract/live-kit.ts'

const NOW_MS = Date.UTC(2026, 10, 25)

function live(
  kind: LiveState['engine']['kind'],
  tallies: Partial<Record<Tally['kind'], number>> = {},
  more: Partial<LiveState> = {},
): LiveState {
  const counts = countsOf(
    Object.entries(tallies).map(([state, transfers]) => ({
      kind: state as Tally['kind'],
      transfers,
      bytes: 0,
      calls: 0,
    })),
  )
  const error =
    kind === 'stopped' || kind === 'blocked' ? ({ code: 'disk-full', atMs: NOW_MS } as const) : null
  const pausedBy = kind === 'paused' ? { pausedBy: 'person' as const } : {}
  return aLiveState({ engine: { kind, error, ...pausedBy }, counts, ...more })
}

const HALF: Pick<LiveState, 'overall'> = {
  overall: {
    ...aLiveState().overall,
    ...{ doneFiles: 1, aheadFiles: 1, totalFiles: 2, sentBytes: 500, totalBytes: 1_000 },
    ...{ share: 0.5, eta: { kind: 'unknown' } },
  },
}

describe('the icon in the tray', () => {
  it.each([
    ['idle', live('idle'), 'idle', 'Idle', '空闲'],
    ['at work', live('working', { sending: 1 }, HALF), 'working', 'Uploading 50%', '正在上传 50%'],
    ['paused', live('paused', { queued: 1 }, HALF), 'paused', 'Paused', '已暂停'],
    [
      'offline',
      live('offline', { queued: 1 }, HALF),
      'offline',
      'Waiting for network',
      '等待网络恢复',
    ],
    [
      'at work, and one failed',
      live('working', { sending: 1, failed: 1 }),
      'attention',
      '1 needs attention',
      '1 项需要处理',
    ],
    [
      'offline, and two blocked',
      live('offline', { blocked: 2 }),
      'attention',
      '2 need attention',
      '2 项需要处理',
    ],
    [
      'stopped',
      live('stopped'),
      'attention',
      'The disk of this computer is full, so Feidi cannot save its progress.',
      '本机磁盘已满，飞递无法保存上传进度。',
    ],
    ['without an account or anything to do', live('no-account'), 'idle', 'Idle', '空闲'],
    [
      'without an account, but files',
      live('no-account', { queued: 3 }),
      'attention',
      'Needs attention',
      '需要处理',
    ],
  ] as const)('%s', (_, state, icon, english, chinese) => {
    expect(trayViewOf(state, 'en', NOW_MS)).toMatchObject({ state: icon, headline: english })
    expect(trayViewOf(state, 'zh-CN', NOW_MS)).toMatchObject({ state: icon, headline: chinese })
  })

  it('has a tool tip that Windows shows whole', () => {
    const view = trayViewOf(live('stopped', { failed: 3 }, HALF), 'en', NOW_MS)
    expect(view.toolTip.length).toBeLessThanOrEqual(127)
    expect(view.toolTip).toMatch(/^Feidi · 3 need attention · /)
  })

  it('offers to jump to some of what moves', () => {
    const rows = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `t${index}`,
        aRow(`t${index}`, { kind: 'sending' }),
      ]),
    )
    const { moving } = trayViewOf(live('working', { sending: 12 }, { rows }), 'en', NOW_MS)
    expect(moving).toHaveLength(5)
    expect(moving[0]).toEqual({ id: 't0', name: 't0' })
  })
})

describe('the progress on the taskbar', () => {
  it.each([
    ['idle', live('idle'), { share: -1, mode: 'none' }],
    ['half way', live('working', { sending: 1 }, HALF), { share: 0.5, mode: 'normal' }],
    [
      'half way with a failure',
      live('working', { sending: 1, failed: 1 }, HALF),
      { share: 0.5, mode: 'error' },
    ],
    ['paused half way', live('paused', { queued: 1 }, HALF), { share: 0.5, mode: 'paused' }],
    ['offline half way', live('offline', { queued: 1 }, HALF), { share: 0.5, mode: 'paused' }],
  ] as const)('%s', (_, state, expected) => {
    expect(progressOf(state)).toEqual(expected)
  })
})

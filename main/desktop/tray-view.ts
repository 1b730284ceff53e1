import type { LiveState } from '#shared/contract/live-state.ts'
import { explain } from '#shared/errors/explain.ts'
import type { Language } from '#shared/text/language.ts'
import { attentionWords, pausedWords, summaryOf } from '#shared/text/summary.ts'
import { t } from '#shared/text/t.ts'
import { percentOf } from '#shared/transfer/work-size.ts'

/** There is an icon for each (`renderer/icons/tray-….svg`). */
export type TrayState = 'idle' | 'working' | 'paused' | 'attention' | 'offline'

export interface TrayView {
  readonly state: TrayState
  /** The state in words, with the percentage while something moves. */
  readonly headline: string
  /** The one line of the toolbar. */
  readonly toolTip: string
  /** By the person, who can take it back. */
  readonly isPaused: boolean
  /** The number of transfers that need the person. */
  readonly attention: number
  /** Transfers at work, to jump to. */
  readonly moving: readonly { readonly id: string; readonly name: string }[]
}

/** Windows shows no more of a tool tip. */
const MOST_TOOL_TIP = 127
const MOST_MOVING = 5

export function trayViewOf(live: LiveState, language: Language, nowMs: number): TrayView {
  const state = trayStateOf(live)
  const headline = headlineOf(state, live, language, nowMs)
  const { facts, attention } = summaryOf(live, language, nowMs)
  const isInFacts = state === 'idle' || state === 'paused' || state === 'working'
  const words = [
    ...(isInFacts ? [] : [headline]),
    ...facts,
    ...(attention !== undefined && attention !== headline ? [attention] : []),
  ]
  return {
    state,
    headline,
    toolTip: cut(`${t(language, 'desktop.appName')} · ${words.join(' · ')}`),
    isPaused: live.engine.pausedBy === 'person',
    attention: live.counts.byTab.attention,
    moving: Object.values(live.rows)
      .slice(0, MOST_MOVING)
      .map(({ id, fileName }) => ({ id, name: fileName })),
  }
}

/**
 * Returns the tray's state. Work that needs the person comes first: the rest does not change by
 * looking at it.
 */
function trayStateOf({ engine, counts }: LiveState): TrayState {
  const hasWaiting = counts.byTab.waiting > 0
  switch (engine.kind) {
    case 'blocked':
    case 'stopped':
      return 'attention'
    case 'no-account':
      return hasWaiting || counts.byTab.attention > 0 ? 'attention' : 'idle'
    default:
      return counts.byTab.attention > 0 ? 'attention' : engine.kind
  }
}

function headlineOf(state: TrayState, live: LiveState, language: Language, nowMs: number): string {
  const { engine, counts } = live
  switch (state) {
    case 'attention':
      if (counts.byTab.attention > 0) return attentionWords(counts.byTab.attention, language)
      if (engine.error === null) return t(language, 'state.blocked')
      return explain(engine.error, language, { final: true }).message
    case 'offline':
      return t(language, 'wait.network')
    case 'paused':
      if (engine.pausedBy === 'person') return t(language, 'state.paused')
      return pausedWords(engine, language, nowMs)
    case 'working': {
      return t(language, 'stateLine.sending', { percent: percentOf(live.overall.share) })
    }
    case 'idle':
      return t(language, 'desktop.idle')
  }
}

function cut(text: string): string {
  return text.length <= MOST_TOOL_TIP ? text : `${text.slice(0, MOST_TOOL_TIP - 1)}…`
}

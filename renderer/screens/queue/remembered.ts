/** The part of the queue that a person looks at, kept while other screens are shown and over a reload. */
import type { CommonFailure } from '#shared/contract/live-state.ts'
import type { Tab } from '#shared/contract/queue-channels.ts'
import type { OneRule } from '../rules/rule-filter.tsx'
import type { Sort } from './sort.ts'
import { TABS } from './tabs.ts'

export interface QueueView {
  readonly tab: Tab
  readonly search: string
  readonly rule: OneRule | undefined
  /** Only the files that failed of this. */
  readonly failure: Pick<CommonFailure, 'filter' | 'error'> | undefined
  /** Undefined: the order of the tab. */
  readonly sort: Sort | undefined
}

/** The groups that a person has unfolded, where they are folded at first, and folded, where they are not. */
export interface Folds {
  readonly opened: readonly string[]
  readonly closed: readonly string[]
}

export type Grouping = 'auto' | 'grouped' | 'flat'

const GROUPINGS: readonly Grouping[] = ['auto', 'grouped', 'flat']
const GROUPING_KEY = 'queue-grouping'
const FOLDS_KEY = 'queue-folds'
const KEY = 'queue-view'
const AT_START: QueueView = {
  tab: 'all',
  search: '',
  rule: undefined,
  failure: undefined,
  sort: undefined,
}

export function recallView(): QueueView {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<QueueView>
    const tab = TABS.find((each) => each === stored.tab) ?? AT_START.tab
    return { ...AT_START, ...stored, tab }
  } catch {
    return AT_START
  }
}

export function rememberView(view: QueueView): void {
  sessionStorage.setItem(KEY, JSON.stringify(view))
}

/** On this device, for good. */
export function recallGrouping(): Grouping {
  const stored = localStorage.getItem(GROUPING_KEY)
  return GROUPINGS.find((each) => each === stored) ?? 'auto'
}

export function rememberGrouping(grouping: Grouping): void {
  localStorage.setItem(GROUPING_KEY, grouping)
}

export function recallFolds(): Folds {
  try {
    const { opened = [], closed = [] } = JSON.parse(
      sessionStorage.getItem(FOLDS_KEY) ?? '{}',
    ) as Partial<Folds>
    return { opened, closed }
  } catch {
    return { opened: [], closed: [] }
  }
}

export function rememberFolds(folds: Folds): void {
  sessionStorage.setItem(FOLDS_KEY, JSON.stringify(folds))
}

/** The part of the queue that a person looks at, kept while other screens are shown and over a reload. */
import type { CommonFailure } from '#shared/contract/live-state.ts'
import type { Tab } from '#shared/contract/queue-channels.ts'
import type { OneRule } from '../rules/rule-filter.tsx'
import { type Criteria, NO_CRITERIA, queryOf, readQuery } from './criteria.ts'
import type { Sort } from './sort.ts'
import { TABS } from './tabs.ts'

export interface QueueView {
  readonly tab: Tab
  readonly search: string
  readonly criteria: Criteria
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
/** The query that this tab has put into the address last; those since the page was loaded. */
const QUERY_KEY = 'queue-query'
const written = new Set<string>()
const AT_START: QueueView = {
  tab: 'all',
  search: '',
  criteria: NO_CRITERIA,
  rule: undefined,
  failure: undefined,
  sort: undefined,
}

/** An address of another tab goes before the memory of this one. */
export function recallView(): QueueView {
  const query = newQuery(queryIn(location.hash))
  if (query !== undefined) return { ...AT_START, ...readQuery(query) }
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<QueueView>
    const tab = TABS.find((each) => each === stored.tab) ?? AT_START.tab
    return { ...AT_START, ...stored, tab }
  } catch {
    return AT_START
  }
}

/** Keeps the view over a reload, and in the address. */
export function rememberView(view: QueueView): void {
  sessionStorage.setItem(KEY, JSON.stringify(view))
  const query = queryOf(view)
  sessionStorage.setItem(QUERY_KEY, query)
  written.add(query)
  showAddress()
}

/** Puts the view into the address: going back, out of the details, leads to the address of before. */
export function showAddress(): void {
  const { hash } = location
  const query = sessionStorage.getItem(QUERY_KEY) ?? ''
  if (!/^(#\/?|#\/queue(\?.*)?)?$/.test(hash) || newQuery(queryIn(hash)) !== undefined) return
  if (query === queryIn(hash)) return
  history.replaceState(history.state, '', query === '' ? '#/queue' : `#/queue?${query}`)
}

/** Returns the query of an address that this tab has not written itself. */
export function newQuery(query: string): string | undefined {
  const isOwn = query === '' || written.has(query) || query === sessionStorage.getItem(QUERY_KEY)
  return isOwn ? undefined : query
}

function queryIn(hash: string): string {
  return hash.startsWith('#/queue?') ? hash.slice('#/queue?'.length) : ''
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

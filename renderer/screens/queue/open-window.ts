/** Windows on the queue, the first of which is asked for before there is anything to show it in. */

import type { QueueLine } from '#shared/contract/group-row.ts'
import type { QueueFilter } from '#shared/contract/queue-channels.ts'
import { bridge } from '../../data/bridge.ts'
import { criteriaFilter } from './criteria.ts'
import { type QueueView, recallFolds, recallGrouping, recallView } from './remembered.ts'
import { type Opening, PAGE_ROWS, RowWindow } from './row-window.ts'
import { DEFAULT_SORTS, type Sort } from './sort.ts'

/** So many choices of a person are remembered. */
const MOST_FOLDS = 500

type RowsAnswer = ReturnType<typeof ask>

let early: { readonly key: string; readonly answer: RowsAnswer } | undefined

/** A list as it was left: the same rows are shown at the same place when it comes back. */
export interface LeftList {
  readonly key: string
  readonly opening: Opening | undefined
  readonly scrollTop: number
  readonly current: number
}

let left: LeftList | undefined

/** Asks for the rows that a start shows, so that they are on their way while the app is loaded. */
export function askForFirstRows(): void {
  const view = recallView()
  const answer = ask(filterOf(view), sortOf(view), 0, PAGE_ROWS, undefined)
  early = { key: keyOf(view), answer }
}

export function filterOf(view: Omit<QueueView, 'sort'>): QueueFilter {
  const { tab, search, rule, failure } = view
  const criteria = criteriaFilter(view.criteria)
  return {
    tab,
    search: search.trim(),
    ...(rule !== undefined && { rule: rule.id }),
    ...(failure !== undefined && { trouble: failure.filter }),
    ...(criteria !== undefined && { criteria }),
  }
}

export function sortOf({ tab, sort }: Pick<QueueView, 'tab' | 'sort'>): Sort {
  return sort ?? DEFAULT_SORTS[tab]
}

/** Tells one list from another. */
export function keyOf(view: QueueView): string {
  return JSON.stringify([filterOf(view), sortOf(view), recallGrouping()])
}

/** Groups are unfolded where the person looks for something: under a filter, and in the short tabs. */
export function isUnfolded({ tab, search, rule: _, trouble, ...others }: QueueFilter): boolean {
  const isFiltered = search !== '' || trouble !== undefined
  return isFiltered || tab === 'active' || tab === 'attention' || Object.keys(others).length > 0
}

/** Takes back the list that was left last. */
export function takeLeft(): LeftList | undefined {
  const found = left
  left = undefined
  return found
}

export function leave(list: LeftList): void {
  left = list
}

export function openWindow(
  view: QueueView,
  opening: Opening | undefined,
  isRead: () => boolean,
): RowWindow<QueueLine> {
  const first = early?.key === keyOf(view) ? early.answer : undefined
  early = undefined
  const [filter, sort] = [filterOf(view), sortOf(view)]
  return new RowWindow((offset, limit, since) => ask(filter, sort, offset, limit, since), {
    ...{ first, opening, isRead },
  })
}

export function ask(
  filter: QueueFilter,
  sort: Sort,
  offset: number,
  limit: number,
  opening: Opening | undefined,
) {
  const since = opening !== undefined && { opening }
  const unfolded = isUnfolded(filter)
  const { opened, closed } = recallFolds()
  const except = [...(unfolded ? closed : opened)].slice(-MOST_FOLDS)
  const groups = { mode: recallGrouping(), unfolded, except }
  return bridge.request('queue.window', { ...filter, sort, groups, offset, limit, ...since })
}

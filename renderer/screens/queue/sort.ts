import type { RequestInput } from '#shared/contract/contract.ts'
import type { Tab } from '#shared/contract/queue-channels.ts'
import type { Column } from './columns.ts'

export type Sort = RequestInput<'queue.window'>['sort']

const RECENT: Sort = { by: 'recent', direction: 'descending' }
const IN_QUEUE_ORDER: Sort = { by: 'queue', direction: 'ascending' }
const BY_END: Sort = { by: 'end', direction: 'descending' }

/** The order of each tab unless the person sorts it: active and new ones on top, or those that go next. */
export const DEFAULT_SORTS: Readonly<Record<Tab, Sort>> = {
  all: RECENT,
  active: IN_QUEUE_ORDER,
  waiting: IN_QUEUE_ORDER,
  attention: RECENT,
  done: BY_END,
  cancelled: BY_END,
}

const FROM_SMALLEST: readonly Column[] = ['name', 'destination', 'state']

/**
 * Names begin with A, sizes with the largest; a third click goes back to the order of the tab.
 * @returns undefined for that
 */
export function nextSort(sort: Sort, by: Column): Sort | undefined {
  const first = FROM_SMALLEST.includes(by) ? 'ascending' : 'descending'
  if (sort.by !== by) return { by, direction: first }
  if (sort.direction !== first) return undefined
  return { by, direction: first === 'ascending' ? 'descending' : 'ascending' }
}

/** Windows on the queue, the first of which is asked for before there is anything to show it in. */
import type { QueueFilter } from '#shared/contract/queue-channels.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { bridge } from '../../data/bridge.ts'
import { PAGE_ROWS, RowWindow } from './row-window.ts'
import { IN_QUEUE_ORDER, type Sort } from './sort.ts'

type RowsAnswer = ReturnType<typeof ask>

const AT_START: QueueFilter = { tab: 'all', search: '' }
let early: RowsAnswer | undefined

/** Asks for the rows that a start shows, so that they are on their way while the app is loaded. */
export function askForFirstRows(): void {
  early = ask(AT_START, IN_QUEUE_ORDER, 0, PAGE_ROWS)
}

export function openWindow(filter: QueueFilter, sort: Sort): RowWindow<TransferRow> {
  const first = isAtStart(filter, sort) ? early : undefined
  early = undefined
  return new RowWindow((offset, limit) => ask(filter, sort, offset, limit), first)
}

function ask(filter: QueueFilter, sort: Sort, offset: number, limit: number) {
  return bridge.request('queue.window', { ...filter, sort, offset, limit })
}

function isAtStart({ tab, search, rule }: QueueFilter, sort: Sort): boolean {
  return (
    tab === AT_START.tab &&
    search === AT_START.search &&
    rule === undefined &&
    sort === IN_QUEUE_ORDER
  )
}

import type { RequestInput } from '#shared/contract/contract.ts'

export type Sort = RequestInput<'queue.window'>['sort']

/** As the transfers will go. */
export const IN_QUEUE_ORDER: Sort = { by: 'queue', direction: 'ascending' }

/** Names begin with A, sizes with the largest; a third click goes back to the order of the queue. */
export function nextSort(sort: Sort, by: 'name' | 'size'): Sort {
  const first = by === 'name' ? 'ascending' : 'descending'
  if (sort.by !== by) return { by, direction: first }
  if (sort.direction !== first) return IN_QUEUE_ORDER
  return { by, direction: first === 'ascending' ? 'descending' : 'ascending' }
}

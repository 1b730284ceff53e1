import type { QueueFilter, QueueSelection } from '#shared/contract/queue-channels.ts'

/** Rows the person has chosen: some by id, or everything the filter shows, seen or not. */
export type Chosen =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'everything' }

export const NOTHING_CHOSEN: Chosen = { kind: 'some', ids: new Set() }

export function isChosen(chosen: Chosen, id: string): boolean {
  return chosen.kind === 'everything' || chosen.ids.has(id)
}

export function chosenCount(chosen: Chosen, total: number): number {
  return chosen.kind === 'everything' ? total : chosen.ids.size
}

export function toggled(chosen: Chosen, id: string): Chosen {
  const ids = new Set(chosen.kind === 'some' ? chosen.ids : [])
  if (!ids.delete(id)) ids.add(id)
  return { kind: 'some', ids }
}

/** Returns the target of an action: the selection, or else the row it was requested on. */
export function selectionFor(
  chosen: Chosen,
  filter: QueueFilter,
  currentId: string | undefined,
): QueueSelection | undefined {
  if (chosen.kind === 'everything') return { filter }
  if (chosen.ids.size > 0) return { ids: [...chosen.ids] }
  return currentId === undefined ? undefined : { ids: [currentId] }
}

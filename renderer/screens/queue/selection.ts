import type { QueueLine } from '#shared/contract/group-row.ts'
import type { QueueFilter, QueueSelection } from '#shared/contract/queue-channels.ts'
import { isGroup } from '#shared/contract/queue-line.ts'

/** Rows the person has chosen: some by id, groups with how many files each shows, or everything, seen or not. */
export type Chosen =
  | {
      readonly kind: 'some'
      readonly ids: ReadonlySet<string>
      readonly groups: ReadonlyMap<string, number>
    }
  | { readonly kind: 'everything' }

export const NOTHING_CHOSEN: Chosen = { kind: 'some', ids: new Set(), groups: new Map() }

export function isChosen(chosen: Chosen, line: QueueLine): boolean {
  if (chosen.kind === 'everything') return true
  if (isGroup(line)) return chosen.groups.has(line.group)
  return chosen.ids.has(line.id) || chosen.groups.has(line.inGroup ?? '')
}

/** Returns how many files are chosen. */
export function chosenCount(chosen: Chosen, total: number): number {
  if (chosen.kind === 'everything') return total
  return [...chosen.groups.values()].reduce((sum, shown) => sum + shown, chosen.ids.size)
}

export function chosenLines(lines: readonly QueueLine[]): Chosen {
  const groups = new Map(lines.filter(isGroup).map(({ group, shown }) => [group, shown]))
  const files = lines.flatMap((line) =>
    isGroup(line) || groups.has(line.inGroup ?? '') ? [] : [line.id],
  )
  return { kind: 'some', ids: new Set(files), groups }
}

export function toggled(chosen: Chosen, line: QueueLine): Chosen {
  const { ids, groups } = chosen.kind === 'some' ? chosen : NOTHING_SOME
  if (isGroup(line)) {
    const others = new Map(groups)
    if (!others.delete(line.group)) others.set(line.group, line.shown)
    return { kind: 'some', ids, groups: others }
  }
  const others = new Set(ids)
  if (!others.delete(line.id)) others.add(line.id)
  return { kind: 'some', ids: others, groups }
}

const NOTHING_SOME = { ids: new Set<string>(), groups: new Map<string, number>() }

/** Returns the target of an action: the selection, or else the row it was requested on. */
export function selectionFor(
  chosen: Chosen,
  filter: QueueFilter,
  current: QueueLine | undefined,
): QueueSelection | undefined {
  if (chosen.kind === 'everything') return { filter }
  const ids = [...chosen.ids]
  if (chosen.groups.size > 0) return { ids, groups: [...chosen.groups.keys()], filter }
  if (ids.length > 0) return { ids }
  if (current === undefined) return undefined
  return isGroup(current) ? { filter: { ...filter, group: current.group } } : { ids: [current.id] }
}

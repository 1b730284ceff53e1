/** Groups of a staged queue: so many files each, the last ones added on top. */
import { stateCounts } from '#main/app/api/tabs.ts'
import type { RequestInput } from '#shared/contract/contract.ts'
import type { GroupRow, QueueLine } from '#shared/contract/group-row.ts'
import { groupLineId } from '#shared/contract/queue-line.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'

export interface StagedGroup extends Pick<GroupRow, 'kind' | 'label'> {
  readonly files: number
}

/** Returns the key of the group that a staged row is in. */
export function groupOfRow({ id }: TransferRow, groups: readonly StagedGroup[]): string {
  let end = 0
  const index = Number(id.slice(1))
  for (const [key, { files }] of groups.entries()) {
    end += files
    if (index < end) return String(key)
  }
  return String(groups.length + index)
}

/** Returns the lines of the grouped list: what the filter lets through, below the headings of all rows. */
export function groupedOnStage(
  all: readonly TransferRow[],
  found: readonly TransferRow[],
  groups: readonly StagedGroup[],
  { unfolded, except }: NonNullable<RequestInput<'queue.window'>['groups']>,
): QueueLine[] {
  const byGroup = Map.groupBy(found, (row) => groupOfRow(row, groups))
  return [...byGroup].flatMap(([key, rows]): QueueLine[] => {
    const group = groups[Number(key)]
    const [first] = rows
    if (group === undefined || first === undefined) return rows
    const members = all.filter((row) => groupOfRow(row, groups) === key)
    const isOpen = (unfolded || byGroup.size === 1) !== except.includes(key)
    const sizeBytes = members.reduce((sum, row) => sum + row.sizeBytes, 0)
    const heading: GroupRow = {
      ...{ id: groupLineId(key), group: key, kind: group.kind, label: group.label },
      destinationName: first.destinationName,
      addedAtMs: first.queuedAtMs,
      ...{ isOpen, shown: rows.length, sizeBytes },
      byState: stateCounts(talliesOf(members)),
      share: members.reduce((sum, row) => sum + row.movedBytes, 0) / Math.max(1, sizeBytes),
      bytesPerSecond: members.reduce((sum, row) => sum + row.bytesPerSecond, 0),
    }
    return [heading, ...(isOpen ? rows.map((row) => ({ ...row, inGroup: key })) : [])]
  })
}

function talliesOf(rows: readonly TransferRow[]) {
  const byKind = Map.groupBy(rows, ({ state }) => state.kind)
  return [...byKind].map(([kind, { length: transfers }]) => ({ kind, transfers }))
}

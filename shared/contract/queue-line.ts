/** Questions about the lines of the queue. Apart from their schemas, which pages do not load. */
import type { GroupRow, QueueLine } from './group-row.ts'

export function isGroup(line: QueueLine): line is GroupRow {
  return 'byState' in line
}

/** Returns the id of the line of a group. */
export function groupLineId(group: string): string {
  return `group:${group}`
}

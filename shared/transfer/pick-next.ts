/** The order in which files of a queue begin. Pure. */

interface Named {
  readonly id: string
}

export interface Choice<T extends Named> {
  /** Those that may begin, in the order of the queue: the person's own order, then uploads that were begun, then age. */
  readonly ready: readonly T[]
  /** Uploads that would expire if they did not go now, soonest leading; they may be among the ready ones. */
  readonly urgent: readonly T[]
  /** The number of files that may begin. */
  readonly room: number
  /** True for a file that goes in one call. Those and parts have calls a second, and a day, of their own. */
  readonly isWhole: (file: T) => boolean
  /** The files at work. */
  readonly active: readonly { readonly isWhole: boolean }[]
}

/**
 * Picks the files that begin now. Uploads that would expire lead; then the queue's order holds, but for one place: when
 * all that is at work is of one kind, the first file of the other kind goes along, because the calls it
 * needs lie idle.
 */
export function pickNext<T extends Named>({
  ready,
  urgent,
  room,
  isWhole,
  active,
}: Choice<T>): T[] {
  if (room <= 0) return []
  const urgentIds = new Set(urgent.map(({ id }) => id))
  const ordered = [...urgent, ...ready.filter(({ id }) => !urgentIds.has(id))]
  const picked = ordered.slice(0, room)
  const kinds = new Set([...active.map((each) => each.isWhole), ...picked.map(isWhole)])
  const [only] = kinds
  // The last place of several: a file that has the only one keeps it.
  if (kinds.size !== 1 || active.length + picked.length < 2) return picked
  const other = ordered.slice(room).find((each) => isWhole(each) !== only)
  const last = picked.at(-1)
  if (other === undefined || last === undefined || urgentIds.has(last.id)) return picked
  return [...picked.slice(0, -1), other]
}

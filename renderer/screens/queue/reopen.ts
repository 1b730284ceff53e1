/** A person has added or moved something: the list is opened again, to show it. */

const listeners = new Set<() => void>()

export function reopenList(): void {
  for (const listener of listeners) listener()
}

export function onReopen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const watchers = new Set<(isGrouped: boolean) => void>()

/** Tells whether the list in sight has groups, which the host decides unless a person has. */
export function tellGrouped(isGrouped: boolean): void {
  for (const watcher of watchers) watcher(isGrouped)
}

export function onGroupedList(watcher: (isGrouped: boolean) => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** A person has added or moved something: the list is opened again, to show it. */

const listeners = new Set<() => void>()

export function reopenList(): void {
  for (const listener of listeners) listener()
}

export function onReopen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

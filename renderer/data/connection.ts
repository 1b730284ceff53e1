import { useSyncExternalStore } from 'react'

/** The state of the connection of this page to its host. `over`: the page must be opened again. */
export type Connection = 'connecting' | 'open' | 'lost' | 'over'

let connection: Connection = 'connecting'
const listeners = new Set<() => void>()

export function setConnection(next: Connection): void {
  if (next === connection) return
  connection = next
  for (const listener of listeners) listener()
}

export function connectionNow(): Connection {
  return connection
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, connectionNow)
}

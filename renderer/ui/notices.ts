/**
 * The texts of toasts, for as long as this tab is open: a toast goes away while the person looks
 * elsewhere. Names of files stay in the tab's own storage and leave with it.
 */
import { useSyncExternalStore } from 'react'

const MOST_NOTICES = 100
const KEY = 'feidi-notices'

interface Notice {
  readonly id: number
  readonly atMs: number
  readonly text: string
}

interface Stored {
  readonly notices: readonly Notice[]
  /** The newest one that was seen. */
  readonly readId: number
}

export interface Notices {
  /** The newest leading. */
  readonly all: readonly Notice[]
  readonly unread: number
}

let state = read()
const listeners = new Set<() => void>()

/** Keeps what was said. @param replaces the notice that this one continues @returns its id */
export function keepNotice(text: string, replaces?: number): number {
  const id = Math.max(state.readId, state.all[0]?.id ?? 0) + 1
  const others = state.all.filter((notice) => notice.id !== replaces)
  change([{ id, atMs: Date.now(), text }, ...others].slice(0, MOST_NOTICES), state.readId)
  return id
}

export function markNoticesRead(): void {
  change(state.all, state.all[0]?.id ?? state.readId)
}

export function clearNotices(): void {
  change([], state.all[0]?.id ?? state.readId)
}

export function useNotices(): Notices {
  return useSyncExternalStore(subscribe, () => state)
}

function change(all: readonly Notice[], readId: number): void {
  state = stateOf({ notices: [...all], readId })
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ notices: all, readId }))
  } catch {
    // A browser that stores nothing forgets them with the page.
  }
  for (const listener of listeners) listener()
}

function read(): Notices & { readonly readId: number } {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Stored>
    return stateOf({ notices: stored.notices ?? [], readId: stored.readId ?? 0 })
  } catch {
    // A browser that stores nothing has nothing to read.
    return stateOf({ notices: [], readId: 0 })
  }
}

function stateOf({ notices, readId }: Stored) {
  return { all: notices, unread: notices.filter(({ id }) => id > readId).length, readId }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

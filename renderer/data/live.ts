/** The host's live state, followed event by event. Components take the part they show. */
import { useSyncExternalStore } from 'react'
import { type Followed, follow } from '#shared/contract/apply-patch.ts'
import type { LiveEvent, LiveState } from '#shared/contract/live-state.ts'
import { bridge } from './bridge.ts'

let followed: Followed | undefined
let unsubscribe: (() => void) | undefined
const listeners = new Set<() => void>()
const eventListeners = new Set<(event: LiveEvent) => void>()

/** Begins to listen; once, when the page starts. */
export function startLive(): void {
  unsubscribe?.()
  unsubscribe = bridge.subscribe((event) => {
    followed = follow(followed, event)
    if (followed === undefined) {
      // One was missed: a new subscription brings a new snapshot.
      startLive()
      return
    }
    for (const listener of eventListeners) listener(event)
    for (const listener of listeners) listener()
  })
}

/** Hears every event after the state has taken it in. */
export function onLiveEvent(listener: (event: LiveEvent) => void): () => void {
  eventListeners.add(listener)
  return () => eventListeners.delete(listener)
}

export function liveState(): LiveState | undefined {
  return followed?.state
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A part of the live state that keeps its identity while it does not change; undefined before the first snapshot. */
export function useLive<Part>(select: (state: LiveState) => Part): Part | undefined {
  return useSyncExternalStore(subscribe, () =>
    followed === undefined ? undefined : select(followed.state),
  )
}

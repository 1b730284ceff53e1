import { type Followed, follow } from '#shared/contract/apply-patch.ts'
import type { LiveEvent, LiveState } from '#shared/contract/live-state.ts'

interface LiveHost {
  subscribe(listener: (event: LiveEvent) => void): () => void
}

/** Follows the live state as a page does. @returns stops */
export function followLive(host: LiveHost, onState: (state: LiveState) => void): () => void {
  let followed: Followed | undefined
  return host.subscribe((event) => {
    followed = follow(followed, event)
    // In one process none is ever missed.
    if (followed !== undefined) onState(followed.state)
  })
}

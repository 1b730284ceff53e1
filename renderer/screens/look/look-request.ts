import { useSyncExternalStore } from 'react'

/** The transfer that is looked at; undefined: none. */
let request: string | undefined
const listeners = new Set<() => void>()

/** Moves to the next file of the list that is shown, if there is one. @returns the id of the transfer that is met next */
type Step = (by: 1 | -1) => string | undefined

let step: Step | undefined

/** Opens the quick look, or shows another file in it. */
export function askToLook(id: string): void {
  change(id)
}

export function closeLook(): void {
  change(undefined)
}

export function useLookRequest(): string | undefined {
  return useSyncExternalStore(subscribe, () => request)
}

/** The file after this one, or before it; in no list there is none. */
export function lookAtNext(by: 1 | -1): void {
  const next = step?.(by)
  if (next !== undefined) change(next)
}

/** A list is shown that has a next file. @returns it is not any more */
export function offerSteps(next: Step): () => void {
  step = next
  return () => {
    if (step === next) step = undefined
  }
}

/** Ctrl+Y, or Cmd+Y: the space bar pauses. */
export function isLookKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): boolean {
  return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'y'
}

function change(next: string | undefined): void {
  request = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

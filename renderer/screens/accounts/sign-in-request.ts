import { useSyncExternalStore } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'

/** The account that the sign-in dialog is open for, a known one or any new one; undefined: it is closed. */
export type SignInRequest =
  | {
      readonly whom: AccountView | 'new'
      /** Scopes to ask for besides the usual ones. */
      readonly scopes: readonly string[]
    }
  | undefined

let request: SignInRequest
const listeners = new Set<() => void>()

/** Opens the sign-in dialog; called wherever a sign-in is needed. */
export function askToSignIn(whom: AccountView | 'new', scopes: readonly string[] = []): void {
  change({ whom, scopes })
}

export function closeSignIn(): void {
  change(undefined)
}

export function useSignInRequest(): SignInRequest {
  return useSyncExternalStore(subscribe, () => request)
}

function change(next: SignInRequest): void {
  request = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

import { useSyncExternalStore } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'

/** The account that the sign-in dialog is open for: a known one, any new one, or none. */
export type SignInRequest = AccountView | 'new' | undefined

let request: SignInRequest
const listeners = new Set<() => void>()

/** Opens the sign-in dialog; called wherever a sign-in is needed. */
export function askToSignIn(whom: SignInRequest): void {
  request = whom
  for (const listener of listeners) listener()
}

export function useSignInRequest(): SignInRequest {
  return useSyncExternalStore(subscribe, () => request)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

import { useSyncExternalStore } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'

/** Whom the sign-in dialog is open for: somebody known, anybody new, or nobody. */
export type SignInRequest = AccountView | 'new' | undefined

let request: SignInRequest
const listeners = new Set<() => void>()

/** Opens the dialog, from wherever something says that somebody has to sign in. */
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

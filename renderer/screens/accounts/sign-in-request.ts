import { useSyncExternalStore } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'
import type { Purpose } from '#shared/permissions/scope-groups.ts'

/** Permissions that a person is to grant. */
export interface Grant {
  /** As Feishu named them; any one is enough. */
  readonly missing: readonly string[]
  /** Their purposes, as far as they are known. */
  readonly purposes: readonly Purpose[]
}

/** The purpose of the open sign-in dialog: any new account, a known one, or permissions of one; undefined: it is closed. */
type SignInRequest =
  | { readonly whom: 'new' }
  | { readonly whom: AccountView; readonly grant?: Grant }
  | undefined

let request: SignInRequest
const listeners = new Set<() => void>()

/** Opens the sign-in dialog; called wherever a sign-in is needed. */
export function askToSignIn(whom: AccountView | 'new'): void {
  change(whom === 'new' ? { whom } : { whom })
}

/** Opens Feishu's page where a person grants what is missing. */
export function askToGrant(whom: AccountView, grant: Grant): void {
  change({ whom, grant })
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

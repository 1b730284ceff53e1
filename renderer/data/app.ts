/** The host's description and the user's settings, requested once and kept here. */

import { useSyncExternalStore } from 'react'
import type { AccountList } from '#shared/contract/account-channels.ts'
import type { Account } from '#shared/contract/app-channels.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { AppSettings, SettingsChange } from '#shared/contract/settings-schema.ts'
import { type Language, languageFor } from '#shared/text/language.ts'
import { bridge } from './bridge.ts'
import { setLanguage } from './text.ts'

type AppInfo = RequestOutput<'app.info'>

export interface AppState {
  readonly info: AppInfo
  readonly settings: AppSettings
  /** The one in use. */
  readonly account: Account
  readonly accounts: AccountList
}

let state: AppState | undefined
const listeners = new Set<() => void>()

/** Asks the host for everything a first picture needs. */
export async function loadApp(): Promise<boolean> {
  const [info, settings, account, accounts] = await Promise.all([
    bridge.request('app.info', {}),
    bridge.request('settings.get', {}),
    bridge.request('account.get', {}),
    bridge.request('accounts.list', {}),
  ])
  if (!info.ok || !settings.ok || !account.ok || !accounts.ok) return false
  change({
    info: info.value,
    settings: settings.value.settings,
    account: account.value,
    accounts: accounts.value,
  })
  return true
}

/** Shows a changed setting at once and takes it back if it is not accepted. @returns if it is */
export async function saveSettings(settingsChange: SettingsChange): Promise<boolean> {
  if (state === undefined) return false
  const before = state.settings
  change({ ...state, settings: { ...before, ...(settingsChange as Partial<AppSettings>) } })
  const answer = await bridge.request('settings.set', { change: settingsChange })
  change({ ...state, settings: answer.ok ? answer.value.settings : before })
  return answer.ok
}

/** Asks again for what the host learns as it runs: how secrets are kept, whether notices are shown. */
export async function reloadInfo(): Promise<void> {
  const answer = await bridge.request('app.info', {})
  if (state !== undefined && answer.ok) change({ ...state, info: answer.value })
}

/** The accounts are others now; the one in use leads. */
export function setAccounts(accounts: AccountList): void {
  if (state === undefined) return
  const [first] = accounts.accounts
  const account: Account = first ?? { kind: 'none', appId: null, brand: 'feishu', source: 'none' }
  change({ ...state, accounts, account })
  void reloadInfo()
}

export async function reloadAccounts(): Promise<void> {
  const answer = await bridge.request('accounts.list', {})
  if (answer.ok) setAccounts(answer.value)
}

export function useApp(): AppState {
  const app = useSyncExternalStore(subscribe, () => state)
  if (app === undefined) throw new Error('the app is not loaded yet')
  return app
}

function wantedLanguage(): Language {
  const wanted = state?.settings.language ?? 'system'
  if (wanted !== 'system') return wanted
  if (state?.info.host === 'desktop') return state.info.systemLanguage
  return languageFor(navigator.language)
}

function change(next: AppState): void {
  state = next
  applyToDocument()
  for (const listener of listeners) listener()
}

/** Puts what concerns the whole page on its root element. */
export function applyToDocument(): void {
  const root = document.documentElement
  const language = wantedLanguage()
  root.lang = language
  setLanguage(language)
  root.dataset['theme'] = state?.settings.theme ?? 'system'
  root.dataset['density'] = state?.settings.density ?? 'comfortable'
  root.dataset['contrast'] = matches('(prefers-contrast: more)') ? 'more' : 'normal'
  root.dataset['motion'] = matches('(prefers-reduced-motion: reduce)') ? 'none' : 'calm'
}

function matches(query: string): boolean {
  return matchMedia(query).matches
}

for (const query of ['(prefers-contrast: more)', '(prefers-reduced-motion: reduce)']) {
  matchMedia(query).addEventListener('change', applyToDocument)
}
addEventListener('languagechange', applyToDocument)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

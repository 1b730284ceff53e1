import { isDeepStrictEqual } from 'node:util'
import type { APP_CHANNELS } from '#shared/contract/app-channels.ts'
import type { AppSettings, SettingsChange } from '#shared/contract/settings-schema.ts'
import type { Policy } from '../policy/policy.ts'
import type { Handlers } from './answer.ts'
import type { AppParts } from './parts.ts'
import { versionsOf } from './versions.ts'

export type SettingsParts = Pick<AppParts, 'settings' | 'worker' | 'settingsChanged'>

type Parts = Pick<
  AppParts,
  | 'settings'
  | 'account'
  | 'worker'
  | 'progress'
  | 'clock'
  | 'surroundings'
  | 'settingsChanged'
  | 'view'
  | 'speed'
  | 'quota'
  | 'adoptHome'
  | 'version'
  | 'home'
  | 'systemLanguage'
  | 'policy'
  | 'updates'
  | 'metered'
>

/** A change of these needs a new connection. */
const OF_THE_CONNECTION = [
  'lanes',
  'limits',
  'bandwidthBytesPerSecond',
  'singleCallLimitBytes',
  'caFile',
] as const

export function appHandlers(parts: Parts): Pick<Handlers, keyof typeof APP_CHANNELS> {
  const { settings, account, worker, clock, surroundings } = parts
  return {
    'settings.get': () => ({ settings: settings.settings }),
    async 'settings.set'({ change }) {
      await applySettings(parts, change)
      return { settings: settings.settings }
    },
    'quota.today': () => {
      const { notBeforeMs = null, ...quota } = parts.quota()
      const { callsAhead: needed } = parts.view
      return { ...quota, monthReturnsAtMs: notBeforeMs, needed, plan: parts.progress.forecast }
    },
    'speed.recent': () => parts.speed.view,
    async 'home.adopt'() {
      parts.adoptHome()
      await worker.restart()
      return {}
    },
    'account.get': () => account.view,
    'app.info': () => ({
      version: parts.version,
      versions: versionsOf(),
      startedAtMs: clock.nowMs() - process.uptime() * 1_000,
      processId: process.pid,
      host: surroundings.host,
      platform: process.platform,
      home: parts.home,
      systemLanguage: parts.systemLanguage,
      capabilities: surroundings.capabilities,
      updates: parts.updates.view,
      knowsMetered: parts.metered.isKnown,
      policy: policyView(parts.policy),
      mostUploadBytes: surroundings.mostUploadBytes,
      keyStorage: surroundings.keyStorage,
    }),
  }
}

function policyView({ locked, content }: Policy) {
  const isNone = Object.keys(content).length <= 1
  return isNone ? null : { locked, contact: content.contact ?? null }
}

/**
 * Makes a change take effect everywhere.
 * @throws TransferError `policy-locked`, or when the system does not take one: then nothing has changed
 */
export async function applySettings(parts: SettingsParts, change: SettingsChange): Promise<void> {
  const { settings, worker } = parts
  const before = settings.settings
  settings.change(change)
  try {
    await parts.settingsChanged()
  } catch (error) {
    settings.change(before)
    throw error
  }
  if (needsNewConnection(before, settings.settings)) worker.restartSoon()
}

function needsNewConnection(before: AppSettings, now: AppSettings): boolean {
  return OF_THE_CONNECTION.some((name) => !isDeepStrictEqual(before[name], now[name]))
}

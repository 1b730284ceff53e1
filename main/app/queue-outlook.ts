/** The plan of a home's queue for who only looks at it: by what is remembered, while another process may be at work. */

import type { BegunUpload } from '#main/engine/ports.ts'
import { rememberedUplink } from '#main/engine/uplink.ts'
import type { ReadOnlyStores } from '#main/store/open-read-only.ts'
import { readSettings, type SettingsReader } from '#main/store/read-settings.ts'
import { type AppSettings, appSettingsSchema } from '#shared/contract/settings-schema.ts'
import { planQueue, type QueuePlan } from '#shared/transfer/plan-queue.ts'
import { assumedCost } from '#shared/transfer/work-cost.ts'
import { type QuotaToday, quotaToday } from './live/quota-today.ts'
import { workAhead } from './live/work-ahead.ts'

/** Values of the command line or the environment; they go before the person's settings. */
export interface GivenLimits {
  readonly callsPerDay?: number | undefined
  readonly limiterUrl?: string | undefined
  readonly bandwidthBytesPerSecond?: number | undefined
}

export interface QueueOutlook {
  readonly files: number
  readonly plan: QueuePlan
  readonly quota: QuotaToday
  /** Uploads that Feishu keeps for a time only. */
  readonly begun: readonly BegunUpload[]
  /** The calls a day that this machine may make; undefined: all that others leave. */
  readonly callsPerDay: number | undefined
  /** The host of the limiter that machines share. */
  readonly limiter: string | undefined
}

/** Plans the queue of a home. Damaged settings count as none: they are reported where they matter. */
export function queueOutlook(
  stores: Pick<ReadOnlyStores, 'amounts' | 'quota' | 'memos'>,
  home: string,
  given: GivenLimits,
  nowMs: number,
): QueueOutlook {
  const { callsPerDay, limiterUrl, quota, basis } = limitsNow(stores, home, given, nowMs)
  const ahead = workAhead(stores.amounts.tallies(), stores.amounts.sentOfUnfinished())
  return {
    files: Math.ceil(ahead.wholeFiles) + ahead.partFiles,
    plan: planQueue({ ...basis, ahead }),
    quota,
    begun: stores.amounts.begun(),
    callsPerDay,
    limiter: limiterUrl && hostOf(limiterUrl),
  }
}

/** All that a plan is made by but the work itself, as it is remembered. */
export function limitsNow(
  stores: Pick<ReadOnlyStores, 'quota' | 'memos'>,
  home: string,
  given: GivenLimits,
  nowMs: number,
) {
  const { bandwidthBytesPerSecond, hours, smallInParts, ...limits } = limitsOf(home, given)
  const { callsPerDay } = limits
  const quota = quotaToday(stores, nowMs, { callsPerDay, hold: undefined })
  const cost = assumedCost(rememberedUplink(stores.memos), bandwidthBytesPerSecond)
  return {
    ...limits,
    quota,
    basis: { nowMs, cost, hours, smallInParts, notBeforeMs: quota.notBeforeMs, ...quota.calls },
  }
}

/** The limits of a home: what is given goes before the person's settings. */
export function limitsOf(home: string, given: GivenLimits) {
  const settings = settingsOf(readSettings(home))
  return {
    callsPerDay: given.callsPerDay ?? settings?.limits.callsPerDay ?? undefined,
    limiterUrl: given.limiterUrl ?? settings?.limits.shared ?? undefined,
    bandwidthBytesPerSecond:
      given.bandwidthBytesPerSecond ?? settings?.bandwidthBytesPerSecond ?? undefined,
    hours: settings?.schedule ?? null,
    smallInParts: (settings?.singleCallLimitBytes ?? 'auto') === 'auto',
  }
}

function settingsOf(reader: SettingsReader): AppSettings | undefined {
  try {
    return reader.look('app', appSettingsSchema.prefault({}))
  } catch {
    return undefined
  }
}

/** Returns the host of an address: no name of a person, no password. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || '?'
}

import { z } from 'zod'
import type { Health, HealthReason } from './health.ts'

/** Trouble that passes within this time is no news: a refused account is tried again. */
const LASTS_MS = 5 * 60_000
/** Trouble that lasts is told again. */
const REMIND_MS = 24 * 3_600_000
/** Trouble that comes back within this time is the same. */
const OVER_MS = 30 * 60_000
/** Files that fail one after another are told of once in this time. */
const REST_MS = 60 * 60_000

/** The messages sent so far, kept over a restart: a service that crashes again and again must not send one each time. */
export const toldSchema = z.object({
  /** By reason. */
  troubles: z.record(
    z.string(),
    z.object({
      sinceMs: z.number(),
      /** Null: not yet. */
      toldAtMs: z.number().nullable(),
      overSinceMs: z.number().nullable(),
    }),
  ),
  attention: z.object({ count: z.number(), toldAtMs: z.number().nullable() }),
})

export type Told = z.output<typeof toldSchema>

export type Alert =
  | { readonly event: 'stopped' | 'silent'; readonly reasons: readonly HealthReason[] }
  | { readonly event: 'attention'; readonly count: number }

export const NOTHING_TOLD: Told = { troubles: {}, attention: { count: 0, toldAtMs: null } }

/**
 * Returns the messages that are due, and what is told once they are delivered; `seen` if they are not. Being offline is
 * not told: the message could not leave either.
 */
export function dueAlerts(
  before: Told,
  { reasons }: Pick<Health, 'reasons'>,
  attention: number,
  nowMs: number,
): { readonly due: readonly Alert[]; readonly seen: Told; readonly told: Told } {
  const troubles = follow(before.troubles, reasons, nowMs)
  const due = Object.entries(troubles)
    .filter(([reason, trouble]) => isDue(reason, trouble, nowMs))
    .map(([reason]) => reason as HealthReason)
  const silent = due.filter((reason) => reason === 'nothing-uploaded')
  const stopped = due.filter((reason) => reason !== 'nothing-uploaded')
  // Fewer than were told: those that come on top later are news again.
  const known = Math.min(before.attention.count, attention)
  const { toldAtMs } = before.attention
  const isMore = attention > known && (toldAtMs === null || nowMs - toldAtMs >= REST_MS)
  const seen = { troubles, attention: { count: known, toldAtMs } }
  return {
    due: [
      ...(stopped.length > 0 ? [{ event: 'stopped', reasons: stopped } as const] : []),
      ...(silent.length > 0 ? [{ event: 'silent', reasons: silent } as const] : []),
      ...(isMore ? [{ event: 'attention', count: attention } as const] : []),
    ],
    seen,
    told: {
      troubles: Object.fromEntries(
        Object.entries(troubles).map(([reason, trouble]) => [
          reason,
          due.includes(reason as HealthReason) ? { ...trouble, toldAtMs: nowMs } : trouble,
        ]),
      ),
      attention: isMore ? { count: attention, toldAtMs: nowMs } : seen.attention,
    },
  }
}

function follow(
  before: Told['troubles'],
  reasons: readonly string[],
  nowMs: number,
): Told['troubles'] {
  const fresh = { sinceMs: nowMs, toldAtMs: null, overSinceMs: null }
  const present = reasons
    .filter((reason) => reason !== 'offline')
    .map((reason) => [reason, { ...(before[reason] ?? fresh), overSinceMs: null }] as const)
  const past = Object.entries(before)
    .filter(([reason]) => !reasons.includes(reason))
    .map(([reason, trouble]) => {
      return [reason, { ...trouble, overSinceMs: trouble.overSinceMs ?? nowMs }] as const
    })
    .filter(([, { toldAtMs, overSinceMs }]) => toldAtMs !== null && nowMs - overSinceMs < OVER_MS)
  return Object.fromEntries([...present, ...past])
}

function isDue(reason: string, trouble: Told['troubles'][string], nowMs: number): boolean {
  const { sinceMs, toldAtMs, overSinceMs } = trouble
  if (overSinceMs !== null) return false
  if (toldAtMs !== null) return nowMs - toldAtMs >= REMIND_MS
  return reason === 'nothing-uploaded' || nowMs - sinceMs >= LASTS_MS
}

import { policyFile } from '#main/app/policy/read-policy.ts'
import type { QueueOutlook } from '#main/app/queue-outlook.ts'
import { readStatus, type Status } from '#main/app/status.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import type { TransferCounts } from '#shared/model/work.ts'
import { describePlanned, describeState } from '#shared/text/describe.ts'
import { formatWhen } from '#shared/text/format.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { UNFINISHED } from '#shared/transfer/state-kinds.ts'
import { percentOf } from '#shared/transfer/work-size.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { type PlaceSpeech, placeText } from '../place-text.ts'
import { shortPath } from '../report/human-lines.ts'
import { begunLines, planLines } from '../report/outlook-lines.ts'
import type { Session } from '../session.ts'
import { formatBytes } from '../units.ts'

/** `feidi status`: looks without touching anything, also while another process is at work. */
export async function status({ settings, output }: Session): Promise<ExitCode> {
  const { home, json } = settings
  const found = readStatus(home, settings)
  if (json) output.json(statusLine(home, found))
  else output.say(...describe(home, found, settings))
  return EXIT.allDone
}

function statusLine(home: string, found: Status | undefined) {
  const policy = policyFile() ?? null
  if (found === undefined) return { type: 'status', home, policy, transfers: {}, calls: [] }
  const { owner, counts, groups, outlook } = found
  const { plan, begun, callsPerDay, limiter } = outlook
  return {
    ...{
      type: 'status',
      home,
      policy,
      owner,
      transfers: counts.byState,
      groups,
      calls: outlook.quota.endpoints,
    },
    ...{ plan, begun, callsPerDay, limiter, monthReturnsAtMs: outlook.quota.notBeforeMs },
    open: found.open.map(({ id, path, sizeBytes, sentBytes, state, planned }) => ({
      ...{ id, path, sizeBytes, sentBytes, state, planned },
    })),
  }
}

function describe(home: string, found: Status | undefined, speech: PlaceSpeech): string[] {
  const { language } = speech
  const policy = policyFile()
  const lines = [
    t(language, 'cli.home', { home }),
    ...(policy === undefined ? [] : [t(language, 'cli.policy', { file: policy })]),
  ]
  const nowMs = systemClock.nowMs()
  if (found === undefined) return [...lines, t(language, 'cli.neverUsed')]
  return [
    ...lines,
    describeOwner(found.owner, language),
    '',
    ...describeQueue(found.counts, language),
    ...describeGroups(found.groups, language),
    ...describeOpen(found, speech),
    ...planLines(found.outlook, language, nowMs),
    ...begunLines(found.outlook, language, nowMs),
    '',
    ...describeCalls(found.outlook, language),
  ]
}

function describeOwner(owner: Status['owner'], language: Language): string {
  if (owner === undefined) return t(language, 'cli.noOwner')
  return t(language, 'cli.owner', { command: owner.command ?? 'feidi', pid: owner.pid ?? '?' })
}

function describeQueue({ byState }: TransferCounts, language: Language): string[] {
  const rows = Object.entries(byState)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `  ${count}  ${t(language, `state.${kind as TransferStateKind}`)}`)
  return [t(language, 'cli.queueHeading'), ...rows]
}

function describeGroups(groups: Status['groups'], language: Language): string[] {
  if (groups.length === 0) return []
  const rows = groups.map(({ kind, label, done, files, share }) => {
    const name = kind === 'files' ? t(language, 'app.groupOfFiles', { name: label }) : label
    const percent = percentOf(share)
    return `  ${t(language, 'cli.groupLine', { name, done, files, percent })}`
  })
  return ['', t(language, 'cli.groupsHeading'), ...rows]
}

function describeOpen({ open, counts }: Status, speech: PlaceSpeech): string[] {
  const { language } = speech
  if (open.length === 0) return []
  const total = UNFINISHED.reduce((sum, kind) => sum + counts.byState[kind], 0)
  const rows = open.map((transfer) => {
    const amounts = `${formatBytes(transfer.movedBytes)} / ${formatBytes(transfer.sizeBytes)}`
    const { path, destination, to } = transfer
    const place = placeText(destination, to, speech)
    return `  ${shortPath(path)}  ${amounts}  ${stateWords(transfer, language)}  → ${place}`
  })
  const more = total - open.length
  if (more > 0) rows.push(`  ${t(language, 'cli.andMore', { count: more })}`)
  return ['', t(language, 'cli.unfinishedHeading'), ...rows]
}

function stateWords(transfer: Status['open'][number], language: Language): string {
  const { state, planned } = transfer
  const words = describeState(transfer, language)
  if (planned === undefined) return words
  const nowMs = systemClock.nowMs()
  return state.kind === 'queued'
    ? describePlanned(planned, language, nowMs)
    : t(language, 'cli.resumesOn', { words, when: formatWhen(planned.fromMs, language, nowMs) })
}

function describeCalls(
  { quota, callsPerDay, limiter }: QueueOutlook,
  language: Language,
): string[] {
  const used = quota.endpoints.filter((call) => call.used > 0)
  const own =
    callsPerDay === undefined ? [] : [t(language, 'cli.callsPerDay', { count: callsPerDay })]
  const { notBeforeMs } = quota
  const when = notBeforeMs && formatWhen(notBeforeMs, language, systemClock.nowMs())
  const month = when ? [t(language, 'cli.monthUsed', { when })] : []
  const shared = limiter === undefined ? [] : [t(language, 'cli.sharedLimiter', { host: limiter })]
  return [
    ...(used.length === 0 ? [] : [t(language, 'cli.quotaHeading')]),
    ...used.map((call) => `  ${call.endpoint}  ${t(language, 'cli.quotaLine', { ...call })}`),
    ...month,
    ...own,
    ...shared,
  ]
}

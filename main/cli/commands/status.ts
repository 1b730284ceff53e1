import { readStatus, type Status } from '#main/app/status.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import type { TransferCounts } from '#shared/model/work.ts'
import { describeState, describeState } from '#shared/text/describe.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { UNFINISHED } from '#shared/transfer/state-kinds.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { shortPath } from '../report/human-lines.ts'
import type { Session } from '../session.ts'
import { say } from '../texts.ts'
import { formatBytes } from '../units.ts'

/** `feidi status`: looks without touching anything, also while another process is at work. */
export async function status({ settings, output }: Session): Promise<ExitCode> {
  const { home, language, json } = settings
  const found = readStatus(home)
  if (json) output.json(statusLine(home, found))
  else output.say(...describe(home, found, language))
  return EXIT.allDone
}

function statusLine(home: string, found: Status | undefined) {
  if (found === undefined) return { type: 'status', home, transfers: {}, calls: [] }
  const { owner, counts, calls } = found
  return { type: 'status', home, owner, transfers: counts.byState, calls }
}

function describe(home: string, found: Status | undefined, language: Language): string[] {
  const lines = [`${say('home', language)}: ${home}`]
  if (found === undefined) return [...lines, say('neverUsed', language)]
  return [
    ...lines,
    describeOwner(found.owner, language),
    '',
    ...describeQueue(found.counts, language),
    ...describeOpen(found, language),
    '',
    ...describeCalls(found.calls, language),
  ]
}

function describeOwner(owner: Status['owner'], language: Language): string {
  if (owner === undefined) return say('noOwner', language)
  return say('owner', language, { command: owner.command ?? 'feidi', pid: owner.pid ?? '?' })
}

function describeQueue({ byState }: TransferCounts, language: Language): string[] {
  const rows = Object.entries(byState)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `  ${count}  ${t(language, `state.${kind as TransferStateKind}`)}`)
  return [say('queueHeading', language), ...rows]
}

function describeOpen({ open, counts }: Status, language: Language): string[] {
  if (open.length === 0) return []
  const total = UNFINISHED.reduce((sum, kind) => sum + counts.byState[kind], 0)
  const rows = open.map((transfer) => {
    const amounts = `${formatBytes(transfer.sentBytes)} / ${formatBytes(transfer.sizeBytes)}`
    return `  ${shortPath(transfer.path)}  ${amounts}  ${describeState(transfer, language)}`
  })
  const more = total - open.length
  if (more > 0) rows.push(`  ${say('andMore', language, { count: more })}`)
  return ['', say('unfinishedHeading', language), ...rows]
}

function describeCalls(calls: Status['calls'], language: Language): string[] {
  const used = calls.filter((call) => call.used > 0)
  if (used.length === 0) return []
  return [
    say('quotaHeading', language),
    ...used.map((call) => `  ${call.endpoint}  ${say('quotaLine', language, { ...call })}`),
  ]
}

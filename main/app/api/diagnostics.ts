import { release } from 'node:os'
import { withoutPrivate } from '#main/lib/log/entry-line.ts'
import { readLogTail } from '#main/lib/log/read-log-tail.ts'
import { openRules } from '#main/store/rule-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { RULE_OPTIONS } from '#shared/model/rule-options.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { safeJson } from '#shared/text/safe-text.ts'
import { IN_TROUBLE } from '#shared/transfer/state-kinds.ts'
import { tellable } from '../log-work.ts'
import type { AppParts } from './parts.ts'
import { countsOf } from './tabs.ts'
import { versionsOf } from './versions.ts'

/** Failures that are told of, the last ones leading. */
const MOST_FAILURES = 50
const MOST_LOG_BYTES = 256 * 1024

/** The parts that support may have to know of. */
export type DiagnosticsParts = Pick<
  AppParts,
  | 'clock'
  | 'log'
  | 'version'
  | 'surroundings'
  | 'home'
  | 'quota'
  | 'settings'
  | 'account'
  | 'proxy'
  | 'stores'
  | 'worker'
  | 'view'
  | 'onFault'
>

/**
 * Returns what support needs to help, in one text that a person can read before they send it. It is
 * composed of data known to be harmless, not cleaned afterwards; the log is cleaned already.
 * @param withFileNames also includes names and paths, and error texts, which may contain some
 */
export async function diagnosticsText(
  parts: DiagnosticsParts,
  withFileNames: boolean,
): Promise<string> {
  const nowMs = parts.clock.nowMs()
  const text = [
    section('Feidi diagnostics', {
      madeAt: new Date(nowMs).toISOString(),
      fileNames: withFileNames ? 'included' : 'left out',
    }),
    section('Program', programOf(parts, withFileNames)),
    section('Settings', settingsOf(parts, withFileNames)),
    section('Queue', queueOf(parts)),
    section('Watched folders', rulesOf(parts, withFileNames)),
    section('Database', await databaseOf(parts)),
    section('Recent failures', failuresOf(parts, withFileNames)),
    logOf(parts, withFileNames),
  ].join('\n')
  // Words of servers and systems: cleaned once more, whatever got into them.
  return parts.log.redactor.mask(text)
}

function section(title: string, content: unknown): string {
  return `== ${title} ==\n${safeJson(content, 2)}\n`
}

function programOf({ version, surroundings, home }: DiagnosticsParts, withFileNames: boolean) {
  return {
    version,
    host: surroundings.host,
    ...versionsOf(),
    system: `${process.platform} ${release()} ${process.arch}`,
    memory: process.memoryUsage(),
    runningForSeconds: Math.round(process.uptime()),
    ...(withFileNames && { home }),
  }
}

function settingsOf({ settings, account, proxy }: DiagnosticsParts, withFileNames: boolean) {
  const { caFile, ...rest } = settings.settings
  const { kind, brand, source } = account.view
  const { kind: proxyKind, host, port } = proxy.view
  return {
    ...rest,
    caFile: withFileNames || caFile === null ? caFile : 'set',
    account: { kind, brand, source },
    proxy: proxyKind === 'manual' ? `${host}:${port}` : proxyKind,
  }
}

function queueOf({ stores, worker, view, quota }: DiagnosticsParts) {
  const { byState, byTab } = countsOf(stores.windows.listedTallies())
  const { kind, error } = worker.state(byTab.active > 0)
  return {
    engine: kind,
    engineError: error?.code ?? null,
    waiting: worker.hold?.reason ?? null,
    counts: byState,
    callsAhead: view.callsAhead,
    quota: quota(),
  }
}

function rulesOf({ home }: DiagnosticsParts, withFileNames: boolean): unknown {
  try {
    return openRules(home)
      .look()
      .map((rule) => ruleOf(rule, withFileNames))
  } catch (error) {
    if (error instanceof TransferError) return `unreadable: ${error.code}`
    throw error
  }
}

/** The options that say nothing about files and people. */
const HARMLESS_OF_RULE: readonly (keyof WatchRule)[] = [
  'id',
  'enabled',
  ...RULE_OPTIONS.map(({ key }) => key),
  'createdAtMs',
]

/**
 * Returns a rule as it may be reported: its patterns are names as well, and it may name a person.
 */
function ruleOf(rule: WatchRule, withFileNames: boolean) {
  if (withFileNames) return rule
  const { destination, include, exclude, shareWith, asDocument } = rule
  return {
    ...Object.fromEntries(HARMLESS_OF_RULE.map((name) => [name, rule[name]])),
    destination: destination.kind,
    includePatterns: include.length,
    excludePatterns: exclude.length,
    isShared: shareWith !== undefined,
    documentPatterns: asDocument?.patterns.length ?? 0,
  }
}

async function databaseOf({ stores, onFault }: DiagnosticsParts) {
  try {
    return { integrity: await stores.integrity() }
  } catch (error) {
    onFault('integrity', error)
    return { integrity: 'could not be checked' }
  }
}

function failuresOf({ stores }: DiagnosticsParts, withFileNames: boolean) {
  const order = { search: [], order: 'added', descending: true, offset: 0 } as const
  return stores.windows
    .window({ kinds: IN_TROUBLE, ...order, limit: MOST_FAILURES })
    .map((transfer) => failureOf(transfer, withFileNames))
}

function failureOf(transfer: Transfer, withFileNames: boolean) {
  const { id, path, sizeBytes, sentBytes, state } = transfer
  const facts = { id, kind: state.kind, sizeBytes, sentBytes, ...(withFileNames && { path }) }
  if (!('error' in state)) return facts
  const told = tellable(state.error)
  const at = new Date(state.error.atMs).toISOString()
  return { ...facts, at, ...told.facts, ...(withFileNames && told.words) }
}

function logOf({ log }: DiagnosticsParts, withFileNames: boolean): string {
  const { text } = readLogTail(log.file, MOST_LOG_BYTES)
  const lines = withFileNames ? text : text.split('\n').map(withoutPrivate).join('\n')
  return `== Log ==\n${lines}`
}

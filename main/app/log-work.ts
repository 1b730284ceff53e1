/** Log entries about work under way: calls, engines, rules. No names of files. */
import type { Engine } from '#main/engine/engine.ts'
import type { CallRecord } from '#main/feishu/http/call.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import { plainEndpoint } from '#main/lib/log/plain-endpoint.ts'
import type { WatchService } from '#main/watch/watch-service.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'

/** The log that work is written to; its redactor learns what must not be in it. */
export type WorkLog = Pick<HomeLog, 'scope' | 'redactor'>

/** @returns writes an entry for a finished call: never its body, never a token */
export function callLogger({ scope }: WorkLog): (record: CallRecord) => void {
  const log = scope('call')
  return (record) => {
    const { seq, durationMs: ms, status, logId, failure } = record
    const endpoint = plainEndpoint(record.endpoint)
    const facts = { seq, ms, status, logId }
    if (failure === undefined) log.info(endpoint, facts)
    else if (failure === 'aborted') log.info(endpoint, { ...facts, code: 'aborted' })
    else {
      const { code, context } = failure
      const told = { logId: logId ?? context.logId, status: status ?? context.httpStatus }
      log.warn(endpoint, { ...facts, ...told, code, private: { detail: context.detail } })
    }
  }
}

/** Writes down what an engine makes of its work, until its end. */
export function logEngine({ events }: Engine, { scope }: WorkLog): void {
  const log = scope('engine')
  events.on('transfer', (transfer) => {
    const { level, details } = outcomeOf(transfer)
    log[level](`transfer ${transfer.state.kind}`, details)
  })
  events.on('part', ({ id, seq, step }) => log.debug(`part ${step}`, { id, seq }))
  events.on('note', ({ transfer: { id }, note }) => {
    const because = 'because' in note ? note.because : undefined
    log.info(`transfer ${note.kind}`, { id, because, private: { note } })
  })
  events.on('vanished', (copies) => log.warn('copies vanished', { count: copies.length }))
  events.on('waiting', ({ reason, untilMs, error }) =>
    log.info('calls wait', { reason, until: timeOf(untilMs), code: error.code }),
  )
  events.on('end', (end) => {
    if ('error' in end) log.warn(`ended: ${end.kind}`, { error: end.error })
    else log.info(`ended: ${end.kind}`)
  })
}

/** Writes down how the rules of a watch fare. */
export function logWatch({ events }: WatchService, { scope }: WorkLog): void {
  const log = scope('rule')
  const kinds = new Map<string, string>()
  events.on('state', ({ ruleId, state: { kind } }) => {
    // A scan tells how far it is many times a second.
    if (kinds.get(ruleId) === kind) return
    kinds.set(ruleId, kind)
    log.info(kind, { ruleId })
  })
  events.on('problem', ({ ruleId, path, error }) => {
    const { facts, words } = tellable(error)
    log.warn('problem', { ruleId, ...facts, private: { path, ...words } })
  })
}

function outcomeOf({ id, sizeBytes, state }: Transfer) {
  switch (state.kind) {
    case 'done':
      return {
        level: 'info',
        details: { id, sizeBytes, private: { fileToken: state.fileToken } },
      } as const
    case 'waiting':
    case 'skipped':
    case 'blocked':
    case 'failed': {
      const { facts, words } = tellable(state.error)
      const level = state.kind === 'failed' || state.kind === 'blocked' ? 'warn' : 'info'
      return { level, details: { id, sizeBytes, ...facts, private: words } } as const
    }
    default:
      return { level: 'debug', details: { id } } as const
  }
}

/**
 * Parts an error into what anyone who helps may read, and what names files, an app or places in Feishu.
 */
export function tellable({ atMs: _, endpoint, detail, link, candidates, ...facts }: ErrorInfo) {
  return {
    facts: { ...facts, ...(endpoint && { endpoint: plainEndpoint(endpoint) }) },
    words: { detail, link, candidates },
  }
}

function timeOf(ms: number): string {
  // As long as a number goes, and no longer than a date does.
  const at = new Date(ms)
  return Number.isNaN(at.getTime()) ? 'never' : at.toISOString()
}

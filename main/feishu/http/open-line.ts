import { type Clock, systemClock } from '#main/lib/clock.ts'
import { createRedactor, type Redactor } from '#main/lib/redact.ts'
import { parseBaseUrl } from './base-url.ts'
import type { CallRecord, Line } from './call.ts'
import { createClockOffset } from './clock-offset.ts'
import { openConnections } from './dispatcher.ts'
import { IdleDeadline, type IdleTimer } from './idle-deadline.ts'
import type { ProxyEnvironment } from './proxy.ts'

/** The way to reach Feishu, for all callers. */
export interface LineOptions {
  /** Default https://open.feishu.cn; https only, or http to this machine. */
  readonly baseUrl?: string
  /** PEM file with root certificates to trust besides the usual ones. */
  readonly caFile?: string
  /** The environment that proxies are read from; default the process's. */
  readonly env?: ProxyEnvironment
  /** A call in which no byte moves for so long is given up. */
  readonly idleMs?: number
  /** Measures that silence; default the machine's monotonic time. */
  readonly idleTimer?: IdleTimer
  /** Wall clock for token life, and both clocks for the offset; default the machine's. */
  readonly clock?: Pick<Clock, 'nowMs' | 'steadyMs'>
  /**
   * The redactor that learns our secrets, for code that logs what we do; default one of our own.
   */
  readonly redactor?: Redactor
  /** Told of every finished call. */
  readonly log?: (record: CallRecord) => void
}

const IDLE_MS = 60_000

/**
 * Connects to nothing yet; the first call does.
 * @throws TransferError `base-url-insecure`, `ca-file-unreadable`, `proxy-invalid`, `proxy-unescaped`
 */
export function openLine(options: LineOptions): Line {
  const { caFile, env = process.env, clock = systemClock } = options
  const { idleMs = IDLE_MS, idleTimer } = options
  const base = parseBaseUrl(options.baseUrl)
  const connections = openConnections({ base, caFile, env })
  const redactor = options.redactor ?? createRedactor()
  for (const secret of connections.secrets) redactor.hideForGood(secret)
  return {
    base,
    connections,
    redactor,
    startDeadline: () => new IdleDeadline(idleMs, idleTimer),
    clockOffset: createClockOffset(),
    nowMs: () => clock.nowMs(),
    steadyMs: () => clock.steadyMs(),
    log: options.log ?? (() => undefined),
  }
}

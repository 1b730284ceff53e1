import type { Environment, RunSettings } from '#main/app/session.ts'
import { resolveHome } from '#main/lib/resolve-home.ts'
import { type Language, languageFor } from '#shared/text/language.ts'
import { MOST_LANES } from '#shared/transfer/lane-window.ts'
import { SINGLE_CALL_LIMIT_BYTES, type SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import { DAILY_CALLS } from '#shared/transfer/quota-day.ts'
import { optional, wrong } from './option-values.ts'
import { parseBytes, parseDuration } from './units.ts'

/** Global options as commander collects them. */
export interface GlobalOptions {
  readonly home?: string
  readonly baseUrl?: string
  readonly caFile?: string
  readonly json?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly lanes: string
  readonly bandwidth?: string
  readonly callsPerDay?: string
  readonly singleCallLimit: string
  readonly maxWait: string
  readonly lang?: string
  readonly account?: string
}

/** Global options and environment, checked. */
export interface CliSettings extends RunSettings {
  readonly json: boolean
  readonly quiet: boolean
  /** Tokens stand beside names. */
  readonly verbose: boolean
  readonly language: Language
}

/** @throws TransferError `usage` for a value that makes no sense */
export function readSettings(options: GlobalOptions, env: Environment): CliSettings {
  return {
    home: resolveHome({ home: options.home, env }),
    baseUrl: options.baseUrl || env['FEIDI_BASE_URL'] || undefined,
    caFile: options.caFile || env['FEIDI_CA_FILE'] || undefined,
    json: options.json ?? false,
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
    lanes: laneSetting(options.lanes),
    callsPerDay: optional(options.callsPerDay, parseCalls, '--calls-per-day', `100-${DAILY_CALLS}`),
    limiterUrl: env['FEIDI_SHARED_LIMITER'] || undefined,
    bandwidthBytesPerSecond: optional(options.bandwidth, parseBytes, '--bandwidth', '2M'),
    singleCallLimit: singleCallLimit(options.singleCallLimit),
    longestWaitMs: optional(options.maxWait, parseDuration, '--max-wait', '15m') ?? 0,
    language: chooseLanguage(options.lang, env),
    account: options.account || env['FEIDI_ACCOUNT'] || undefined,
  }
}

/** The language asked for, else the system's: Chinese for any Chinese locale, English otherwise. */
export function chooseLanguage(asked: string | undefined, env: Environment): Language {
  const locale = asked || env['FEIDI_LANG'] || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG']
  return languageFor(locale)
}

function laneSetting(text: string): RunSettings['lanes'] {
  if (text === 'auto' || text === 'serial') return text
  const lanes = Number(text)
  if (Number.isInteger(lanes) && lanes >= 1 && lanes <= MOST_LANES) return lanes
  throw wrong('--lanes', text, `auto | serial | 1-${MOST_LANES}`)
}

function parseCalls(text: string): number | undefined {
  const calls = Number(text)
  return Number.isInteger(calls) && calls >= 100 && calls <= DAILY_CALLS ? calls : undefined
}

function singleCallLimit(text: string): SingleCallLimit {
  if (text === 'auto') return 'auto'
  const bytes = text === '0' ? 0 : parseBytes(text)
  if (bytes !== undefined && bytes <= SINGLE_CALL_LIMIT_BYTES) return bytes
  throw wrong('--single-call-limit', text, 'auto | 0-20M')
}

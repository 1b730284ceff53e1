import type { LaneSetting } from '#main/engine/call-gate.ts'
import type { Credentials } from '#main/feishu/credentials.ts'
import { resolveHome } from '#main/store/home.ts'
import { API_URLS, type Brand } from '#shared/model/account.ts'
import type { Language } from '#shared/text/language.ts'
import { MOST_LANES } from '#shared/transfer/lane-window.ts'
import { SINGLE_CALL_LIMIT_BYTES, type SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import { optional, wrong } from './option-values.ts'
import { parseBytes, parseDuration } from './units.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Global options as commander collects them. */
export interface GlobalOptions {
  readonly home?: string
  readonly baseUrl?: string
  readonly caFile?: string
  readonly json?: boolean
  readonly quiet?: boolean
  readonly lanes: string
  readonly bandwidth?: string
  readonly singleCallLimit: string
  readonly maxWait: string
  readonly lang?: string
  readonly account?: string
}

/** Global options and environment, checked. */
export interface CliSettings {
  readonly home: string
  readonly baseUrl: string | undefined
  readonly caFile: string | undefined
  readonly json: boolean
  readonly quiet: boolean
  readonly lanes: LaneSetting
  readonly bandwidthBytesPerSecond: number | undefined
  readonly singleCallLimit: SingleCallLimit
  readonly longestWaitMs: number
  readonly language: Language
  /** The account that acts, as the person named it; undefined: the environment's, else the one in use. */
  readonly account: string | undefined
}

/** @throws TransferError `usage` for a value that makes no sense */
export function readSettings(options: GlobalOptions, env: Environment): CliSettings {
  return {
    home: resolveHome({ home: options.home, env }),
    baseUrl: options.baseUrl || env['FEIDI_BASE_URL'] || undefined,
    caFile: options.caFile || env['FEIDI_CA_FILE'] || undefined,
    json: options.json ?? false,
    quiet: options.quiet ?? false,
    lanes: laneSetting(options.lanes),
    bandwidthBytesPerSecond: optional(options.bandwidth, parseBytes, '--bandwidth', '2M'),
    singleCallLimit: singleCallLimit(options.singleCallLimit),
    longestWaitMs: optional(options.maxWait, parseDuration, '--max-wait', '15m') ?? 0,
    language: chooseLanguage(options.lang, env),
    account: options.account || env['FEIDI_ACCOUNT'] || undefined,
  }
}

/** Where to call: what was asked for, else what the destination's link tells, else Feishu. */
export function baseUrlFor(settings: CliSettings, brand: Brand | undefined): string {
  return settings.baseUrl ?? API_URLS[brand ?? 'feishu']
}

/** Who acts according to the environment. A token given for the occasion goes before an app's own credentials. */
export function findCredentials(env: Environment): Credentials | undefined {
  const accessToken = env['FEIDI_ACCESS_TOKEN']?.trim()
  if (accessToken) return { kind: 'access-token', accessToken }
  const appId = env['FEIDI_APP_ID']?.trim()
  const appSecret = env['FEIDI_APP_SECRET']?.trim()
  return appId && appSecret ? { kind: 'app', appId, appSecret } : undefined
}

/** The language asked for, else the system's: Chinese for any Chinese locale, English otherwise. */
export function chooseLanguage(asked: string | undefined, env: Environment): Language {
  const locale = asked || env['FEIDI_LANG'] || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG']
  return locale?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

function laneSetting(text: string): LaneSetting {
  if (text === 'auto' || text === 'serial') return text
  const lanes = Number(text)
  if (Number.isInteger(lanes) && lanes >= 1 && lanes <= MOST_LANES) return lanes
  throw wrong('--lanes', text, `auto, serial, 1-${MOST_LANES}`)
}

function singleCallLimit(text: string): SingleCallLimit {
  if (text === 'auto') return 'auto'
  const bytes = text === '0' ? 0 : parseBytes(text)
  if (bytes !== undefined && bytes <= SINGLE_CALL_LIMIT_BYTES) return bytes
  throw wrong('--single-call-limit', text, 'auto, 0-20M')
}

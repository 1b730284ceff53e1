import type { LineOptions } from '#main/feishu/http/open-line.ts'
import type { ProxyEnvironment } from '#main/feishu/http/proxy.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import type { AppOptions } from '../app-options.ts'
import type { LimiterKeeper } from '../limiter-keeper.ts'
import { callLogger, type WorkLog } from '../log-work.ts'
import type { ConnectionSettings } from '../open-engine.ts'
import type { ProxyKeeper } from '../proxy-keeper.ts'
import { type ResolveProxy, systemProxy } from '../system-proxy.ts'

/** Connection settings without credentials. */
export type ConnectionOptions = Omit<ConnectionSettings, 'credentials'> & {
  readonly baseUrl: string
  readonly proxyEnvironment: ProxyEnvironment
}

/** The calls a day that this computer may make; undefined: those of the app. */
export function callsPerDayOf(given: AppOptions['given'], settings: AppSettings) {
  return given.callsPerDay ?? settings.limits.callsPerDay ?? undefined
}

/** The way as things are set now: what the command line says goes before the person's settings. */
export async function connectionOptionsFor(
  baseUrl: string,
  given: AppOptions['given'],
  settings: AppSettings,
  { proxy, limiter }: { readonly proxy: ProxyKeeper; readonly limiter: LimiterKeeper },
  resolveProxy: ResolveProxy | undefined,
): Promise<ConnectionOptions> {
  const limiterUrl = given.limiterUrl ?? settings.limits.shared ?? undefined
  return {
    baseUrl,
    caFile: given.caFile ?? settings.caFile ?? undefined,
    lanes: given.lanes ?? settings.lanes,
    callsPerDay: callsPerDayOf(given, settings),
    limiterUrl,
    limiterPassword: await limiter.passwordFor(limiterUrl),
    bandwidthBytesPerSecond:
      given.bandwidthBytesPerSecond ?? settings.bandwidthBytesPerSecond ?? undefined,
    singleCallLimit: given.singleCallLimit ?? settings.singleCallLimitBytes,
    proxyEnvironment:
      (await proxy.environment()) ?? (await systemProxy(baseUrl, process.env, resolveProxy)),
  }
}

/** Returns a line outside of any engine, whose calls are logged. */
export function lineOf(
  { caFile, proxyEnvironment: env }: Pick<ConnectionSettings, 'caFile' | 'proxyEnvironment'>,
  log: WorkLog,
): Omit<LineOptions, 'baseUrl'> {
  return {
    ...(env !== undefined && { env }),
    ...(caFile !== undefined && { caFile }),
    redactor: log.redactor,
    log: callLogger(log),
  }
}

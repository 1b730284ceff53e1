/** The one place where the engine meets its surroundings. Every host starts here. */
import type { LaneSetting } from '#main/engine/call-gate.ts'
import { systemClock } from '#main/engine/clock.ts'
import { Engine, type WorkOptions } from '#main/engine/engine.ts'
import type { FeishuApi } from '#main/engine/ports.ts'
import { fileSources } from '#main/engine/source.ts'
import { type Credentials, createFeishuApi } from '#main/remote/feishu-api.ts'
import type { ProxyEnvironment } from '#main/remote/proxy.ts'
import { claimHome } from '#main/store/claim-home.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import { type CheckedPlace, checkPlace } from '#main/target/check-place.ts'
import type { DocumentApi } from '#main/target/document-api.ts'
import type { GivenDestination } from '#main/target/given-destination.ts'
import type { SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import { callLogger, logEngine, type WorkLog } from './log-work.ts'
import { assembleTools } from './run-tools.ts'

export interface HomeSettings {
  readonly home: string
  /** What the owner of the home is doing, for whoever finds it in use. */
  readonly command: string
  readonly version: string
}

export interface ConnectionSettings {
  readonly baseUrl?: string | undefined
  readonly credentials: Credentials
  readonly caFile?: string | undefined
  readonly lanes: LaneSetting
  /** Undefined: as fast as the line allows. */
  readonly bandwidthBytesPerSecond?: number | undefined
  readonly singleCallLimit?: SingleCallLimit | undefined
  /** Where proxies are read from; undefined: this process's environment. */
  readonly proxyEnvironment?: ProxyEnvironment | undefined
}

export interface EngineSettings extends HomeSettings, ConnectionSettings {
  readonly log: WorkLog
}

/** All that a home remembers, claimed for this process. */
export interface OpenHome {
  readonly stores: Stores
  /** Tells others where we listen. */
  announce(reachAt: string | undefined): void
  /** Closes everything and gives the home back. */
  close(): void
}

/** The way to Feishu as one account. */
export interface Connection {
  readonly identity: string
  /** A worker on the queue; one at a time. */
  worker(options: WorkOptions): Engine
  /** What a place is and whether files may go there, as `checkPlace` tells. */
  checkPlace(given: GivenDestination, signal: AbortSignal): Promise<CheckedPlace>
  /** Ends all sockets; later calls open fresh ones. */
  resetConnections(): Promise<void>
  close(): Promise<void>
}

export interface OpenEngine {
  readonly stores: Stores
  /** A worker on the queue; one at a time. */
  worker(options: WorkOptions): Engine
  checkPlace: Connection['checkPlace']
  /** Closes everything and gives the home back. */
  close(): Promise<void>
}

/** Where `status` finds whose quota to show. */
export const LAST_APP_MEMO = 'last-app'

/**
 * Claims the home, opens its state and the way to Feishu. Nothing is sent yet.
 * @throws TransferError when the home is in use or damaged, or a setting is unusable
 */
export function openEngine(settings: EngineSettings): OpenEngine {
  const api = openApi(settings, settings.log)
  const home = openHome(settings)
  const connection = connectionOf(settings, api, home.stores, settings.log)
  return {
    stores: home.stores,
    worker: connection.worker,
    checkPlace: connection.checkPlace,
    async close() {
      await connection.close()
      home.close()
    },
  }
}

/**
 * Claims a home and opens its state.
 * @throws TransferError when it is in use or damaged
 */
export function openHome({ home, command, version }: HomeSettings): OpenHome {
  const claim = claimHome(home, { command, version, startedAtMs: systemClock.nowMs() })
  let stores: Stores
  try {
    stores = openStores(home, { wasUnclean: claim.wasUnclean })
  } catch (error) {
    claim.release()
    throw error
  }
  return {
    stores,
    announce: claim.announce,
    close() {
      stores.close()
      claim.release()
    },
  }
}

/**
 * Opens the way to Feishu; the first call connects.
 * @throws TransferError when a setting is unusable
 */
export function connect(stores: Stores, settings: ConnectionSettings, log: WorkLog): Connection {
  return connectionOf(settings, openApi(settings, log), stores, log)
}

function openApi(settings: ConnectionSettings, log: WorkLog): FeishuApi & DocumentApi {
  const { credentials, baseUrl, caFile, proxyEnvironment } = settings
  return createFeishuApi({
    credentials,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(caFile !== undefined && { caFile }),
    ...(proxyEnvironment !== undefined && { env: proxyEnvironment }),
    clock: systemClock,
    redactor: log.redactor,
    log: callLogger(log),
  })
}

function connectionOf(
  settings: ConnectionSettings,
  api: FeishuApi & DocumentApi,
  stores: Stores,
  log: WorkLog,
): Connection {
  stores.memos.remember(LAST_APP_MEMO, api.identity)
  const { lanes, bandwidthBytesPerSecond, singleCallLimit } = settings
  const clock = systemClock
  const tools = assembleTools({
    ...{ api, stores, clock, lanes, bandwidthBytesPerSecond, singleCallLimit },
    sources: fileSources,
  })
  return {
    identity: api.identity,
    worker(options) {
      const engine = new Engine(tools.run, options)
      logEngine(engine, log)
      return engine
    },
    checkPlace: (given, signal) => checkPlace(tools.places, given, signal),
    resetConnections: () => api.resetConnections(),
    close: () => api.close(),
  }
}

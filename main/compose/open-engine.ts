/** The one place where the engine meets its surroundings. Every host starts here. */
import { Bandwidth } from '#main/engine/bandwidth.ts'
import { BufferPool } from '#main/engine/buffer-pool.ts'
import { CallGate, type LaneSetting } from '#main/engine/call-gate.ts'
import { Calls } from '#main/engine/calls.ts'
import { systemClock } from '#main/engine/clock.ts'
import { Engine, type WorkOptions } from '#main/engine/engine.ts'
import { KeyedLock } from '#main/engine/keyed-lock.ts'
import type { FeishuApi } from '#main/engine/ports.ts'
import type { RunTools } from '#main/engine/run.ts'
import { fileSources } from '#main/engine/source.ts'
import { Uplink } from '#main/engine/uplink.ts'
import { type Credentials, createFeishuApi } from '#main/remote/feishu-api.ts'
import { claimHome } from '#main/store/claim-home.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import { FolderMirror } from '#main/target/folder-mirror.ts'
import { callLogger, logEngine, type WorkLog } from './log-work.ts'

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
  /** @throws TransferError when the folder can not be listed, and hence not be uploaded to */
  checkFolder(folderToken: string, signal: AbortSignal): Promise<void>
  /** Ends all sockets; later calls open fresh ones. */
  resetConnections(): Promise<void>
  close(): Promise<void>
}

export interface OpenEngine {
  readonly stores: Stores
  /** A worker on the queue; one at a time. */
  worker(options: WorkOptions): Engine
  /** Closes everything and gives the home back. */
  close(): Promise<void>
}

/** Memory for parts on their way: several 4 MiB parts, or one file of 20 MiB and what follows it. */
const POOL_BYTES = 48 * 1024 * 1024

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

function openApi({ credentials, baseUrl, caFile }: ConnectionSettings, log: WorkLog): FeishuApi {
  return createFeishuApi({
    credentials,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(caFile !== undefined && { caFile }),
    clock: systemClock,
    redactor: log.redactor,
    log: callLogger(log),
  })
}

function connectionOf(
  settings: ConnectionSettings,
  api: FeishuApi,
  stores: Stores,
  log: WorkLog,
): Connection {
  stores.memos.remember(LAST_APP_MEMO, api.identity)
  const tools = runTools(settings, api, stores)
  return {
    identity: api.identity,
    worker(options) {
      const engine = new Engine(tools, options)
      logEngine(engine, log)
      return engine
    },
    async checkFolder(folderToken, signal) {
      await api.listFolder({ folderToken }, { signal })
    },
    resetConnections: () => api.resetConnections(),
    close: () => api.close(),
  }
}

function runTools(settings: ConnectionSettings, api: FeishuApi, stores: Stores): RunTools {
  const clock = systemClock
  const uplink = new Uplink(stores.memos)
  const calls = new Calls({
    api,
    clock,
    uplink,
    gate: new CallGate({
      appKey: api.identity,
      clock,
      quota: stores.quota,
      memos: stores.memos,
      lanes: settings.lanes,
    }),
    bandwidth: new Bandwidth(clock, settings.bandwidthBytesPerSecond),
    random: Math.random,
  })
  return {
    store: stores.transfers,
    calls,
    targets: new FolderMirror({ calls, folders: stores.folders, clock, identity: api.identity }),
    sources: fileSources,
    pool: new BufferPool(POOL_BYTES),
    clock,
    uplink,
    landings: new KeyedLock(),
  }
}

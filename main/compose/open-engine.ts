/** The one place where the engine meets its surroundings. Every host starts here. */
import { Bandwidth } from '#main/engine/bandwidth.ts'
import { BufferPool } from '#main/engine/buffer-pool.ts'
import { CallGate, type LaneSetting } from '#main/engine/call-gate.ts'
import { Calls } from '#main/engine/calls.ts'
import { systemClock } from '#main/engine/clock.ts'
import { Engine, type WorkOptions } from '#main/engine/engine.ts'
import { KeyedLock } from '#main/engine/keyed-lock.ts'
import type { RunTools } from '#main/engine/run.ts'
import { fileSources } from '#main/engine/source.ts'
import { Uplink } from '#main/engine/uplink.ts'
import { type Credentials, createFeishuApi } from '#main/remote/feishu-api.ts'
import { claimHome } from '#main/store/claim-home.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import { FolderMirror } from '#main/target/folder-mirror.ts'

export interface EngineSettings {
  readonly home: string
  /** What the owner of the home is doing, for whoever finds it in use. */
  readonly command: string
  readonly version: string
  readonly baseUrl?: string | undefined
  readonly credentials: Credentials
  readonly caFile?: string | undefined
  readonly lanes: LaneSetting
  /** Undefined: as fast as the line allows. */
  readonly bandwidthBytesPerSecond?: number | undefined
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
  const api = createFeishuApi({
    credentials: settings.credentials,
    ...(settings.baseUrl !== undefined && { baseUrl: settings.baseUrl }),
    ...(settings.caFile !== undefined && { caFile: settings.caFile }),
    clock: systemClock,
  })
  const { home, command, version } = settings
  const claim = claimHome(home, { command, version, startedAtMs: systemClock.nowMs() })
  let stores: Stores
  try {
    stores = openStores(home, { wasUnclean: claim.wasUnclean })
  } catch (error) {
    claim.release()
    throw error
  }
  stores.memos.remember(LAST_APP_MEMO, api.identity)
  const tools = runTools(settings, api, stores)
  return {
    stores,
    worker: (options) => new Engine(tools, options),
    async close() {
      await api.close()
      stores.close()
      claim.release()
    },
  }
}

function runTools(
  settings: EngineSettings,
  api: ReturnType<typeof createFeishuApi>,
  stores: Stores,
): RunTools {
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

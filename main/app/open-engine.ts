/** The one place where the engine meets its surroundings. Every host starts here. */

import { type CheckedPlace, checkPlace } from '#main/destination/check-place.ts'
import type { VerifyTools } from '#main/destination/compare-copy.ts'
import type { FollowSteps } from '#main/destination/follow-steps.ts'
import { learnNames } from '#main/destination/learn-names.ts'
import type { PlaceLists } from '#main/destination/place-lists.ts'
import { lastInLine } from '#main/destination/side-calls.ts'
import type { LaneSetting } from '#main/engine/call-gate.ts'
import { Engine, type WorkOptions } from '#main/engine/engine.ts'
import { fileSources } from '#main/engine/source.ts'
import { type AccountApi, createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import { appKeyOf, type Credentials } from '#main/feishu/credentials.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import type { ProxyEnvironment } from '#main/feishu/http/proxy.ts'
import { systemClock } from '#main/lib/clock.ts'
import { machineId } from '#main/lib/machine-id.ts'
import { claimHome } from '#main/store/claim-home.ts'
import { stateFolder } from '#main/store/home-record.ts'
import { type HomePlace, HomeStanding } from '#main/store/home-standing.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import type { WorkHours } from '#shared/transfer/work-hours.ts'
import { HomeKeeper } from './home-keeper.ts'
import { LAST_APP_MEMO, LAST_IDENTITY_MEMO } from './last-account.ts'
import { callLogger, logEngine, type WorkLog } from './log-work.ts'
import type { Policy } from './policy/policy.ts'
import { readPolicy } from './policy/read-policy.ts'
import { assembleTools } from './run-tools.ts'
import { SharedTools } from './shared-tools.ts'

export interface HomeSettings {
  readonly home: string
  /** The activity of the home's owner, for a process that finds the home in use. */
  readonly command: string
  readonly version: string
}

export interface ConnectionSettings {
  readonly baseUrl?: string | undefined
  readonly credentials: Credentials
  readonly caFile?: string | undefined
  readonly lanes: LaneSetting
  /** Calls a day and endpoint that this machine may make; undefined: all that others leave. */
  readonly callsPerDay?: number | undefined
  /** The address of a limiter that all machines of the app share. */
  readonly limiterUrl?: string | undefined
  /** Undefined: the one in the environment, for the address there. */
  readonly limiterPassword?: string | undefined
  /** Undefined: as fast as the line allows. */
  readonly bandwidthBytesPerSecond?: number | undefined
  readonly singleCallLimit?: SingleCallLimit | undefined
  /** The hours in which files go up; absent: at any time. */
  readonly hours?: (() => WorkHours | null) | undefined
  /** The source of proxies; undefined: this process's environment. */
  readonly proxyEnvironment?: ProxyEnvironment | undefined
}

/** All that a home remembers, claimed for this process. */
export interface OpenHome {
  readonly stores: Stores
  /**
   * Opens a way to Feishu; the first call connects.
   * @throws TransferError when a setting is unusable, and `home-moved`, `home-restored`, `home-gone`
   */
  connect(settings: ConnectionSettings, log: WorkLog): Connection
  /** The rules of the person who manages this machine. */
  readonly policy: Policy
  /** Which home it is, and how it stands. */
  readonly standing: HomeStanding
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
  /** Returns what a place is and whether files may go there, as `checkPlace` tells. */
  checkPlace(given: GivenDestination, signal: AbortSignal): Promise<CheckedPlace>
  /** @throws TransferError when the computer's policy forbids this destination */
  demandDestination(given: GivenDestination): void
  /** The places to choose from. */
  readonly lists: PlaceLists
  /** Asks for the names of places that are not known, behind all other calls. Returns whether one has changed. */
  learnNames(destinations: readonly Destination[], signal: AbortSignal): Promise<boolean>
  /** The means to compare what Feishu holds with what was uploaded. */
  readonly verifying: VerifyTools
  /** Takes the steps of rules that follow. */
  readonly follow: FollowSteps
  /** Proves that Feishu accepts who we are. */
  checkToken(signal: AbortSignal): Promise<void>
  /** Ends all sockets; later calls open fresh ones. */
  resetConnections(): Promise<void>
  close(): Promise<void>
}

/**
 * Claims a home and opens its state.
 * @param place undefined: this computer
 * @throws TransferError when it is in use or damaged, `policy-invalid`
 */
export function openHome(
  { home, command, version }: HomeSettings,
  place: HomePlace = { machine: machineId(), stateFolder: stateFolder(process.env) },
  policy: Policy = readPolicy(),
): OpenHome {
  const claim = claimHome(home, { command, version, startedAtMs: systemClock.nowMs() })
  let stores: Stores
  try {
    stores = openStores(home, { wasUnclean: claim.wasUnclean })
  } catch (error) {
    claim.release()
    throw error
  }
  const shared = new SharedTools(stores, systemClock)
  const standing = new HomeStanding(home, stores, place)
  const keeper = new HomeKeeper(home, standing)
  return {
    stores,
    standing,
    policy,
    connect(settings, log) {
      keeper.demandFit()
      const allowed = allowedBy(policy, settings)
      const api = openApi(allowed, log)
      const connection = connectionOf(allowed, api, stores, shared, log, policy, home)
      return {
        ...connection,
        worker(options) {
          const engine = connection.worker(options)
          keeper.keep(engine)
          return engine
        },
      }
    },
    announce: claim.announce,
    close() {
      keeper.close()
      stores.close()
      claim.release()
    },
  }
}

/**
 * A way to Feishu beside a home, for a question on the side.
 * @throws TransferError when a setting is unusable
 */
export function connect(stores: Stores, settings: ConnectionSettings, log: WorkLog): Connection {
  const shared = new SharedTools(stores, systemClock)
  const policy = readPolicy()
  const allowed = allowedBy(policy, settings)
  return connectionOf(allowed, openApi(allowed, log), stores, shared, log, policy)
}

/** Returns the settings within the policy. @throws TransferError `policy-app`, `policy-locked` */
function allowedBy(policy: Policy, settings: ConnectionSettings): ConnectionSettings {
  const { credentials } = settings
  const appId = credentials.kind === 'access-token' ? undefined : credentials.appId.trim()
  policy.demandApp(appId, parseBaseUrl(settings.baseUrl).host)
  return {
    ...settings,
    callsPerDay: policy.capped('callsPerDay', settings.callsPerDay),
    bandwidthBytesPerSecond: policy.capped(
      'bandwidthBytesPerSecond',
      settings.bandwidthBytesPerSecond,
    ),
  }
}

function openApi(settings: ConnectionSettings, log: WorkLog): AccountApi {
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
  api: AccountApi,
  stores: Stores,
  shared: SharedTools,
  log: WorkLog,
  policy: Policy,
  home?: string,
): Connection {
  const appKey = appKeyOf(settings.credentials, parseBaseUrl(settings.baseUrl).host)
  stores.memos.remember(LAST_APP_MEMO, appKey)
  stores.memos.remember(LAST_IDENTITY_MEMO, api.identity)
  const { lanes, bandwidthBytesPerSecond, singleCallLimit } = settings
  const clock = systemClock
  const tools = assembleTools({
    api,
    stores,
    clock,
    lanes,
    callsPerDay: settings.callsPerDay,
    limiterUrl: settings.limiterUrl,
    limiterPassword: settings.limiterPassword,
    caFile: settings.caFile,
    bandwidthBytesPerSecond,
    singleCallLimit,
    hours: settings.hours,
    appKey,
    shared,
    sources: fileSources(home, (path) => policy.demandFile(path)),
    demandPlace: (destination) => policy.demandDestination(destination),
  })
  let closing: Promise<void> | undefined
  return {
    identity: api.identity,
    worker(options) {
      const engine = new Engine(tools.run, options)
      logEngine(engine, log)
      return engine
    },
    follow: tools.follow,
    async checkPlace(given, signal) {
      const place = await checkPlace(tools.places, given, signal)
      policy.demandDestination(place.destination)
      return place
    },
    demandDestination: (given) => policy.demandDestination(given),
    lists: tools.lists,
    learnNames: (destinations, signal) =>
      learnNames(tools.places, destinations, lastInLine(signal)),
    verifying: tools.verify,
    checkToken: (signal) => api.checkToken(signal),
    resetConnections: () => api.resetConnections(),
    close() {
      tools.release()
      closing ??= api.close()
      return closing
    },
  }
}

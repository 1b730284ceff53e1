import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { rememberedUplink } from '#main/engine/uplink.ts'
import { systemClock } from '#main/lib/clock.ts'
import { openAccounts } from '#main/store/account-store.ts'
import { openRules } from '#main/store/rule-store.ts'
import { desktopBox, keyFileBox } from '#main/store/secret-box.ts'
import { openSettings } from '#main/store/settings-file.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { assumedCost } from '#shared/transfer/work-cost.ts'
import { AccountKeeper } from './accounts/account-keeper.ts'
import { callsPerDayOf, connectionOptionsFor, lineOf } from './accounts/connection-options.ts'
import { Registrations } from './accounts/registrations.ts'
import { SignIns } from './accounts/sign-ins.ts'
import { Worker } from './accounts/worker.ts'
import { Destinations } from './adding/destinations.ts'
import { HandedFiles } from './adding/handed-files.ts'
import { PlaceBrowser } from './adding/place-browser.ts'
import { QueueFiller } from './adding/queue-filler.ts'
import { UploadPreviews } from './adding/upload-previews.ts'
import { AlertKeeper } from './alerts/alert-keeper.ts'
import { openAlerts } from './alerts/open-alerts.ts'
import { openFilters } from './api/filters.ts'
import type { AppParts } from './api/parts.ts'
import { QueueActions } from './api/queue-actions.ts'
import { countsOf } from './api/tabs.ts'
import { UndoBook } from './api/undo-book.ts'
import type { AppOptions } from './app-options.ts'
import { Battery } from './battery.ts'
import { FinishedKeeper } from './clear-finished.ts'
import { FileLooks } from './file-looks.ts'
import { LIMITER_PART, LimiterKeeper } from './limiter-keeper.ts'
import type { Changes } from './live/changes.ts'
import { GroupView } from './live/group-view.ts'
import { LivePublisher } from './live/live-publisher.ts'
import { LiveView } from './live/live-view.ts'
import { ProgressTracker } from './live/progress-tracker.ts'
import { QueueDays } from './live/queue-days.ts'
import { QueueProgress } from './live/queue-progress.ts'
import { quotaToday } from './live/quota-today.ts'
import { rowOf } from './live/row-view.ts'
import { SpeedHistory } from './live/speed-history.ts'
import { TimelineRecorder } from './live/timeline-recorder.ts'
import { Metered } from './metered/metered.ts'
import type { OpenHome } from './open-engine.ts'
import { allowedAccounts } from './policy/allowed-accounts.ts'
import { ProxyKeeper } from './proxy-keeper.ts'
import { ScheduleKeeper } from './schedule.ts'
import { SealedText } from './sealed-text.ts'
import { SettingsKeeper } from './settings-keeper.ts'
import { retryFailed } from './unfinished.ts'
import { Installation, type UpdateInstaller } from './updates/installation.ts'
import { UpdateKeeper } from './updates/update-keeper.ts'
import { Verifications } from './verifications.ts'
import { RulePreviews } from './watching/rule-previews.ts'
import { Watching } from './watching/watching.ts'

const PAUSED_MEMO = 'paused-by-person'
const LONGEST_CONNECTING_MS = 1_000

/** Opens all parts, each after those it needs. No part works before `begin`. */
export function openParts(opened: OpenHome, options: AppOptions) {
  const work = openWork(opened, options)
  const queue = openQueue(work, options)
  const { alertKeeper: keeper, language, way, stores, clock, worker, settings } = work
  const wayTo = async (url: string) => {
    const { caFile, proxyEnvironment: env } = await way(url)
    return { caFile, env }
  }
  const updates = new UpdateKeeper({
    feed: options.updateFeed,
    version: options.version,
    clock,
    log: options.log.scope('host'),
    isWanted: () => settings.settings.checkForUpdates,
    wayTo,
    installation:
      options.updateInstaller && openInstallation(work, options.updateInstaller, options),
  })
  const { alerts, health } = openAlerts({
    ...{ stores, clock, worker, keeper, language },
    watching: queue.watching,
    log: options.log,
    wayTo,
  })
  return {
    ...options,
    ...work,
    ...queue,
    ...openLive(work, queue, options),
    alerts,
    health,
    updates,
  }
}

function openInstallation(
  { stores, clock }: Work,
  installer: UpdateInstaller,
  { version, log }: AppOptions,
) {
  return new Installation({
    ...{ installer, version, clock },
    memos: stores.memos,
    log: log.scope('host'),
    isSending: () => countsOf(stores.windows.listedTallies()).byTab.active > 0,
  })
}

export type OpenParts = ReturnType<typeof openParts>
type Work = ReturnType<typeof openWork>
type Queue = ReturnType<typeof openQueue>

/** The accounts, and what brings their files to Feishu. */
function openWork({ stores, standing, policy, connect }: OpenHome, options: AppOptions) {
  const { home, log, onFault, keychain, given } = options
  const clock = systemClock
  const settingsFile = openSettings(home, options.openConf)
  const box = keychain === undefined ? keyFileBox(home) : desktopBox(home, keychain)
  const settings = new SettingsKeeper(settingsFile, policy)
  const account = new AccountKeeper({
    store: allowedAccounts(openAccounts(home, box), policy),
    fromEnvironment: options.credentials,
    baseUrl: given.baseUrl,
  })
  const alertKeeper = new AlertKeeper(
    settingsFile,
    box,
    options.givenAlerts ?? { target: undefined, silentHours: undefined },
  )
  const language = () => {
    const { language } = settings.settings
    return language === 'system' ? options.systemLanguage : language
  }
  const proxy = new ProxyKeeper(settingsFile, box)
  const sealedLimiter = new SealedText(settingsFile, LIMITER_PART, box)
  const limiter = new LimiterKeeper(settings, sealedLimiter, given.limiterUrl)
  proxy.load().then(
    (problem) => problem && onFault('proxy', problem),
    (error: unknown) => onFault('proxy', error),
  )
  const way: AppParts['way'] = (baseUrl = account.baseUrl) =>
    connectionOptionsFor(
      baseUrl,
      given,
      settings.settings,
      { proxy, limiter },
      options.resolveProxy,
    )
  const worker = new Worker({
    clock,
    transfers: stores.transfers,
    until: 'stopped',
    members: () => account.members(),
    connect: async ({ baseUrl, credentials }) =>
      connect(
        {
          ...(await way(baseUrl)),
          credentials: await credentials(),
          hours: () => settings.settings.schedule,
        },
        log,
      ),
    onFault: (error) => onFault('accounts', error),
  })
  const adoptHome = () => standing.adopt(clock.nowMs())
  const quota = () => {
    const callsPerDay = callsPerDayOf(given, settings.settings)
    return quotaToday(stores, clock.nowMs(), { callsPerDay, hold: worker.hold })
  }
  return {
    stores,
    clock,
    settingsFile,
    settings,
    account,
    proxy,
    limiter,
    policy,
    alertKeeper,
    language,
    way,
    worker,
    adoptHome,
    quota,
  }
}

/** All that fills and changes the queue. */
function openQueue(work: Work, options: AppOptions) {
  const { stores, clock, settings, account, worker, way, language } = work
  const { home, log, onFault, surroundings } = options
  const changes: Changes = new EventEmitter()
  const rules = openRules(home)
  const watching = new Watching({ stores, clock, rules, worker, log, onFault })
  const moving = new ProgressTracker(assumedCost(rememberedUplink(stores.memos)))
  const speed = new SpeedHistory(clock, () => moving.bytesPerSecond(clock.steadyMs()))
  const store = stores.transfers
  const recorder = new TimelineRecorder({ store, timeline: stores.timeline, clock, onFault })
  const undo = new UndoBook(clock)
  const releaseKept = (path: string) => {
    // The same file may be on its way to another place as well.
    if (!stores.windows.unfinishedAt(path)) void surroundings.kept?.release(path)
  }
  const destinations = new Destinations(
    stores.memos,
    worker,
    clock,
    (whose) => account.brandFor(whose),
    () => changes.emit('reordered', []),
  )
  const filterOf = openFilters(
    stores.windows,
    destinations.nameOf,
    () => watching.rules,
    () => account.members()[0]?.identity,
  )
  const isWanted = () => settings.settings.pauseOnMetered
  const metered = new Metered({ clock, worker, isWanted })
  const common = { stores, clock, worker, changes, undo }
  const actions = new QueueActions({ ...common, recorder, moving, watching, filterOf, releaseKept })
  const filling = new QueueFiller({ ...common, actions, onFault })
  const accountsChanged = async (signedIn?: string) => {
    await worker.restart()
    if (signedIn !== undefined) worker.goOnFor(signedIn)
  }
  const signIns = new SignIns({
    account,
    clock,
    log,
    way,
    onFault,
    language,
    ports: options.signInPorts,
    openOutside: surroundings.openOutside,
    onChange: () => changes.emit('changed'),
    onSignedIn: accountsChanged,
  })
  const registrations = new Registrations({
    clock,
    line: async () => lineOf(await way(account.baseUrlFor('feishu')), log),
    baseUrlFor: (brand) => account.baseUrlFor(brand),
    onChange: () => changes.emit('changed'),
  })
  const schedule = new ScheduleKeeper(clock, worker, () => settings.settings.schedule)
  const battery = new Battery(settings, worker, watching)
  const clearAfter = () => settings.settings.clearFinishedAfterDays
  const finished = new FinishedKeeper(clock, stores.controls, changes, clearAfter, (error) =>
    onFault('clear', error),
  )
  return {
    changes,
    rules,
    watching,
    moving,
    speed,
    recorder,
    undo,
    actions,
    filling,
    signIns,
    registrations,
    schedule,
    battery,
    metered,
    finished,
    releaseKept,
    accountsChanged,
    previews: new RulePreviews(clock),
    forecasts: new UploadPreviews(clock),
    verifications: new Verifications(worker, home),
    looks: new FileLooks({ home, stores, surroundings, policy: work.policy }),
    offers: new HandedFiles(() => changes.emit('changed')),
    destinations,
    browser: new PlaceBrowser(worker, destinations, clock),
    filterOf,
    async settingsChanged() {
      options.onSettings?.(settings.settings)
      log.setLevel(settings.settings.detailedLog ? 'debug' : 'info')
      await schedule.look()
      await battery.look()
      await metered.apply()
      await finished.look()
      // The day on which a file goes depends on the limits.
      changes.emit('reordered', [])
    },
    async pauseAll(paused: boolean) {
      stores.memos.remember(PAUSED_MEMO, paused)
      await worker.pause('person', paused)
    },
  }
}

/** All that pages are told. */
function openLive(work: Work, queue: Queue, { surroundings, given }: AppOptions) {
  const { stores, clock, settings, account, worker, quota } = work
  const { moving, destinations, changes, filling, actions, offers, watching, schedule } = queue
  const { signIns, registrations } = queue
  const progress = new QueueProgress({
    ...{ stores, worker, moving, clock, quota },
    hours: () => settings.settings.schedule,
    singleCallLimit: () => given.singleCallLimit ?? settings.settings.singleCallLimitBytes,
  })
  const days = new QueueDays(
    () => ({ plan: progress.planWith(), notBeforeMs: quota().notBeforeMs }),
    stores.windows,
    () => clock.steadyMs(),
  )
  const row = (transfer: Transfer) =>
    rowOf(transfer, {
      moving,
      clock,
      brand: account.brandFor(transfer.account),
      nameOf: destinations.nameOf,
      isKept: (path) => surroundings.kept?.holds(path) ?? false,
      planned: (each) => days.of(each),
    })
  const parts = { stores, worker, progress, clock, row, account, filling, actions, offers }
  const { nameOf } = destinations
  const groups = new GroupView({ stores, moving, clock, nameOf })
  const names = { nameOf, groups }
  const view = new LiveView({
    ...parts,
    ...names,
    signIns,
    registrations,
    watching,
    schedule,
    quota,
  })
  const publisher = new LivePublisher(view, clock)
  changes.on('changed', () => publisher.changed())
  changes.on('touched', (id) => publisher.touch(id))
  changes.on('reordered', (ids) => {
    if (ids.length === 0) days.forget()
    publisher.reorder(...ids)
  })
  return { row, view, groups, publisher, progress }
}

/** Begins to work on the queue. */
export async function begin(parts: OpenParts): Promise<void> {
  const { stores, clock, settings, account, worker, watching, schedule } = parts
  const { finished, surroundings } = parts
  await surroundings.kept?.sweep((path) => stores.windows.unfinishedAt(path))
  stores.controls.forgetCancelled()
  // A person who signed in and uploaded from the command line knows where files go.
  if (!settings.settings.welcomed && account.hasAny && stores.windows.tallies().length > 0) {
    settings.change({ welcomed: true })
  }
  parts.log.setLevel(settings.settings.detailedLog ? 'debug' : 'info')
  followWork(parts)
  followWatching(parts)
  if (stores.memos.recall<boolean>(PAUSED_MEMO) === true) await worker.pause('person', true)
  await schedule.look()
  void schedule.keep()
  void finished.keep()
  void parts.updates.keep()
  void parts.metered.keep()
  parts.alerts.keep().catch((error: unknown) => parts.onFault('alerts', error))
  void parts.speed.keep()
  // A keyring may ask the person for a password first. Windows and trays do not wait for that.
  await Promise.race([worker.restart(), clock.sleep(LONGEST_CONNECTING_MS)])
  const active = watching.rules.filter(({ enabled }) => enabled)
  if (retryFailed(stores.transfers, active, randomUUID(), clock.nowMs()) > 0) worker.nudge()
  watching.start()
  account.hasChanged()
}

function followWork(parts: OpenParts): void {
  const { changes, recorder, releaseKept } = parts
  const { events } = parts.worker
  events.on('changed', () => changes.emit('changed'))
  events.on('requeued', () => changes.emit('reordered', []))
  events.on('engine', (engine) => {
    recorder.listenTo(engine)
    learnNames(parts)
  })
  events.on('progress', ({ id }) => changes.emit('touched', id))
  events.on('transfer', ({ id, path, state }) => {
    changes.emit('reordered', [id])
    if (state.kind === 'done' || state.kind === 'skipped') releaseKept(path)
  })
}

/** Places that were given by a link on the command line, or whose names may be others by now. */
function learnNames({ stores, watching, destinations, onFault }: OpenParts): void {
  const ofRules = watching.rules.map(({ destination }) => destination)
  destinations
    .learn([...stores.windows.destinations(), ...ofRules])
    .catch((error: unknown) => onFault('names', error))
}

function followWatching({ watching: { events }, changes, account, worker, onFault }: OpenParts) {
  events.on('changed', () => changes.emit('changed'))
  events.on('queued', (transfers) =>
    changes.emit(
      'reordered',
      transfers.map(({ id }) => id),
    ),
  )
  events.on('fileChanged', () => {
    // `feidi login` and `feidi logout` work beside an application that runs.
    if (account.hasChanged()) {
      worker.adjust().catch((error: unknown) => onFault('accounts', error))
    }
  })
}

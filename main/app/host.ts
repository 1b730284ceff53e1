import { randomUUID } from 'node:crypto'
import { openRules } from '#main/store/rule-store.ts'
import type { Answer } from '#shared/contract/contract.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { isEnded } from '#shared/transfer/state-kinds.ts'
import type { Member } from './accounts/account-keeper.ts'
import { SignIns } from './accounts/sign-ins.ts'
import { wayTo, wayToFeishu } from './accounts/way-to-feishu.ts'
import { Worker } from './accounts/worker.ts'
import { Destinations } from './adding/destinations.ts'
import { Filling } from './adding/filling.ts'
import { Offers } from './adding/offers.ts'
import { accountHandlers } from './api/account-handlers.ts'
import { answer, type Handlers } from './api/answer.ts'
import { appHandlers } from './api/app-handlers.ts'
import { diagnosticsHandlers } from './api/diagnostics-handlers.ts'
import { historyHandlers } from './api/history-handlers.ts'
import { networkHandlers } from './api/network-handlers.ts'
import { placeHandlers } from './api/place-handlers.ts'
import { QueueActions } from './api/queue-actions.ts'
import { queueHandlers } from './api/queue-handlers.ts'
import { ruleHandlers } from './api/rule-handlers.ts'
import { transferHandlers } from './api/transfer-handlers.ts'
import { UndoBook } from './api/undo-book.ts'
import { ClockJumps } from './clock-jumps.ts'
import type { HostOptions } from './host-options.ts'
import { type LiveListener, LivePublisher } from './live/live-publisher.ts'
import { LiveView } from './live/live-view.ts'
import { Moving } from './live/moving.ts'
import { rowOf } from './live/row-view.ts'
import { TimelineRecorder } from './live/timeline-recorder.ts'
import type { Connection } from './open-engine.ts'
import { ScheduleKeeper } from './schedule.ts'
import { SettingsKeeper } from './settings-keeper.ts'
import { retryFailed } from './unfinished.ts'
import { RulePreviews } from './watching/rule-previews.ts'
import { Watching } from './watching/watching.ts'

const PAUSED_MEMO = 'paused-by-person'

/** Everything behind a page, whatever carries its requests: the queue, the worker, what is told live. */
export class FeidiHost {
  readonly #options: HostOptions
  readonly #worker: Worker
  readonly #moving = new Moving()
  readonly #publisher: LivePublisher
  readonly #recorder: TimelineRecorder
  readonly #undo: UndoBook
  readonly #filling: Filling
  readonly #settings: SettingsKeeper
  readonly #schedule: ScheduleKeeper
  readonly #offers: Offers
  readonly #jumps: ClockJumps
  readonly #watching: Watching
  readonly #previews: RulePreviews
  readonly #signIns: SignIns
  readonly #handlers: Handlers
  #isOnBattery = false
  #requests = 0
  #idle = Promise.withResolvers<void>()

  constructor(options: HostOptions) {
    const { stores, clock, account } = options
    this.#options = options
    this.#settings = new SettingsKeeper(options.settingsFile)
    this.#worker = new Worker({
      clock,
      transfers: stores.transfers,
      until: 'stopped',
      members: () => account.members(),
      connect: (member) => this.#connect(member),
      onFault: (error) => options.onFault('accounts', error),
    })
    const worker = this.#worker
    const nowMs = () => clock.nowMs()
    const destinations = new Destinations(stores.memos, worker, nowMs, (whose) =>
      account.brandFor(whose),
    )
    const row = (transfer: Transfer) =>
      rowOf(transfer, {
        moving: this.#moving,
        steadyMs: clock.steadyMs(),
        brand: account.brandFor(transfer.account),
        labelOf: destinations.labelOf,
      })
    const adding = () => this.#filling.adding
    this.#offers = new Offers(() => this.#publisher.changed())
    const offers = this.#offers
    const offered = () => offers.view
    const watched = () => this.#watching.live
    const accounts = () => ({
      revision: account.revision,
      troubles: worker.troubles.map(({ identity, error }) => ({
        ...{ identity, error },
        name: account.nameOf(identity),
      })),
      signIn: this.#signIns.view,
    })
    const view = new LiveView({
      stores,
      worker,
      moving: this.#moving,
      clock,
      row,
      adding,
      offered,
      accounts,
      rules: watched,
      goesOnAtMs: () => this.#schedule.goesOnAtMs,
    })
    this.#publisher = new LivePublisher(view, clock)
    const rules = openRules(options.home)
    this.#watching = new Watching({ ...options, rules, worker })
    this.#previews = new RulePreviews(clock)
    this.#recorder = new TimelineRecorder({
      store: stores.transfers,
      timeline: stores.timeline,
      clock,
      onFault: options.onFault,
    })
    this.#undo = new UndoBook(clock)
    const parts = {
      ...options,
      worker,
      row,
      view,
      destinations,
      publisher: this.#publisher,
      recorder: this.#recorder,
      undo: this.#undo,
      moving: this.#moving,
      settings: this.#settings,
      way: () => wayToFeishu(options, this.#settings),
      watching: this.#watching,
    }
    this.#signIns = new SignIns({
      ...options,
      way: (baseUrl) => wayTo(baseUrl, options, this.#settings),
      language: () => {
        const { language } = this.settings
        return language === 'system' ? options.systemLanguage : language
      },
      ports: options.signInPorts,
      openOutside: options.surroundings.openOutside,
      onChange: () => this.#publisher.changed(),
      onSignedIn: (identity) => this.#accountsChanged(identity),
    })
    const actions = new QueueActions(parts)
    this.#filling = new Filling({ ...parts, actions })
    this.#schedule = new ScheduleKeeper(clock, worker, () => this.#settings.settings.schedule)
    this.#jumps = new ClockJumps(clock, () => void this.wokeUp())
    const pauseAll = (paused: boolean) => this.#pauseAll(paused)
    const settingsChanged = async () => {
      options.onSettings?.(this.settings)
      this.#setLogLevel()
      await this.#schedule.look()
      await this.#lookAtBattery()
    }
    this.#handlers = {
      ...queueHandlers({ ...parts, actions, filling: this.#filling, pauseAll }),
      ...transferHandlers(parts),
      ...placeHandlers({ ...parts, offers }),
      ...historyHandlers(parts),
      ...ruleHandlers({ ...parts, rules, previews: this.#previews, actions }),
      ...accountHandlers({
        ...parts,
        signIns: this.#signIns,
        accountsChanged: (signedIn) => this.#accountsChanged(signedIn),
      }),
      ...appHandlers({ ...parts, settingsChanged }),
      ...networkHandlers(parts),
      ...diagnosticsHandlers(parts),
    }
  }

  /** Begins to work on the queue. */
  async start(): Promise<void> {
    const { stores, clock } = this.#options
    stores.controls.forgetCancelled()
    this.#skipFirstSteps()
    this.#setLogLevel()
    this.#listen()
    if (stores.memos.recall<boolean>(PAUSED_MEMO) === true) await this.#worker.pause('person', true)
    await this.#schedule.look()
    void this.#schedule.keep()
    void this.#jumps.keep()
    await this.#worker.restart()
    const active = this.#watching.rules.filter(({ enabled }) => enabled)
    const batchId = randomUUID()
    if (retryFailed(stores.transfers, active, batchId, clock.nowMs()) > 0) this.#worker.nudge()
    this.#watching.start()
    this.#options.account.hasChanged()
  }

  get settings(): AppSettings {
    return this.#settings.settings
  }

  /** Files from outside the pages: one of them will ask where they go. */
  offer(paths: readonly string[]): void {
    this.#offers.add(paths)
  }

  /** What the machine runs on now. */
  async runsOnBattery(isOnBattery: boolean): Promise<void> {
    this.#isOnBattery = isOnBattery
    await this.#lookAtBattery()
  }

  /** The machine goes to sleep: what is acknowledged is on disk when it resolves, and nothing leaves. */
  async suspend(): Promise<void> {
    await this.#worker.pause('asleep', true)
  }

  /** The machine slept, or its clock was set: nothing that was open before can be trusted. */
  async wokeUp(): Promise<void> {
    this.#jumps.noticed()
    await this.#worker.resetConnections()
    await this.#worker.pause('asleep', false)
    this.#watching.wake()
    await this.#schedule.look()
  }

  /** Answers one request, whoever carried it; never rejects. */
  async answer(channel: unknown, input: unknown): Promise<Answer<unknown>> {
    const { clock, onFault } = this.#options
    this.#requests += 1
    try {
      return await answer(this.#handlers, channel, input, { nowMs: () => clock.nowMs(), onFault })
    } finally {
      this.#requests -= 1
      if (this.#requests === 0) {
        this.#idle.resolve()
        this.#idle = Promise.withResolvers<void>()
      }
    }
  }

  /** @returns ends the subscription */
  subscribe(listener: LiveListener): () => void {
    return this.#publisher.subscribe(listener)
  }

  /** Comes to rest: calls in flight have `graceMs`, checkpoints are on disk when it resolves. */
  async close(graceMs: number): Promise<void> {
    this.#schedule.close()
    this.#jumps.close()
    this.#publisher.close()
    await Promise.all([
      this.#filling.close(),
      this.#previews.close(),
      this.#watching.close(),
      this.#signIns.close(),
      this.#worker.close(graceMs),
    ])
    if (this.#requests > 0) await this.#idle.promise
    this.#undo.close()
    this.#recorder.flush()
  }

  async #connect({ baseUrl, credentials }: Member): Promise<Connection> {
    const way = await wayTo(baseUrl, this.#options, this.#settings)
    return this.#options.connect({ ...way, credentials: await credentials() })
  }

  /** @param signedIn the account that has just signed in: what waited for it goes on */
  async #accountsChanged(signedIn?: string): Promise<void> {
    await this.#worker.restart()
    if (signedIn !== undefined) this.#worker.goOnFor(signedIn)
  }

  /** `feidi login` and `feidi logout` work beside a host that runs. */
  #lookAtAccounts(): void {
    const { account, onFault } = this.#options
    if (!account.hasChanged()) return
    this.#worker.adjust().catch((error: unknown) => onFault('accounts', error))
  }

  #lookAtBattery(): Promise<void> {
    const rests = this.#isOnBattery && this.settings.pauseOnBattery
    this.#watching.holdReading(rests)
    return this.#worker.pause('battery', rests)
  }

  #setLogLevel(): void {
    this.#options.log.setLevel(this.#settings.settings.detailedLog ? 'debug' : 'info')
  }

  /** Who signed in and uploaded from the command line knows where files go. */
  #skipFirstSteps(): void {
    const { stores, account } = this.#options
    if (this.settings.welcomed || !account.hasAny) return
    if (stores.windows.tallies().length > 0) this.#settings.change({ welcomed: true })
  }

  async #pauseAll(paused: boolean): Promise<void> {
    this.#options.stores.memos.remember(PAUSED_MEMO, paused)
    await this.#worker.pause('person', paused)
  }

  #listen(): void {
    const { clock, onSettled } = this.#options
    const watching = this.#watching.events
    watching.on('changed', () => this.#publisher.changed())
    watching.on('queued', (transfers) => this.#publisher.reorder(...transfers.map(({ id }) => id)))
    watching.on('fileChanged', () => this.#lookAtAccounts())
    const { events } = this.#worker
    events.on('changed', () => this.#publisher.changed())
    events.on('requeued', () => this.#publisher.reorder())
    events.on('engine', (engine) => this.#recorder.listenTo(engine))
    events.on('progress', ({ id, sentBytes, inFlightBytes }) => {
      this.#moving.progress(id, sentBytes, inFlightBytes, clock.steadyMs())
      this.#publisher.touch(id)
    })
    events.on('part', ({ id, seq, step }) => this.#moving.part(id, seq, step === 'under-way'))
    events.on('transfer', (transfer) => {
      const { id, state } = transfer
      const isOver = isEnded(state.kind)
      if (isOver || state.kind === 'queued' || state.kind === 'blocked') this.#moving.stopped(id)
      if (state.kind === 'done') this.#moving.fileDone(clock.steadyMs())
      this.#publisher.reorder(id)
      if (isOver) onSettled?.(transfer)
    })
  }
}

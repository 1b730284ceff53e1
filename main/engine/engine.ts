import { EventEmitter } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isOn, type Pause, pauseFrom } from '#main/lib/pause.ts'
import { WakeUp } from '#main/lib/wake-up.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { asTransferError, errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { Hold, Progress, TransferNote, WorkEnd } from '#shared/model/work.ts'
import { documentTypeFor } from '#shared/transfer/as-document.ts'
import { nextState, type TransferEvent } from '#shared/transfer/next-state.ts'
import { BlockedTargets } from './blocked-targets.ts'
import { chooseRuns, goesInOneCall } from './choose-runs.ts'
import { Leftovers } from './leftovers.ts'
import type { AccountScope } from './ports.ts'
import type { PartStep, Run, RunTools } from './run.ts'
import { RunOutcomes } from './run-outcomes.ts'
import { runTransfer } from './run-transfer.ts'

export interface EngineEvents {
  /** A transfer has a new state, on disk already. */
  transfer: [Transfer]
  progress: [Progress]
  /** An upload resumes where an earlier one stopped, or starts from scratch. */
  note: [TransferNote]
  /** Calls wait for something for longer than the ordinary rhythm. */
  waiting: [Hold]
  /** Copies are no longer in their folder in Feishu: deleted there, or moved elsewhere. */
  vanished: [readonly Copy[]]
  /** The step that a part is at. */
  part: [{ id: string; seq: number; step: PartStep }]
  /** Work has come to its end. */
  end: [WorkEnd]
}

export interface WorkOptions {
  /** Only transfers asked for in this batch; all of them when absent. */
  readonly batchId?: string
  /** The account whose transfers are taken; those of all accounts when absent. */
  readonly account?: AccountScope
  /** Give up when, counted from the last progress, nothing will get through for so long. */
  readonly longestWaitMs: number
  /** An empty queue is no end: more may come until `noMore` is called, and `nudge` tells of it. */
  readonly moreToCome?: boolean
}

/** Runs beside those that keep the lanes busy: they wait for something of their own. */
const MOST_RUNS = 16
/** Time to remove leftovers; the rest is left for the next start. */
const LONGEST_SWEEP_MS = 60_000
/** Time until the next look at the queue when no change is reported. */
const NEXT_LOOK_MS = 1_000
/** The longest time between looks at timed waits, because a change of the clock is not reported. */
const LOOK_EVERY_MS = 60_000

/**
 * Time an account rests after a refusal for an unknown reason, when work would continue forever.
 */
const REFUSED_REST_MS = 15 * 60_000

/** Waiting transfers that are looked through for one of ours. */
const MOST_ASKED = 500

/**
 * Files on their way to a document at once: they wait for each other in their folder, and Feishu keeps an
 * uploaded one for five minutes.
 */
const MOST_DOCUMENTS = 4

interface ActiveRun {
  readonly rank: number
  readonly makesDocument: boolean
  readonly isWhole: boolean
  /** Held by the gate or pausing: it needs no lane at present. */
  hold: Hold | null
  /** The step it returns to after a hold. */
  step: TransferEvent
  /** Aborts when this one run has to end at once. */
  readonly halted: AbortController
  finished: Promise<void>
}

function makesDocument(transfer: Transfer): boolean {
  return documentTypeFor(transfer) !== undefined
}

/** Brings queued transfers to Feishu, several at a time, until nothing is left that could be done now. */
export class Engine {
  readonly events = new EventEmitter<EngineEvents>()
  readonly #tools: RunTools
  readonly #options: WorkOptions
  readonly #active = new Map<string, ActiveRun>()
  readonly #blockedTargets = new BlockedTargets()
  readonly #outcomes: RunOutcomes
  readonly #leftovers: Leftovers
  readonly #stopping = new AbortController()
  readonly #aborted = new AbortController()
  readonly #wakeUp: WakeUp
  #moreToCome: boolean
  #runsStarted = 0
  #isPaused = false
  /** A rest in which no run starts: the account was refused, which may pass. */
  #rest: Pause | undefined
  /** Reads of files, and sums of what was read, that are under way. */
  #readsUnderWay = 0
  #lastProgressAtMs = 0
  #sweeping: Promise<void> = Promise.resolve()
  #end: WorkEnd | undefined
  #working: Promise<WorkEnd> | undefined

  constructor(tools: RunTools, options: WorkOptions) {
    this.#tools = {
      ...tools,
      sumsOf: (...args) => this.#reading(tools.sumsOf(...args)),
      sources: {
        inspect: (file) => this.#reading(tools.sources.inspect(file)),
        read: (...args) => this.#reading(tools.sources.read(...args)),
      },
    }
    this.#options = options
    this.#moreToCome = options.moreToCome ?? false
    const { store, clock, attacher } = tools
    this.#wakeUp = new WakeUp(clock)
    this.#outcomes = new RunOutcomes({
      store,
      clock,
      blockedTargets: this.#blockedTargets,
      batchId: options.batchId,
      save: (id, event) => this.#save(id, event),
      progressed: () => this.#progressed(),
      waiting: (hold) => this.events.emit('waiting', hold),
      accountBlocked: (error) => this.#accountBlocked(error),
      fatal: (id, error) => this.#interrupted(id, error),
    })
    const context = {
      rank: Number.MAX_SAFE_INTEGER,
      stopping: this.#stopping.signal,
      aborted: this.#aborted.signal,
      onHold: () => {},
    }
    const isOurs = (transfer: Transfer) => this.#isOurs(transfer) && !this.isAtWork(transfer.id)
    const onLeft = (transfer: Transfer) =>
      void this.events.emit('note', { transfer, note: { kind: 'block-left' } })
    this.#leftovers = new Leftovers({ store, attacher, context, isOurs, onLeft })
  }

  /** Works until all that was asked for is settled, or until it makes no sense to continue. */
  work(): Promise<WorkEnd> {
    this.#working ??= this.#work().then((end) => {
      this.events.emit('end', end)
      return end
    })
    return this.#working
  }

  /** Looks at the queue at once, because a transfer was queued or may run again. */
  nudge(): void {
    this.#sweep()
    this.#wakeUp.wake()
  }

  /**
   * Checks whether a run is at work on this transfer, even if it only waits or is coming to rest.
   */
  isAtWork(id: string): boolean {
    return this.#active.has(id)
  }

  /**
   * Ends the runs of these transfers at once; what state they go to was decided, and saved, before.
   * Resolves when they have come to rest: only then may their checkpoints be touched.
   */
  async halt(ids: Iterable<string>): Promise<void> {
    const runs = [...ids].flatMap((id) => this.#active.get(id) ?? [])
    for (const run of runs) run.halted.abort(new Error('halted'))
    await Promise.all(runs.map((run) => run.finished))
  }

  /** Stops starting runs, and returns the active transfers to the queue with their checkpoints. */
  async pause(): Promise<void> {
    this.#isPaused = true
    await this.halt(this.#active.keys())
  }

  /** Resumes after `pause`. */
  unpause(): void {
    this.#isPaused = false
    this.#wakeUp.wake()
  }

  /** Ends all waits: places and an account that were refused are tried again, and every call that waits. */
  tryNow(): void {
    this.#blockedTargets.clear()
    this.#tools.calls.tryNow()
    this.#rest = undefined
    this.#wakeUp.wake()
  }

  /** All there is to do is queued: work ends when that is settled. */
  noMore(): void {
    this.#moreToCome = false
    this.#rest = undefined
    this.#wakeUp.wake()
  }

  /**
   * Stops: nothing new leaves, calls in flight have `graceMs` to come back, then they are cut off.
   * Resolves when everything has come to rest; all checkpoints are on disk.
   */
  async stop(graceMs: number): Promise<void> {
    this.#endWith({ kind: 'stopped' })
    const grace = new AbortController()
    const cutOff = this.#tools.clock.sleep(graceMs, grace.signal).then(
      () => this.#aborted.abort(new Error('stopped')),
      () => {}, // All runs were at rest before the grace period was over.
    )
    await this.#working
    grace.abort()
    await cutOff
  }

  /** Ends the work at once, for a reason that lies outside of it. */
  fail(error: TransferError): void {
    this.#endWith({ kind: 'fatal', error })
    this.#aborted.abort(error)
  }

  async #work(): Promise<WorkEnd> {
    this.#progressed()
    const end = await this.#untilEnd().catch((error: unknown) =>
      this.#endWith({ kind: 'fatal', error: asTransferError(error) }),
    )
    await Promise.all([...this.#active.values()].map((run) => run.finished))
    await this.#sweeping
    return end
  }

  async #untilEnd(): Promise<WorkEnd> {
    const { store } = this.#tools
    store.requeueInterrupted(this.#options.account)
    this.#sweep()
    while (this.#end === undefined) {
      const room = this.#room()
      if (room > 0 && this.#startReady(room)) {
        await nextTurn()
        continue
      }
      const wakeAtMs = room > 0 ? store.nextWakeMs(this.#options) : this.#restEndMs()
      if (this.#active.size === 0 && wakeAtMs === undefined && !this.#moreToCome) {
        if (this.#leftovers.isSweeping) await this.#swept()
        this.#endWith({ kind: 'settled' })
      } else {
        this.#endIfHopeless(wakeAtMs)
        if (this.#end === undefined) await this.#sleepUntil(wakeAtMs)
      }
    }
    return this.#end
  }

  async #reading<T>(read: Promise<T>): Promise<T> {
    this.#readsUnderWay += 1
    try {
      return await read
    } finally {
      this.#readsUnderWay -= 1
    }
  }

  /** Ends the work when all that is left waits for too long, or has waited too long behind what is held. */
  #endIfHopeless(wakeAtMs: number | undefined): void {
    // A call in flight ends within its deadline, and the last look at a file of 100 GB with the file.
    if (this.#moreToCome || this.#readsUnderWay > 0 || this.#tools.calls.isUnderWay) return
    const holds = [...this.#active.values()].flatMap(({ hold }) => hold ?? [])
    const untilMs = Math.min(...holds.map((hold) => hold.untilMs), wakeAtMs ?? Infinity)
    const patienceMs = this.#patienceMs()
    const allWait = holds.length === this.#active.size
    if (allWait ? untilMs - this.#now() <= patienceMs : patienceMs >= 0) return
    const error = holds[0]?.error ?? this.#whyWaiting()
    if (error !== undefined) this.#endWith({ kind: 'waiting', error, untilMs })
  }

  /** Returns how much longer the work may wait without progress before it is given up. */
  #patienceMs(): number {
    const waitedMs = this.#tools.clock.steadyMs() - this.#lastProgressAtMs
    return this.#options.longestWaitMs - waitedMs
  }

  /** Returns the error for which a transfer without an active run waits. */
  #whyWaiting(): TransferError | undefined {
    const { store } = this.#tools
    const waiting = { ...this.#options, kinds: ['waiting'] as const }
    const state = store
      .list(waiting, { offset: 0, limit: MOST_ASKED })
      .find((transfer) => this.#isOurs(transfer))?.state
    return state?.kind === 'waiting' ? new TransferError(state.error.code, state.error) : undefined
  }

  #isOurs({ account }: Transfer): boolean {
    const { account: ours } = this.#options
    if (ours === undefined || account === ours.identity) return true
    return account === undefined && ours.orNone
  }

  /**
   * Waits for the removal of leftovers in documents: part of the work, but not worth a day's wait.
   */
  async #swept(): Promise<void> {
    const alarm = new AbortController()
    const patienceMs = Math.min(this.#options.longestWaitMs, LONGEST_SWEEP_MS)
    const signal = AbortSignal.any([alarm.signal, this.#stopping.signal])
    const patience = this.#tools.clock.sleep(patienceMs, signal).catch(() => {})
    await Promise.race([this.#sweeping, patience])
    alarm.abort()
  }

  #sweep(): void {
    this.#sweeping = this.#leftovers.sweep()
  }

  /** One run more than there are lanes, so that the next file is read while others are under way. */
  #room(): number {
    if (this.#isPaused || this.#restEndMs() !== undefined) return 0
    // A file that is being attached is uploaded, and no longer needs a lane.
    const busy = [...this.#active.values()].filter(
      ({ hold, step }) => hold === null && step.kind !== 'attaching',
    ).length
    return Math.min(this.#tools.calls.lanes + 1 - busy, MOST_RUNS - this.#active.size)
  }

  /** When the account is tried again; undefined when it may be used. */
  #restEndMs(): number | undefined {
    const rest = this.#rest
    return rest !== undefined && isOn(rest, this.#now()) ? rest.untilMs : undefined
  }

  #accountBlocked(error: TransferError): void {
    if (!this.#moreToCome || lookUp(error).mayPass !== true) {
      this.#endWith({ kind: 'account-blocked', error })
      return
    }
    const rest = pauseFrom(this.#now(), REFUSED_REST_MS)
    this.#rest = rest
    this.events.emit('waiting', { ...rest, reason: 'server', error })
    void this.halt(this.#active.keys())
  }

  /** Starts transfers that are ready. Returns whether there were any. */
  #startReady(room: number): boolean {
    const { store } = this.#tools
    const nowMs = this.#now()
    // A held run is `waiting` on disk and may look due there; it resumes by itself.
    const isNew = ({ id }: Transfer) => !this.#active.has(id)
    const ready = chooseRuns({
      ...{ tools: this.#tools, room, nowMs, active: [...this.#active.values()] },
      ready: (limit) => {
        let documents = [...this.#active.values()].filter((run) => run.makesDocument).length
        return store
          .ready(this.#options, limit + this.#active.size, nowMs)
          .filter((each) => isNew(each) && (!makesDocument(each) || documents++ < MOST_DOCUMENTS))
      },
      // A command that works on one batch leaves the others' alone.
      mayBegin: (each) =>
        this.#options.batchId === undefined &&
        isNew(each) &&
        this.#isOurs(each) &&
        !makesDocument(each),
    })
    for (const transfer of ready) {
      const reason = this.#blockedTargets.reason(transfer, this.#now())
      if (reason === undefined) this.#start(transfer)
      else this.#save(transfer.id, { kind: 'blocked', error: this.#info(reason) })
    }
    return ready.length > 0
  }

  #start(transfer: Transfer): void {
    const { id } = transfer
    const active: ActiveRun = {
      rank: this.#runsStarted++,
      makesDocument: makesDocument(transfer),
      isWhole: goesInOneCall(transfer, this.#tools),
      hold: null,
      step: { kind: 'started' },
      halted: new AbortController(),
      finished: Promise.resolve(),
    }
    this.#active.set(id, active)
    this.#save(id, active.step)
    active.finished = runTransfer(this.#runOf(transfer, active))
      .then((result) => this.#outcomes.settle(transfer, result))
      .catch((error: unknown) => this.#interrupted(id, error, active))
      .finally(() => {
        this.#active.delete(id)
        this.#sweep()
        this.#wakeUp.wake()
      })
  }

  #runOf(transfer: Transfer, active: ActiveRun): Run {
    const { id } = transfer
    let inFlightBytes = 0
    let { sentBytes } = transfer
    const report = () => this.events.emit('progress', { id, sentBytes, inFlightBytes })
    return {
      tools: this.#tools,
      transfer,
      context: {
        rank: active.rank,
        stopping: AbortSignal.any([this.#stopping.signal, active.halted.signal]),
        aborted: AbortSignal.any([this.#aborted.signal, active.halted.signal]),
        onHold: (hold) => this.#hold(id, active, hold),
        onCall: () => this.#tools.store.noteCall(id),
        onVanished: (copies) => this.events.emit('vanished', copies),
      },
      move: (event) => {
        if (event.kind === 'landed') {
          // The store has written the end of a transfer together with its receipt.
          this.#announce(id)
          return
        }
        active.step = event
        this.#save(id, event)
        if (event.kind === 'attaching') this.#wakeUp.wake()
        sentBytes = this.#tools.store.get(id)?.sentBytes ?? 0
      },
      note: (note) => this.events.emit('note', { transfer, note }),
      acknowledged: (sizeBytes) => {
        sentBytes += sizeBytes
        inFlightBytes -= sizeBytes
        this.#progressed()
        report()
      },
      inFlight: (bytes) => {
        inFlightBytes += bytes
        report()
      },
      part: (seq, step) => this.events.emit('part', { id, seq, step }),
    }
  }

  #hold(id: string, active: ActiveRun, hold: Hold | null): void {
    active.hold = hold
    this.#wakeUp.wake()
    if (hold === null) {
      this.#save(id, active.step)
      return
    }
    const { reason, untilMs } = hold
    this.#save(id, { kind: 'held', reason, untilMs, error: this.#info(hold.error) })
    this.events.emit('waiting', hold)
  }

  #interrupted(id: string, error: unknown, active?: ActiveRun): void {
    if (!this.#stopping.signal.aborted && active?.halted.signal.aborted !== true) {
      this.#endWith({ kind: 'fatal', error: asTransferError(error) })
    }
    try {
      this.#save(id, { kind: 'interrupted' })
      // A person's pause or cancel was saved before the calls that it cut off were counted.
      this.#tools.store.saveCalls(id)
    } catch {
      // The disk that ended the work fails here too. The next start finds the transfer interrupted.
    }
  }

  /** Commit, then show. */
  #save(id: string, event: TransferEvent): void {
    const { store } = this.#tools
    const transfer = store.get(id)
    if (transfer === undefined) return
    const state = nextState(transfer.state, event)
    if (state === transfer.state) return
    store.saveState(id, state)
    this.events.emit('transfer', { ...transfer, state })
  }

  #announce(id: string): void {
    const transfer = this.#tools.store.get(id)
    if (transfer !== undefined) this.events.emit('transfer', transfer)
  }

  #progressed(): void {
    this.#lastProgressAtMs = this.#tools.clock.steadyMs()
  }

  #endWith(end: WorkEnd): WorkEnd {
    this.#end ??= end
    this.#stopping.abort(new Error(end.kind))
    this.#wakeUp.wake()
    return this.#end
  }

  async #sleepUntil(atMs: number | undefined): Promise<void> {
    const nowMs = this.#now()
    // A transfer that is due already and was not started belongs to a held run.
    const wakeAtMs = atMs !== undefined && atMs <= nowMs ? nowMs + NEXT_LOOK_MS : atMs
    const patienceMs = this.#patienceMs()
    const isHeld = [...this.#active.values()].some(({ hold }) => hold !== null)
    const mayGiveUp = isHeld && !this.#moreToCome
    const giveUpMs = mayGiveUp ? (patienceMs >= 0 ? patienceMs + 1 : LOOK_EVERY_MS) : Infinity
    const dueMs = wakeAtMs === undefined ? Infinity : Math.min(wakeAtMs - nowMs, LOOK_EVERY_MS)
    await this.#wakeUp.sleep(Math.min(dueMs, giveUpMs))
  }

  #info(error: TransferError) {
    return errorInfo(error, this.#now())
  }

  #now(): number {
    return this.#tools.clock.nowMs()
  }
}

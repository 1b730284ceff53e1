import { EventEmitter } from 'node:events'
import type { WorkOptions } from '#main/engine/engine.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { type LiveState, PAUSE_REASONS, type PauseReason } from '#shared/contract/live-state.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Hold, WorkEnd } from '#shared/model/work.ts'
import type { Connection } from '../open-engine.ts'
import type { Member } from './account-keeper.ts'
import { AccountWorker, passOn, type WorkerEvents } from './account-worker.ts'
import { blockTransfersOf, settleOrphans } from './orphans.ts'

/** Work that comes to an end by itself. */
interface UntilSettled extends Omit<WorkOptions, 'account'> {
  /** Accounts that will get work, besides those that have some. */
  readonly accounts: readonly string[]
}

export interface WorkerOptions {
  readonly clock: Clock
  readonly transfers: Stores['transfers']
  /** `stopped`: an engine for each account, for ever. Else one for each account that has work, until it is done. */
  readonly until: 'stopped' | UntilSettled
  /** Accounts that may act as things are now, the one in use leading. */
  members(): Member[]
  connect(member: Member): Promise<Connection>
  /** The accounts cannot be read now. */
  onFault(error: unknown): void
}

/** Of several states the one that says most about how things are going. */
const TELLING: readonly LiveState['engine']['kind'][] = [
  'paused',
  'working',
  'offline',
  'idle',
  'blocked',
  'stopped',
]

/** Of several ends the most serious one. */
const GRAVITY: readonly WorkEnd['kind'][] = [
  'fatal',
  'stopped',
  'account-blocked',
  'waiting',
  'settled',
]

const PASSED_ON = [
  'changed',
  'engine',
  'transfer',
  'progress',
  'part',
  'note',
  'waiting',
  'vanished',
] as const

type ShouldBegin = (member: Member, before: Member | undefined) => boolean

/** Keeps the queue moving with an engine for each account: one that is stuck does not hold up the others. */
export class Worker {
  readonly events = new EventEmitter<WorkerEvents>()
  readonly #options: WorkerOptions
  readonly #workers = new Map<string, AccountWorker>()
  readonly #reasonsToPause = new Set<PauseReason>()
  #members: readonly Member[] = []
  #changing: Promise<void> = Promise.resolve()
  #moreToCome: boolean
  #isClosed = false

  constructor(options: WorkerOptions) {
    const { until } = options
    this.#options = options
    this.#moreToCome = until === 'stopped' || until.moreToCome === true
  }

  /** As the account in use. */
  get connection(): Connection | undefined {
    const [first] = this.#members
    return first && this.#workers.get(first.identity)?.connection
  }

  /** As this account; undefined: as the one in use. */
  connectionOf(identity: string | undefined): Connection | undefined {
    return identity === undefined ? this.connection : this.#workers.get(identity)?.connection
  }

  /** The hold that calls wait for at present. */
  get hold(): Hold | undefined {
    return this.#all.map(({ hold }) => hold).find((hold) => hold !== undefined)
  }

  get isPaused(): boolean {
    return this.#reasonsToPause.size > 0
  }

  /** @param hasWork whether there is anything that could be worked on */
  state(hasWork: boolean): LiveState['engine'] {
    const states = this.#all.map((worker) => worker.state(hasWork))
    const [telling] = states.toSorted((a, b) => TELLING.indexOf(a.kind) - TELLING.indexOf(b.kind))
    const pausedBy = PAUSE_REASONS.find((reason) => this.#reasonsToPause.has(reason))
    return {
      ...(telling ?? { kind: 'no-account', error: null }),
      ...(pausedBy !== undefined && { pausedBy }),
    }
  }

  /** Accounts that cannot act at present, and why. */
  get troubles(): { identity: string; error: NonNullable<LiveState['engine']['error']> }[] {
    return [...this.#workers].flatMap(([identity, worker]) => {
      const { kind, error } = worker.state(false)
      return error !== null && (kind === 'blocked' || kind === 'stopped')
        ? [{ identity, error }]
        : []
    })
  }

  /** Begins, or begins again with other accounts or settings. */
  restart(): Promise<void> {
    return this.#change(() => true)
  }

  /** Begins again with other settings, without waiting for it. */
  restartSoon(): void {
    this.restart().catch(this.#options.onFault)
  }

  /** Accounts came or went: those that came begin with what waited for them, and the others are not disturbed. */
  adjust(): Promise<void> {
    return this.#change(this.#isNew, true)
  }

  /**
   * Works until every engine has come to its end, those that join meanwhile included. A fatal end ends them all.
   * @returns the most serious end
   */
  async work(): Promise<WorkEnd> {
    await this.#change(this.#isNew)
    let all: readonly AccountWorker[]
    let ends: (WorkEnd | undefined)[]
    do {
      all = this.#all
      ends = await Promise.all(all.map(({ ended }) => ended))
      await this.#changing
    } while (this.#all.length !== all.length || this.#all.some((each, at) => each !== all[at]))
    const wasStopped = this.#isClosed
    this.#isClosed = true
    const [gravest] = ends
      .filter((end) => end !== undefined)
      .toSorted((a, b) => GRAVITY.indexOf(a.kind) - GRAVITY.indexOf(b.kind))
    return gravest ?? { kind: wasStopped ? 'stopped' : 'settled' }
  }

  /** All there is to do is queued: work ends when that is settled. */
  noMore(): void {
    this.#moreToCome = false
    for (const worker of this.#all) worker.noMore()
  }

  async close(graceMs: number): Promise<void> {
    this.#isClosed = true
    await this.#changing
    await Promise.all(this.#all.map((worker) => worker.close(graceMs)))
  }

  /**
   * Notes that a transfer was queued or may run again. Work that has to run forever is restarted
   * after its end.
   */
  nudge(): void {
    // Changes that become final at the very end are on disk for the next start.
    if (this.#isClosed) return
    if (this.#options.until === 'stopped') this.#settleOrphans()
    // An account may have its first work.
    else this.adjust().catch(this.#options.onFault)
    for (const worker of this.#all) worker.nudge()
  }

  /** Requeues what waits for this account, which has signed in again. */
  goOnFor(identity: string): void {
    this.#requeue(identity)
    this.nudge()
  }

  /** Ends all waits, also of places and accounts that were refused. */
  tryNow(): void {
    for (const worker of this.#all) worker.tryNow()
  }

  /** Calls that start now open fresh sockets; those in flight are lost, and repeated. */
  async resetConnections(): Promise<void> {
    await Promise.all(this.#all.map((worker) => worker.resetConnections()))
  }

  async halt(ids: readonly string[]): Promise<void> {
    await Promise.all(this.#all.map((worker) => worker.halt(ids)))
  }

  isAtWork(id: string): boolean {
    return this.#all.some((worker) => worker.isAtWork(id))
  }

  /** All stands still as long as there is any reason for it. */
  async pause(reason: PauseReason, paused: boolean): Promise<void> {
    if (this.#reasonsToPause.has(reason) === paused) return
    if (paused) this.#reasonsToPause.add(reason)
    else this.#reasonsToPause.delete(reason)
    this.events.emit('changed')
    const reasons = new Set(this.#reasonsToPause)
    await Promise.all(this.#all.map((worker) => worker.pause(reasons)))
  }

  readonly #isNew: ShouldBegin = ({ identity, orNone }, before) =>
    !this.#workers.has(identity) || before?.orNone !== orNone

  #change(shouldBegin: ShouldBegin, requeues = false): Promise<void> {
    const change = this.#changing.then(async () => {
      if (this.#isClosed) return
      const before = new Map(this.#members.map((member) => [member.identity, member]))
      this.#members = this.#options.members()
      await this.#closeGone()
      const came = this.#members.filter(({ identity }) => !this.#workers.has(identity))
      if (requeues) for (const { identity } of came) this.#requeue(identity)
      this.#settleOrphans()
      const changed = this.#withWork().filter((member) =>
        shouldBegin(member, before.get(member.identity)),
      )
      await Promise.all(changed.map((member) => this.#begin(member)))
      this.events.emit('changed')
    })
    // The next change is made even if this one could not be.
    this.#changing = change.catch(() => {})
    return change
  }

  async #closeGone(): Promise<void> {
    const present = new Set(this.#members.map(({ identity }) => identity))
    const gone = [...this.#workers].filter(([identity]) => !present.has(identity))
    for (const [identity] of gone) this.#workers.delete(identity)
    await Promise.all(gone.map(([, worker]) => worker.close(0)))
  }

  /** Accounts that get an engine. */
  #withWork(): readonly Member[] {
    const { until, transfers } = this.#options
    if (until === 'stopped') return this.#members
    const wanted = new Set([...transfers.accountsWithWork(), ...until.accounts])
    return this.#members.filter(({ identity }, at) => at === 0 || wanted.has(identity))
  }

  async #begin({ identity }: Member): Promise<void> {
    const worker = this.#workerOf(identity)
    await worker.restart()
    if (this.#options.until === 'stopped' || worker.problem === undefined) return
    // A run that ends says so file by file.
    this.#workers.delete(identity)
    this.#tell(blockTransfersOf(identity, worker.problem, this.#queue))
  }

  #requeue(identity: string): void {
    const blocked = this.#options.transfers.requeueBlocked({ identity, orNone: false })
    if (blocked > 0) this.events.emit('requeued')
  }

  get #all(): AccountWorker[] {
    return [...this.#workers.values()]
  }

  #workerOf(identity: string): AccountWorker {
    const known = this.#workers.get(identity)
    if (known !== undefined) return known
    const { clock, until, connect } = this.#options
    const { batchId = undefined, longestWaitMs = Number.MAX_SAFE_INTEGER } =
      until === 'stopped' ? {} : until
    const member = () => this.#members.find((each) => each.identity === identity)
    const worker = new AccountWorker({
      clock,
      isForEver: until === 'stopped',
      work: () => ({
        account: { identity, orNone: member()?.orNone ?? false },
        moreToCome: this.#moreToCome,
        longestWaitMs,
        ...(batchId !== undefined && { batchId }),
      }),
      async connect() {
        const present = member()
        if (present === undefined) throw new TransferError('signed-out', { detail: identity })
        return connect(present)
      },
    })
    void worker.pause(new Set(this.#reasonsToPause))
    passOn(PASSED_ON, worker.events, this.events)
    worker.events.on('ended', (end) => {
      if (until !== 'stopped' && end.kind === 'fatal') void this.close(0)
    })
    this.#workers.set(identity, worker)
    return worker
  }

  #settleOrphans(): void {
    this.#tell(settleOrphans(this.#members, this.#queue))
  }

  get #queue() {
    const { transfers, clock, until } = this.#options
    return { transfers, clock, batchId: until === 'stopped' ? undefined : until.batchId }
  }

  #tell(ids: readonly string[]): void {
    for (const id of ids) {
      const transfer = this.#options.transfers.get(id)
      if (transfer !== undefined) this.events.emit('transfer', transfer)
    }
  }
}

import { EventEmitter } from 'node:events'
import type { Hold } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { type LiveState, PAUSE_REASONS, type PauseReason } from '#shared/contract/live-state.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Connection } from '../open-engine.ts'
import type { Member } from './account-keeper.ts'
import { AccountWorker, type WorkerEvents } from './account-worker.ts'

export interface WorkerOptions {
  readonly clock: Clock
  /** Who may act as things are now, the one in use leading. */
  members(): Member[]
  connect(member: Member): Promise<Connection>
  /** Accounts that transfers wait for; undefined stands for none in particular. */
  accountsWithWork(): readonly (string | undefined)[]
  /** Nobody can act for these: somebody has to sign in. */
  strand(identity: string, error: TransferError): void
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

/** Keeps the queue moving with an engine for each account: who is stuck does not hold up the others. */
export class Worker {
  readonly events = new EventEmitter<WorkerEvents>()
  readonly #options: WorkerOptions
  readonly #workers = new Map<string, AccountWorker>()
  readonly #reasonsToPause = new Set<PauseReason>()
  #members: readonly Member[] = []
  #changing: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(options: WorkerOptions) {
    this.#options = options
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

  /** What calls wait for at present. */
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

  /** Accounts that can not act at present, and why. */
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

  /** Accounts came or went: those who came begin, and who stays is not disturbed. */
  adjust(): Promise<void> {
    return this.#change((member, before) => before?.orNone !== member.orNone)
  }

  async close(graceMs: number): Promise<void> {
    this.#isClosed = true
    await this.#changing
    await Promise.all(this.#all.map((worker) => worker.close(graceMs)))
  }

  /** Something was queued or may run again. Work that had come to an end is taken up anew. */
  nudge(): void {
    // What becomes final at the very end has nobody to do it; it is on disk for the next start.
    if (this.#isClosed) return
    this.#strandOrphans()
    for (const worker of this.#all) worker.nudge()
  }

  /** Places that refused files are tried again. */
  forgetRefusals(): void {
    for (const worker of this.#all) worker.forgetRefusals()
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

  #change(isAnew: (member: Member, before: Member | undefined) => boolean): Promise<void> {
    this.#changing = this.#changing.then(async () => {
      if (this.#isClosed) return
      const before = new Map(this.#members.map((member) => [member.identity, member]))
      this.#members = this.#options.members()
      const present = new Set(this.#members.map(({ identity }) => identity))
      const gone = [...this.#workers].filter(([identity]) => !present.has(identity))
      for (const [identity] of gone) this.#workers.delete(identity)
      await Promise.all(gone.map(([, worker]) => worker.close(0)))
      this.#strandOrphans()
      const anew = this.#members.filter((member) => isAnew(member, before.get(member.identity)))
      await Promise.all(anew.map((member) => this.#workerOf(member).restart()))
      this.events.emit('changed')
    })
    return this.#changing
  }

  get #all(): AccountWorker[] {
    return [...this.#workers.values()]
  }

  #workerOf({ identity }: Member): AccountWorker {
    const known = this.#workers.get(identity)
    if (known !== undefined) return known
    const member = () => this.#members.find((each) => each.identity === identity)
    const worker = new AccountWorker({
      clock: this.#options.clock,
      identity,
      orNone: () => member()?.orNone ?? false,
      connect: async () => {
        const present = member()
        if (present === undefined) throw new TransferError('signed-out', { detail: identity })
        return this.#options.connect(present)
      },
    })
    void worker.pause(new Set(this.#reasonsToPause))
    const { events } = worker
    events.on('changed', () => this.events.emit('changed'))
    events.on('engine', (engine) => this.events.emit('engine', engine))
    events.on('transfer', (transfer) => this.events.emit('transfer', transfer))
    events.on('progress', (progress) => this.events.emit('progress', progress))
    events.on('part', (part) => this.events.emit('part', part))
    events.on('vanished', (copies) => this.events.emit('vanished', copies))
    this.#workers.set(identity, worker)
    return worker
  }

  /** Transfers of accounts that have signed out say so. */
  #strandOrphans(): void {
    if (this.#members.length === 0) return
    const known = new Set(this.#members.map(({ identity }) => identity))
    for (const identity of this.#options.accountsWithWork()) {
      if (identity === undefined || known.has(identity)) continue
      this.#options.strand(identity, new TransferError('signed-out', { detail: identity }))
    }
  }
}

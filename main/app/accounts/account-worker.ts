import { EventEmitter } from 'node:events'
import type { Engine, EngineEvents, WorkOptions } from '#main/engine/engine.ts'
import type { Clock } from '#main/lib/clock.ts'
import { isOn } from '#main/lib/pause.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { asTransferError, type ErrorInfo, errorInfo } from '#shared/errors/transfer-error.ts'
import type { Hold, WorkEnd } from '#shared/model/work.ts'
import type { Connection } from '../open-engine.ts'

export interface WorkerEvents
  extends Pick<EngineEvents, 'transfer' | 'progress' | 'part' | 'note' | 'waiting' | 'vanished'> {
  /** The state is another one now. */
  changed: []
  /** Blocked transfers of an account that is back are queued again. */
  requeued: []
  /** An engine has come to its end by itself. */
  ended: [WorkEnd]
  /** An engine of its own for every connection. */
  engine: [Engine]
}

export interface AccountWorkerOptions {
  readonly clock: Clock
  /** Work that has come to its end is taken up again when there is more to do. */
  readonly isForEver: boolean
  /** The work as things are now. */
  work(): WorkOptions
  /** The way to Feishu as things are set now. */
  connect(): Promise<Connection>
}

/** Calls in flight may come back for so long when the connection is replaced or closed. */
const STOP_GRACE_MS = 1_000

/** Keeps one account's part of the queue moving as long as the program runs, whatever settings it runs with. */
export class AccountWorker {
  readonly events = new EventEmitter<WorkerEvents>()
  readonly #options: AccountWorkerOptions
  #connection: Connection | undefined
  #engine: Engine | undefined
  #end: WorkEnd | undefined
  #problem: ErrorInfo | undefined
  #hold: Hold | undefined
  #reasonsToPause: ReadonlySet<string> = new Set()
  #ended: Promise<WorkEnd> | undefined
  #replacing: Promise<void> = Promise.resolve()

  constructor(options: AccountWorkerOptions) {
    this.#options = options
  }

  get connection(): Connection | undefined {
    return this.#connection
  }

  /** The end of the engine that began last. */
  get ended(): Promise<WorkEnd> | undefined {
    return this.#ended
  }

  /** The reason why there is no connection. */
  get problem(): ErrorInfo | undefined {
    return this.#problem
  }

  /** The hold that calls wait for at present. */
  get hold(): Hold | undefined {
    const hold = this.#hold
    return hold !== undefined && isOn(hold, this.#options.clock.nowMs()) ? hold : undefined
  }

  get isPaused(): boolean {
    return this.#reasonsToPause.size > 0
  }

  /** @param hasWork whether there is anything that could be worked on */
  state(hasWork: boolean): LiveState['engine'] {
    if (this.#problem !== undefined) {
      const { policy } = lookUp(this.#problem)
      return { kind: policy === 'block-account' ? 'blocked' : 'stopped', error: this.#problem }
    }
    const end = this.#end
    if (end !== undefined && 'error' in end) {
      const error = errorInfo(end.error, this.#options.clock.nowMs())
      return { kind: end.kind === 'account-blocked' ? 'blocked' : 'stopped', error }
    }
    if (this.isPaused) return { kind: 'paused', error: null }
    const { hold } = this
    if (hold !== undefined) {
      const error = errorInfo(hold.error, this.#options.clock.nowMs())
      if (lookUp(error).policy === 'block-account') return { kind: 'blocked', error }
      if (hold.reason === 'network') return { kind: 'offline', error }
    }
    return { kind: hasWork ? 'working' : 'idle', error: null }
  }

  /** Begins, or begins again with other settings. */
  restart(): Promise<void> {
    this.#replacing = this.#replacing.then(async () => {
      await this.#letGo(STOP_GRACE_MS)
      this.#problem = undefined
      try {
        this.#connection = await this.#options.connect()
        this.#begin(this.#connection)
      } catch (error) {
        this.#problem = errorInfo(asTransferError(error), this.#options.clock.nowMs())
      }
      this.events.emit('changed')
    })
    return this.#replacing
  }

  close(graceMs: number): Promise<void> {
    this.#replacing = this.#replacing.then(() => this.#letGo(graceMs))
    return this.#replacing
  }

  noMore(): void {
    this.#engine?.noMore()
  }

  /** Notes that a transfer was queued or may run again. Ended work is restarted. */
  nudge(): void {
    const isOver = this.#end !== undefined || this.#problem !== undefined
    if (isOver && this.#options.isForEver) void this.restart()
    else this.#engine?.nudge()
  }

  /** Ends all waits, also of places and an account that were refused. */
  tryNow(): void {
    this.#hold = undefined
    this.#engine?.tryNow()
  }

  /** Calls that start now open fresh sockets; those in flight are lost, and repeated. */
  async resetConnections(): Promise<void> {
    await this.#connection?.resetConnections()
  }

  halt(ids: readonly string[]): Promise<void> {
    return this.#engine?.halt(ids) ?? Promise.resolve()
  }

  isAtWork(id: string): boolean {
    return this.#engine?.isAtWork(id) ?? false
  }

  /** All stands still as long as there is any reason for it. */
  async pause(reasons: ReadonlySet<string>): Promise<void> {
    this.#reasonsToPause = reasons
    this.#hold = undefined
    this.events.emit('changed')
    if (this.isPaused) await this.#engine?.pause()
    else this.#engine?.unpause()
  }

  #begin(connection: Connection): void {
    const engine = connection.worker(this.#options.work())
    this.#engine = engine
    this.#end = undefined
    if (this.isPaused) void engine.pause()
    passOn(['transfer', 'progress', 'part', 'note', 'vanished'], engine.events, this.events)
    engine.events.on('waiting', (hold) => {
      this.#hold = hold
      this.events.emit('waiting', hold)
      this.events.emit('changed')
    })
    this.events.emit('engine', engine)
    this.#ended = engine.work()
    void this.#ended.then((end) => {
      if (this.#engine !== engine) return
      this.#end = end
      this.events.emit('ended', end)
      this.events.emit('changed')
    })
  }

  async #letGo(graceMs: number): Promise<void> {
    const engine = this.#engine
    const connection = this.#connection
    this.#engine = undefined
    this.#connection = undefined
    this.#hold = undefined
    this.#end = undefined
    await engine?.stop(graceMs)
    await connection?.close()
  }
}

type Emitter = Pick<EventEmitter, 'on' | 'emit'>

/** Emits again what another emitter emits. */
export function passOn(names: readonly (keyof WorkerEvents)[], from: Emitter, to: Emitter): void {
  for (const name of names) from.on(name, (...values: unknown[]) => to.emit(name, ...values))
}

/** The record of every call, and waiting for one. */
import { EventEmitter } from 'node:events'

/**
 * The outcome of a call: it took effect, it was a question and was answered, it was turned down (by
 * a rule or an ordered error), the simulator reset the connection or fell silent before any effect,
 * or the client went away before any effect.
 */
export type CallFate =
  | 'pending'
  | 'committed'
  | 'answered'
  | 'refused'
  | 'reset'
  | 'stalled'
  | 'aborted'

export interface CallRecord {
  /** Counts from 1. */
  readonly number: number
  readonly endpoint: string
  /** Arrival of the request's head as it was noticed, server time. */
  readonly atMs: number
  /** It may have been there since then: a busy process notices late. */
  readonly notBeforeMs: number
  readonly app?: string
  readonly identity?: string
  /** The ids in the path, joined by slashes: of a Base and its table, of a document and its block. */
  readonly target?: string
  readonly uploadId?: string
  readonly seq?: number
  readonly fileName?: string
  /** Of the file or folder the call made. */
  readonly fileToken?: string
  /** Calls of the same app in flight at arrival, this one included; 0 for calls that are not counted. */
  readonly inFlight: number
  /** Undefined until the answer is written, and for ever when none is. */
  readonly httpStatus?: number
  readonly code?: number
  /** A call may be committed and yet not answered. */
  readonly fate: CallFate
  /** The whole answer went out. */
  readonly answered: boolean
}

/**
 * Head read; fields known; effect taken; outcome certain. `left` is when a call no longer counts as
 * being in flight: just before its answer goes out, or when its connection has closed.
 */
export type CallPhase = 'arrived' | 'identified' | 'committed' | 'left' | 'settled'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
export type OpenCall = Mutable<CallRecord>

/** The interval between checks that the process has a free moment. */
const PULSE_MS = 5

export class CallLog {
  readonly #calls: OpenCall[] = []
  readonly #events = new EventEmitter<Record<CallPhase | 'changed', [CallRecord]>>()
  readonly #abandon = new Set<(reason: Error) => void>()
  readonly #nowMs: () => number
  readonly #pulse: NodeJS.Timeout
  #lastFreeMs: number
  #count = 0

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
    this.#lastFreeMs = nowMs()
    this.#pulse = setInterval(() => {
      this.#lastFreeMs = nowMs()
    }, PULSE_MS).unref()
    this.#events.setMaxListeners(0)
  }

  get all(): readonly CallRecord[] {
    return this.#calls
  }

  open(endpoint: string): OpenCall {
    const call: OpenCall = {
      number: ++this.#count,
      endpoint,
      atMs: this.#nowMs(),
      notBeforeMs: this.#lastFreeMs,
      inFlight: 0,
      fate: 'pending',
      answered: false,
    }
    this.#calls.push(call)
    return call
  }

  /** Tells listeners and waiters that a call has moved on. */
  report(phase: CallPhase, call: CallRecord): void {
    this.#events.emit(phase, call)
    this.#events.emit('changed', call)
  }

  /** Listens to one phase of every call. The returned function ends that. */
  on(phase: CallPhase, listener: (call: CallRecord) => void): () => void {
    this.#events.on(phase, listener)
    return () => this.#events.off(phase, listener)
  }

  /** The first call, past or to come, that the predicate accepts; it is asked at every phase. */
  wait(predicate: (call: CallRecord) => boolean): Promise<CallRecord> {
    const known = this.#calls.find(predicate)
    if (known !== undefined) return Promise.resolve(known)
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#events.off('changed', check)
        this.#abandon.delete(fail)
      }
      const check = (call: CallRecord) => {
        if (!predicate(call)) return
        stop()
        resolve(call)
      }
      const fail = (reason: Error) => {
        stop()
        reject(reason)
      }
      this.#events.on('changed', check)
      this.#abandon.add(fail)
    })
  }

  clear(): void {
    this.#calls.length = 0
  }

  /** Waiters for calls that can no longer come are rejected. */
  close(): void {
    clearInterval(this.#pulse)
    for (const fail of [...this.#abandon]) fail(new Error('the simulator was closed'))
  }
}

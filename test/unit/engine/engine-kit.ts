import type {
  CallContext,
  FeishuApi,
  MemoStore,
  QuotaStore,
  SendOptions,
} from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { pauseFrom } from '#main/lib/pause.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { type ErrorContext, TransferError } from '#shared/errors/transfer-error.ts'
import type { Hold } from '#shared/model/work.ts'

/** A quota ledger in memory that can be told to fail. */
export class MemoryQuota implements QuotaStore {
  readonly calls: { endpoint: string; dayKey: string; atMs: number }[] = []
  /** Thrown by the next writes, as long as it is set. */
  countFailure: unknown
  readFailure: unknown

  countCall(_appKey: string, endpoint: string, dayKey: string, atMs: number): number {
    if (this.countFailure !== undefined) throw this.countFailure
    this.calls.push({ endpoint, dayKey, atMs })
    return this.callsUsed('', endpoint, dayKey)
  }

  callsUsed(_appKey: string, endpoint: string, dayKey: string): number {
    if (this.readFailure !== undefined) throw this.readFailure
    return this.calls.filter((call) => call.endpoint === endpoint && call.dayKey === dayKey).length
  }

  lastCallAtMs(_appKey: string, endpoint: string): number | undefined {
    const times = this.calls.filter((call) => call.endpoint === endpoint).map(({ atMs }) => atMs)
    return times.length === 0 ? undefined : Math.max(...times)
  }

  usage(): { endpoint: string; calls: number }[] {
    return []
  }

  /** As if so many calls had been made on a day. */
  pretend(calls: number, endpoint: string, dayKey: string, atMs: number): void {
    for (let call = 0; call < calls; call++) this.calls.push({ endpoint, dayKey, atMs })
  }
}

/** Memos in memory; values go through JSON, as on disk. */
export class MemoryMemos implements MemoStore {
  readonly values = new Map<string, string>()
  writes = 0
  failure: unknown

  recall<T>(key: string): T | undefined {
    const value = this.values.get(key)
    return value === undefined ? undefined : (JSON.parse(value) as T)
  }

  remember(key: string, value: unknown): void {
    if (this.failure !== undefined) throw this.failure
    this.writes += 1
    this.values.set(key, JSON.stringify(value))
  }
}

export interface TestContext extends CallContext {
  readonly holds: (Hold | null)[]
  readonly stop: AbortController
  readonly cutOff: AbortController
}

/** On whose behalf a test calls. */
export function aContext(rank = 0, onHold?: (hold: Hold | null) => void): TestContext {
  const stop = new AbortController()
  const cutOff = new AbortController()
  const holds: (Hold | null)[] = []
  return {
    rank,
    stopping: stop.signal,
    aborted: cutOff.signal,
    onHold: (hold) => {
      holds.push(hold)
      onHold?.(hold)
    },
    holds,
    stop,
    cutOff,
  }
}

export function aHold(clock: Pick<Clock, 'nowMs'>, ms: number, code: ErrorCode = 99991400): Hold {
  return { ...pauseFrom(clock.nowMs(), ms), reason: 'rate-limit', error: failure(code) }
}

export function failure(code: ErrorCode, context: ErrorContext = {}): TransferError {
  const error = new TransferError(code, context)
  // A test about an unknown code would test nothing.
  lookUp(error)
  return error
}

type Method =
  | 'uploadAll'
  | 'prepare'
  | 'sendPart'
  | 'finish'
  | 'listFolder'
  | 'createFolder'
  | 'readFile'

export interface ApiCall {
  readonly method: Method
  // biome-ignore lint/suspicious/noExplicitAny: each method has its own request
  readonly request: any
  readonly options: SendOptions
}

/** The reaction of a scripted API to a call: returns the answer, or throws. */
export type Answerer = (call: ApiCall) => unknown

/** Feishu as a script: a function answers every call, and every call is kept. */
export class ScriptedApi implements FeishuApi {
  identity = 'app:test'
  clockOffsetMs: number | undefined = 0
  readonly calls: ApiCall[] = []
  readonly #answer: Answerer

  constructor(answer: Answerer) {
    this.#answer = answer
  }

  readonly uploadAll: FeishuApi['uploadAll'] = (request, options) =>
    this.#send('uploadAll', request, options)
  readonly prepare: FeishuApi['prepare'] = (request, options) =>
    this.#send('prepare', request, options)
  readonly sendPart: FeishuApi['sendPart'] = (request, options) =>
    this.#send('sendPart', request, options)
  readonly finish: FeishuApi['finish'] = (request, options) =>
    this.#send('finish', request, options)
  readonly listFolder: FeishuApi['listFolder'] = (request, options) =>
    this.#send('listFolder', request, options)
  readonly readFile: FeishuApi['readFile'] = (request, options) =>
    this.#send('readFile', request, options)
  readonly createFolder: FeishuApi['createFolder'] = (request, options) =>
    this.#send('createFolder', request, options)

  async resetConnections(): Promise<void> {}
  async close(): Promise<void> {}

  /** The calls of one kind, in the order they came. */
  made(method: Method): ApiCall[] {
    return this.calls.filter((call) => call.method === method)
  }

  async #send<T>(method: Method, request: unknown, options: SendOptions): Promise<T> {
    const call = { method, request, options }
    this.calls.push(call)
    options.onSent?.()
    return (await this.#answer(call)) as T
  }
}

/** Answers each call with the next step of a list: an error is thrown, everything else returned. */
export function inTurn(...steps: readonly unknown[]): Answerer {
  let next = 0
  return () => {
    if (next >= steps.length) throw new Error(`call ${next + 1} was not expected`)
    const step = steps[next++]
    if (step instanceof Error) throw step
    return step
  }
}

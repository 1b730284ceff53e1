/** The way of one call through the simulator: gateway checks, body, work, answer, with the faults on the way. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Identity } from './accounts.ts'
import { type Answer, failure, refused, sendAnswer, success } from './answer.ts'
import { Call, type CallFacts, Hangup } from './call.ts'
import type { CallFate, OpenCall } from './call-log.ts'
import { type FaultAction, takesEffect } from './faults.ts'
import { OAuthRefusal, Refusal } from './refusal.ts'
import { RequestBody } from './request-body.ts'
import { requireScope } from './scopes.ts'
import type { Route, Server } from './server.ts'

/** Identity of calls that need no token. */
const NOBODY: Identity = { id: '', app: '' }

export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly params: Readonly<Record<string, string>>
}

/** Serves one call from head to answer. Never rejects. */
export async function serveCall(server: Server, route: Route, exchange: Exchange): Promise<void> {
  await new CallRun(server, route, exchange).run()
}

class CallRun {
  readonly #server: Server
  readonly #route: Route
  readonly #exchange: Exchange
  readonly #record: OpenCall
  readonly #body: RequestBody
  readonly #logId: string
  #call: Call | undefined
  #settled = false
  #leaveFlight = () => {}

  constructor(server: Server, route: Route, exchange: Exchange) {
    this.#server = server
    this.#route = route
    this.#exchange = exchange
    const { closing, clock, settings } = server
    this.#record = server.log.open(route.endpoint)
    const target = Object.values(exchange.params).join('/')
    if (target !== '') this.#record.target = target
    this.#body = new RequestBody(exchange.request, { speed: settings.speed, closing })
    this.#logId = `${clock.nowMs()}${randomBytes(9).toString('hex').toUpperCase()}`
    exchange.response.sendDate = false
    exchange.response.setHeader('x-tt-logid', this.#logId)
    exchange.response.once('close', () => this.#leaveFlight())
  }

  async run(): Promise<void> {
    try {
      await this.#deliver(await this.#produce())
    } catch (error) {
      await this.#breakOff(error)
    }
    this.#leaveFlight()
    this.#settle()
  }

  /** The answer to send; the call has taken effect by then, or will not. */
  async #produce(): Promise<Answer> {
    try {
      const identity = this.#admit()
      const call = this.#open(identity)
      const commit = await this.#route.handle(call)
      await call.endOfBody()
      await this.#pass('before-commit')
      return await this.#work(commit, call.fault)
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof OAuthRefusal)) throw error
      await this.#body.drain()
      this.#record.fate = 'refused'
      return refused(error, this.#logId)
    }
  }

  /** Admits the call from the head alone, as the gateway does: token, frequency, concurrency. */
  #admit(): Identity {
    const { accounts, rate, settings, log } = this.#server
    const { open, endpoint, contentionStatus } = this.#route
    log.report('arrived', this.#record)
    if (open) return NOBODY
    const identity = accounts.identify(this.#exchange.request.headers.authorization)
    this.#record.app = identity.app
    this.#record.identity = identity.id
    requireScope(endpoint, identity, accounts.scopesOf(identity.app))
    rate.admit(identity.app, endpoint, this.#route.rate, contentionStatus)
    this.#enterPlace()
    if (contentionStatus === undefined) return identity
    this.#record.inFlight = this.#enterFlight(identity.app)
    // 分片上传文件: concurrent calls are answered with 1061045; create_folder has it with HTTP 400.
    if (settings.forbidConcurrency && this.#record.inFlight > 1) {
      throw new Refusal(1061045, undefined, { status: contentionStatus })
    }
    return identity
  }

  /** 新增记录 · 1254291: two writes to one table at once. */
  #enterPlace(): void {
    const { exclusive } = this.#route
    if (exclusive === undefined) return
    this.#record.inFlight = this.#enterFlight(exclusive.place(this.#exchange.params))
    if (this.#record.inFlight > 1) throw new Refusal(exclusive.code)
  }

  /** Counts the call as being in flight for `key` until it leaves. Returns how many are. */
  #enterFlight(key: string): number {
    const { rate, log } = this.#server
    this.#leaveFlight = () => {
      this.#leaveFlight = () => {}
      rate.leave(key)
      log.report('left', this.#record)
    }
    return rate.enter(key)
  }

  #open(identity: Identity): Call {
    const { request, params } = this.#exchange
    const { endpoint } = this.#route
    this.#call = new Call({
      record: this.#record,
      identity,
      params,
      query: new URL(request.url ?? '/', 'http://simulator').searchParams,
      headers: request.headers,
      body: this.#body,
      badBody: this.#route.badBody ?? 1061002,
      fault: this.#server.faults.take({ endpoint, target: this.#record.target }, 'head'),
      identifyCall: (facts) => this.#identify(facts),
    })
    return this.#call
  }

  #identify(facts: CallFacts): FaultAction | undefined {
    const { faults, log, transactions } = this.#server
    const record = this.#record
    const fileName = facts.fileName ?? transactions.find(facts.uploadId)?.place.fileName
    if (facts.uploadId !== undefined) record.uploadId = facts.uploadId
    if (facts.seq !== undefined) record.seq = facts.seq
    if (fileName !== undefined) record.fileName = fileName
    log.report('identified', record)
    return faults.take(
      { endpoint: record.endpoint, target: record.target, seq: facts.seq, fileName },
      'fields',
    )
  }

  async #work(
    commit: () => Answer | Promise<Answer>,
    fault: FaultAction | undefined,
  ): Promise<Answer> {
    if (fault?.kind === 'answer') {
      this.#record.fate = 'refused'
      const { status, code, msg, headers } = fault
      return failure(status, code, msg ?? 'fault', this.#logId, headers)
    }
    if (fault?.kind === 'reset') throw new Hangup('reset')
    if (!takesEffect(fault)) {
      this.#record.fate = 'refused'
      return success({})
    }
    const answer = await commit()
    this.#record.fate = this.#route.readOnly ? 'answered' : 'committed'
    if (!this.#route.readOnly) this.#server.log.report('committed', this.#record)
    await this.#pass('after-commit')
    if (fault?.kind !== 'late-error') return answer
    return failure(fault.status, fault.code, 'fault', this.#logId)
  }

  async #pass(when: 'before-commit' | 'after-commit'): Promise<void> {
    if (!(await this.#server.gates.pass(when, this.#record))) throw new Hangup('reset')
  }

  async #deliver(answer: Answer): Promise<void> {
    const { response } = this.#exchange
    const { clock, closing, settings } = this.#server
    const fault = this.#call?.fault
    if (fault?.kind === 'lose-answer') throw new Hangup('reset')
    if (fault?.kind === 'stall') throw new Hangup('stall')
    const waitMs = settings.latencyMs + (fault?.kind === 'latency' ? fault.ms : 0)
    if (waitMs > 0) await delay(waitMs, undefined, { signal: closing })
    // Before the answer leaves: a client that has it may call again at once.
    this.#leaveFlight()
    response.setHeader('Date', new Date(clock.nowMs()).toUTCString())
    await sendAnswer(response, answer, fault, closing)
    if (response.destroyed) return
    this.#record.httpStatus = response.statusCode
    if (answer.code !== undefined) this.#record.code = answer.code
    this.#record.answered = true
  }

  /** Ends a call that gets no answer, because a fault wants it so or the client is gone. */
  async #breakOff(error: unknown): Promise<void> {
    const { request, response } = this.#exchange
    if (!(error instanceof Hangup)) {
      this.#settleAs('aborted')
      const gone = response.destroyed || request.destroyed || this.#server.closing.aborted
      if (!gone) await this.#confess(error)
      return
    }
    if (error.kind === 'reset') {
      this.#settleAs('reset')
      resetConnection(request)
      return
    }
    this.#settleAs('stalled')
    // Without the whole body there is nothing in progress, and an unread socket does not tell when it closes.
    if (!request.readableEnded) this.#leaveFlight()
    this.#settle()
    if (!response.destroyed)
      await once(response, 'close', { signal: this.#server.closing }).catch(ignore)
  }

  /** A mistake of the simulator's own: says so loudly instead of leaving the client waiting. */
  async #confess(error: unknown): Promise<void> {
    const { request, response } = this.#exchange
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`Feishu simulator: ${this.#route.endpoint} failed: ${text}\n`)
    if (response.headersSent) {
      resetConnection(request)
      return
    }
    const answer = failure(500, 1061001, `simulator mistake: ${text}`, this.#logId)
    await sendAnswer(response, answer, undefined, this.#server.closing)
  }

  #settle(): void {
    if (this.#settled) return
    this.#settled = true
    this.#server.log.report('settled', this.#record)
  }

  /** Settles the call. An effect once taken stays, regardless of the answer. */
  #settleAs(fate: CallFate): void {
    if (this.#record.fate !== 'committed') this.#record.fate = fate
  }
}

/** A TCP reset where there is one to send; a TLS connection is just cut. */
function resetConnection(request: IncomingMessage): void {
  if ('encrypted' in request.socket) request.socket.destroy()
  else request.socket.resetAndDestroy()
}

function ignore(): void {}

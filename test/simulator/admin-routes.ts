/** `/_simulator/`: lets another process look into the simulator and order faults. Loopback only, like all of it. */
import type { FastifyInstance } from 'fastify'
import { addDocumentRoutes } from './admin-documents.ts'
import type { CallRecord } from './call-log.ts'
import type { Fault } from './faults.ts'
import type { RateLimits } from './rate-gate.ts'
import type { Simulator } from './simulator-types.ts'

/** The outcomes of the calls to one endpoint. */
interface CallSummary {
  readonly calls: number
  readonly answered: number
  readonly committed: number
  /** Most calls of one app in flight at once. */
  readonly maxInFlight: number
  /** Answers per code; 0 is success. */
  readonly codes: Readonly<Record<string, number>>
}

export interface SimulatorState {
  readonly nowMs: number
  /** Those that were uploaded; not those that were there from the start. */
  readonly files: ReturnType<Simulator['files']>
  readonly transactions: ReturnType<Simulator['transactions']>
  readonly calls: Readonly<Record<string, CallSummary>>
  readonly rateRefusals: number
  readonly pendingFaults: readonly Fault[]
}

/** Adds the admin paths. `simulator` is asked at each request, as it may not be there yet. */
export function addAdminRoutes(app: FastifyInstance, simulator: () => Simulator): void {
  addDocumentRoutes(app, simulator)
  app.get('/_simulator/state', async () => stateOf(simulator()))
  app.get('/_simulator/calls', async () => simulator().calls)
  app.get('/_simulator/bytes/:token', async (request, reply) => {
    const { token } = request.params as { token: string }
    return reply.type('application/octet-stream').send(await simulator().bytesOf(token))
  })
  app.post('/_simulator/faults', async (request, reply) => {
    const fault = request.body as Fault | null
    if (typeof fault?.endpoint !== 'string' || typeof fault.do?.kind !== 'string') {
      return reply.code(400).send({ error: 'a fault has an endpoint and something to do' })
    }
    simulator().faults.add(fault)
    return { pending: simulator().faults.pending.length }
  })
  app.delete('/_simulator/faults', async () => {
    simulator().faults.clear()
    return { pending: 0 }
  })
  app.post('/_simulator/clock/advance', async (request, reply) => {
    const ms = (request.body as { ms?: unknown } | null)?.ms
    if (typeof ms !== 'number') return reply.code(400).send({ error: 'ms must be a number' })
    simulator().clock.advance(ms)
    return { nowMs: simulator().clock.nowMs() }
  })
  app.post('/_simulator/rate', async (request) => {
    simulator().setRate((request.body as { limits: Partial<RateLimits> | 'off' }).limits)
    return {}
  })
  app.post('/_simulator/counters/reset', async () => {
    simulator().resetCounters()
    return {}
  })
}

function stateOf(simulator: Simulator): SimulatorState {
  return {
    nowMs: simulator.clock.nowMs(),
    files: simulator.files().filter(({ identity }) => identity !== ''),
    transactions: simulator.transactions(),
    calls: summarise(simulator.calls),
    rateRefusals: simulator.rateRefusals,
    pendingFaults: simulator.faults.pending,
  }
}

function summarise(calls: readonly CallRecord[]): Record<string, CallSummary> {
  const groups = Map.groupBy(calls, (call) => call.endpoint)
  return Object.fromEntries([...groups].map(([endpoint, group]) => [endpoint, summaryOf(group)]))
}

function summaryOf(calls: readonly CallRecord[]): CallSummary {
  const codes: Record<string, number> = {}
  for (const { code } of calls) if (code !== undefined) codes[code] = (codes[code] ?? 0) + 1
  return {
    calls: calls.length,
    answered: calls.filter((call) => call.answered).length,
    committed: calls.filter((call) => call.fate === 'committed').length,
    maxInFlight: calls.reduce((most, call) => Math.max(most, call.inFlight), 0),
    codes,
  }
}

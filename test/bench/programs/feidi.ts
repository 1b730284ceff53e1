/** Uploads with Feidi's engine as every host does, and watches its own process meanwhile. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { openHome } from '#main/app/open-engine.ts'
import { CallGate, type LaneSetting } from '#main/engine/call-gate.ts'
import type { Endpoint } from '#main/engine/endpoints.ts'
import { planUpload } from '#main/engine/plan-upload.ts'
import { systemClock } from '#main/lib/clock.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { inputOf, sendResult } from '../kit/program.ts'

export interface FeidiInput {
  readonly home: string
  readonly baseUrl: string
  readonly appId: string
  readonly appSecret: string
  readonly paths: readonly string[]
  readonly destination: Destination
  readonly lanes: LaneSetting
  /** Without our own limit of 5 calls a second: for servers without one. */
  readonly unpaced?: boolean
}

export interface FeidiResult {
  readonly end: string
  readonly done: number
  readonly durationMs: number
  /** CPU time of all threads, ms. */
  readonly cpuMs: number
  readonly idle: Sample
  readonly working: Sample
}

export interface Sample {
  /** Time since the sampling began, and resident memory, every 100 ms. */
  readonly rss: readonly (readonly [atMs: number, bytes: number])[]
  /** The delay of timers, ms. */
  readonly delayMs: { readonly p50: number; readonly p99: number; readonly longest: number }
}

const IDLE_MS = 2_000
const SAMPLE_MS = 100
const RESOLUTION_MS = 1

/** Fast enough never to matter on loopback. */
const UNPACED_PER_SECOND = 1_000

const input = inputOf<FeidiInput>()
if (input.unpaced) liftPace()
const home = openHome({ home: input.home, command: 'feidi bench', version: '0.0.0' })
const connection = home.connect(
  { ...input, credentials: { kind: 'app', appId: input.appId, appSecret: input.appSecret } },
  openLog(input.home),
)
const { transfers, copies } = home.stores
for await (const _ of planUpload(input.paths, {
  store: transfers,
  copies,
  clock: systemClock,
  destination: input.destination,
  batchId: 'bench',
  again: false,
  signal: new AbortController().signal,
}));
const engine = connection.worker({ batchId: 'bench', longestWaitMs: 60_000 })
// There is always a listener: a window or a terminal.
let sentBytes = 0
engine.events.on('progress', (progress) => {
  sentBytes = progress.sentBytes + progress.inFlightBytes
})

const idle = await watched(() => delay(IDLE_MS))
const cpuBefore = process.cpuUsage()
const startedAtMs = performance.now()
const working = await watched(() => engine.work())
const durationMs = performance.now() - startedAtMs
const { user, system } = process.cpuUsage(cpuBefore)
const result: FeidiResult = {
  end:
    working.value.kind === 'settled' && sentBytes >= 0 ? 'settled' : JSON.stringify(working.value),
  done: transfers.counts({ batchId: 'bench' }).byState.done,
  durationMs,
  cpuMs: (user + system) / 1_000,
  idle: idle.sample,
  working: working.sample,
}
await connection.close()
home.close()
await sendResult(result)

async function watched<T>(work: () => Promise<T>): Promise<{ value: T; sample: Sample }> {
  const rss: [number, number][] = []
  const beganAtMs = performance.now()
  const look = () => rss.push([performance.now() - beganAtMs, process.memoryUsage.rss()])
  const timer = setInterval(look, SAMPLE_MS)
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  const value = await work()
  delays.disable()
  clearInterval(timer)
  look()
  const late = (ns: number) => Math.max(0, ns / 1e6 - RESOLUTION_MS)
  const delayMs = {
    p50: late(delays.percentile(50)),
    p99: late(delays.percentile(99)),
    longest: late(delays.max),
  }
  return { value, sample: { rss, delayMs } }
}

/**
 * Lifts the pace. The engine keeps to Feishu's 5 calls a second with any server; here that would
 * hide what it can do.
 */
function liftPace(): void {
  const { admit } = CallGate.prototype
  const widened = new Map<Endpoint, Endpoint>()
  CallGate.prototype.admit = function (endpoint, ...rest) {
    const wide = widened.get(endpoint) ?? { ...endpoint, callsPerSecond: UNPACED_PER_SECOND }
    widened.set(endpoint, wide)
    return admit.call(this, wide, ...rest)
  }
}

/** A simulator in a process of its own, for benchmarks and for tests of whole programs. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SimulatorState } from './admin-routes.ts'
import type { CallRecord } from './call-log.ts'
import type { Fault } from './faults.ts'
import { parseReadyLine, type ReadyInfo } from './ready-line.ts'
import type { SimulatorOptions } from './simulator.ts'

export interface ProcessOptions
  extends Pick<
    SimulatorOptions,
    | 'port'
    | 'dataDir'
    | 'storage'
    | 'blockSizeBytes'
    | 'latencyMs'
    | 'bytesPerSecond'
    | 'forbidConcurrency'
    | 'secondFinish'
  > {
  /** Calls a second for the endpoints that write, or no limits at all. Documented limits when absent. */
  readonly rate?: number | 'off'
}

export interface SimulatorProcess extends ReadyInfo {
  readonly pid: number
  state(): Promise<SimulatorState>
  calls(): Promise<CallRecord[]>
  addFault(fault: Fault): Promise<void>
  clearFaults(): Promise<void>
  advanceClock(ms: number): Promise<void>
  /** Forgets recorded calls and what the rate limits have counted. */
  resetCounters(): Promise<void>
  bytesOf(token: string): Promise<Buffer>
  /** Ends the process and waits for that. May be called again. */
  close(): Promise<void>
}

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

/** Spawns `main.ts` with this Node and waits until it listens. */
export async function startSimulatorProcess(
  options: ProcessOptions = {},
): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [MAIN, ...argumentsFor(options)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const info = await readyInfo(child)
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${info.baseUrl}/_simulator/${path}`, init)
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${await response.text()}`)
    return response
  }
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' }
    await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  return {
    ...info,
    pid: child.pid ?? 0,
    state: async () => (await (await ask('state')).json()) as SimulatorState,
    calls: async () => (await (await ask('calls')).json()) as CallRecord[],
    addFault: (fault) => post('faults', fault),
    clearFaults: async () => void (await ask('faults', { method: 'DELETE' })),
    advanceClock: (ms) => post('clock/advance', { ms }),
    resetCounters: () => post('counters/reset', {}),
    bytesOf: async (token) => Buffer.from(await (await ask(`bytes/${token}`)).arrayBuffer()),
    close: () => end(child),
  }
}

function argumentsFor(options: ProcessOptions): string[] {
  const flags: [string, string | number | undefined][] = [
    ['--port', options.port],
    ['--data', options.dataDir],
    ['--storage', options.storage],
    ['--block-size', options.blockSizeBytes],
    ['--latency', options.latencyMs],
    ['--bytes-per-second', options.bytesPerSecond],
    ['--rate', options.rate],
    ['--second-finish', options.secondFinish],
  ]
  const args = flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]))
  return options.forbidConcurrency ? [...args, '--forbid-concurrency'] : args
}

async function readyInfo(child: ChildProcess): Promise<ReadyInfo> {
  if (child.stdout === null) throw new Error('the simulator process has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const info = parseReadyLine(line)
    if (info !== undefined) return info
  }
  throw new Error('the simulator process ended before it was ready')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  // Works on every system; the process sees its channel close and stops cleanly.
  if (child.connected) child.disconnect()
  await exited
}

/** A simulator in a process of its own, for benchmarks and for tests of whole programs. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { AccessOrder, DocumentsState, MadeBase, MadeSpreadsheet } from './admin-documents.ts'
import type { SimulatorState } from './admin-routes.ts'
import type { BaseRules, NewBase } from './bases.ts'
import type { CallRecord } from './call-log.ts'
import type { NewDocument } from './docx.ts'
import type { Fault } from './faults.ts'
import { parseReadyLine, type ReadyInfo } from './ready-line.ts'
import type { SimulatorOptions } from './simulator.ts'
import type { NewSpreadsheet } from './spreadsheets.ts'
import type { WikiNode } from './wiki.ts'

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
    | 'overwrite'
    | 'requireRouteToken'
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
  addBase(base?: NewBase): Promise<MadeBase>
  changeBase(token: string, rules: Partial<BaseRules>): Promise<void>
  addDocument(document?: NewDocument): Promise<{ readonly token: string }>
  addSpreadsheet(spreadsheet?: NewSpreadsheet): Promise<MadeSpreadsheet>
  addWikiNode(node: WikiNode): Promise<void>
  setAccess(order: AccessOrder): Promise<void>
  removeNode(token: string): Promise<void>
  /** Returns the contents of the documents. */
  documents(): Promise<DocumentsState>
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
  const send = async <T = void>(path: string, body: unknown, method = 'POST'): Promise<T> => {
    const headers = { 'content-type': 'application/json' }
    return (await (await ask(path, { method, headers, body: JSON.stringify(body) })).json()) as T
  }
  return {
    ...info,
    pid: child.pid ?? 0,
    state: async () => (await (await ask('state')).json()) as SimulatorState,
    calls: async () => (await (await ask('calls')).json()) as CallRecord[],
    addFault: (fault) => send('faults', fault),
    clearFaults: async () => void (await ask('faults', { method: 'DELETE' })),
    advanceClock: (ms) => send('clock/advance', { ms }),
    resetCounters: () => send('counters/reset', {}),
    addBase: (base = {}) => send('bases', base),
    changeBase: (token, rules) => send(`bases/${token}`, rules, 'PATCH'),
    addDocument: (document = {}) => send('docx', document),
    addSpreadsheet: (spreadsheet = {}) => send('spreadsheets', spreadsheet),
    addWikiNode: (node) => send('wiki-nodes', node),
    setAccess: (order) => send('access', order),
    removeNode: async (token) => void (await ask(`nodes/${token}`, { method: 'DELETE' })),
    documents: async () => (await (await ask('documents')).json()) as DocumentsState,
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
    ['--overwrite', options.overwrite],
  ]
  const args = flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]))
  if (options.forbidConcurrency) args.push('--forbid-concurrency')
  if (options.requireRouteToken) args.push('--require-route-token')
  return args
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

/** A local Feishu that stores what it is given and keeps the documented rules. Start here. */
import { setMaxListeners } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Accounts, type UserTokenOptions } from './accounts.ts'
import { addAdminRoutes } from './admin-routes.ts'
import { BlobStore, type StorageMode } from './blob-store.ts'
import { CallLog, type CallPhase, type CallRecord } from './call-log.ts'
import { type ClockOptions, createClock, type SimulatorClock } from './clock.ts'
import { type BaseRecord, Documents, type DocxBlock, type WikiNode } from './documents.ts'
import { DOCUMENTED_DRIVE_LIMITS, Drive, type DriveLimits, type DriveNode } from './drive.ts'
import { FaultPlan } from './faults.ts'
import { type Gate, Gates, type HoldTarget } from './gates.ts'
import { createHttpServer } from './http-server.ts'
import { Library, type StoredFile } from './library.ts'
import { BLOCK_SIZE_BYTES, DEFAULT_APP, TOKEN_LIFE_MS } from './limits.ts'
import { fullRate, RateGate, type RateLimits } from './rate-gate.ts'
import { SpeedLimit } from './request-body.ts'
import { RunningSimulator } from './running-simulator.ts'
import type { SecondFinish, Server } from './server.ts'
import { TokenMint } from './token-mint.ts'
import { type TransactionInfo, Transactions } from './transactions.ts'

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  readonly https?: { readonly key: string; readonly cert: string }
  readonly storage?: StorageMode
  /** Keeps the bytes after closing; a temporary folder is used and removed when absent. */
  readonly dataDir?: string
  readonly blockSizeBytes?: number
  readonly maxFileBytes?: number
  readonly secondFinish?: SecondFinish
  /** The documented limits when absent; single numbers can be replaced. */
  readonly rate?: Partial<RateLimits> | 'off'
  readonly forbidConcurrency?: boolean
  readonly driveLimits?: Partial<DriveLimits>
  readonly tokenLifeMs?: number
  readonly clock?: ClockOptions
  /** Delay of every answer. */
  readonly latencyMs?: number
  /** Speed at which all request bodies together are read. */
  readonly bytesPerSecond?: number
  /** Serve `/_simulator/` to other processes. */
  readonly admin?: boolean
}

export interface NewFile {
  /** Root when absent. */
  readonly parentToken?: string
  readonly name: string
  readonly bytes?: Uint8Array
  /** `file` by default; others are listed but hold no bytes. */
  readonly type?: string
}

/** A path below the root folder to all nodes of that path: names may repeat. Folders end with a slash. */
export type Tree = Record<string, (DriveNode & Partial<StoredFile>)[]>

export interface Simulator {
  /** Without `/open-apis`. */
  readonly baseUrl: string
  readonly clock: SimulatorClock
  readonly faults: FaultPlan
  readonly calls: readonly CallRecord[]
  /** Calls refused with 99991400 by the frequency limits. */
  readonly rateRefusals: number
  callsTo(endpoint: string): readonly CallRecord[]
  /** The first call, past or to come, that the predicate accepts; it is asked at every phase of a call. */
  waitForCall(predicate: (call: CallRecord) => boolean): Promise<CallRecord>
  /** The returned function ends the listening. */
  on(phase: CallPhase, listener: (call: CallRecord) => void): () => void
  /** Holds the first call that fits, so that a test can act exactly then. */
  hold(target: HoldTarget): Gate
  files(): StoredFile[]
  bytesOf(token: string): Promise<Buffer>
  childrenOf(folderToken: string): DriveNode[]
  tree(): Tree
  transactions(): TransactionInfo[]
  /** The server forgets an upload in parts: its id is unknown from now on. */
  forgetTransaction(uploadId: string): Promise<void>
  /** Returns the token. */
  createFolder(parentToken: string, name: string): string
  /** Returns the token. */
  addFile(file: NewFile): Promise<string>
  /** Deletes a node with all below it; any other token counts as missing from now on. */
  removeNode(token: string): void
  registerApp(id: string, secret: string): void
  issueUserToken(options?: UserTokenOptions): string
  revokeToken(token: string): void
  setRate(rate: Partial<RateLimits> | 'off'): void
  /** Accepted calls of the current Shanghai day. */
  callsToday(endpoint: string, app?: string): number
  addWikiNode(node: WikiNode): void
  records(appToken: string, tableId: string): readonly BaseRecord[]
  blocks(documentId: string): readonly DocxBlock[]
  /** Forgets recorded calls and what the rate limits have counted; files stay. */
  resetCounters(): void
  /** Destroys all connections. May be called again. */
  close(): Promise<void>
}

/** Starts a simulator on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const closing = new AbortController()
  // Every waiting call listens to it.
  setMaxListeners(0, closing.signal)
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'feishu-simulator-')))
  const server = createServer(options, dataDir, closing.signal)
  server.accounts.registerApp(DEFAULT_APP.id, DEFAULT_APP.secret)
  await server.blobs.open()
  const http = createHttpServer(server, { https: options.https })
  const running = new RunningSimulator(server, async () => {
    closing.abort()
    server.gates.close()
    server.log.close()
    await http.close()
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
  })
  if (options.admin) addAdminRoutes(http.app, () => running)
  await http.app.listen({ host: '127.0.0.1', port: options.port ?? 0 })
  const { port } = http.app.server.address() as AddressInfo
  running.baseUrl = `${options.https === undefined ? 'http' : 'https'}://127.0.0.1:${port}`
  return running
}

function createServer(options: SimulatorOptions, dataDir: string, closing: AbortSignal): Server {
  const clock = createClock(options.clock)
  const mint = new TokenMint()
  const blobs = new BlobStore(options.storage ?? 'disk', dataDir)
  const drive = new Drive(clock, mint, { ...DOCUMENTED_DRIVE_LIMITS, ...options.driveLimits })
  return {
    settings: {
      blockSizeBytes: options.blockSizeBytes ?? BLOCK_SIZE_BYTES,
      secondFinish: options.secondFinish ?? 'expired',
      forbidConcurrency: options.forbidConcurrency ?? false,
      latencyMs: options.latencyMs ?? 0,
      speed:
        options.bytesPerSecond === undefined ? undefined : new SpeedLimit(options.bytesPerSecond),
      maxFileBytes: options.maxFileBytes ?? Number.POSITIVE_INFINITY,
    },
    clock,
    mint,
    accounts: new Accounts(clock, options.tokenLifeMs ?? TOKEN_LIFE_MS),
    rate: new RateGate(clock, fullRate(options.rate ?? {})),
    faults: new FaultPlan(),
    gates: new Gates(),
    log: new CallLog(),
    blobs,
    drive,
    library: new Library(clock, mint, drive, blobs),
    transactions: new Transactions(clock, mint, blobs),
    documents: new Documents(mint),
    closing,
  }
}

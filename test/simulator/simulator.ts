/** A local Feishu that stores what it is given and keeps the documented rules. Start here. */
import { setMaxListeners } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Access } from './access.ts'
import { Accounts } from './accounts.ts'
import { addAdminRoutes } from './admin-routes.ts'
import { Bases } from './bases.ts'
import { BlobStore } from './blob-store.ts'
import { CallLog } from './call-log.ts'
import { createClock } from './clock.ts'
import { DocxDocuments } from './docx.ts'
import { DOCUMENTED_DRIVE_LIMITS, Drive } from './drive.ts'
import { FaultPlan } from './faults.ts'
import { Gates } from './gates.ts'
import { createHttpServer } from './http-server.ts'
import { Imports } from './imports.ts'
import { Library } from './library.ts'
import { BLOCK_SIZE_BYTES, DEFAULT_APP, TOKEN_LIFE_MS } from './limits.ts'
import { Members } from './members.ts'
import { fullRate, RateGate } from './rate-gate.ts'
import { Registrations } from './registrations.ts'
import { RepeatedCalls } from './repeated-calls.ts'
import { SpeedLimit } from './request-body.ts'
import { RunningSimulator } from './running-simulator.ts'
import type { Server } from './server.ts'
import { SignIns } from './sign-ins.ts'
import type { Simulator, SimulatorOptions } from './simulator-types.ts'
import { Spreadsheets } from './spreadsheets.ts'
import { TokenMint } from './token-mint.ts'
import { Transactions } from './transactions.ts'
import { Wiki } from './wiki.ts'

export type { Simulator, SimulatorOptions } from './simulator-types.ts'

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
  const wiki = new Wiki()
  const library = new Library(clock, mint, drive, blobs, wiki)
  const accounts = new Accounts(clock, options.tokenLifeMs ?? TOKEN_LIFE_MS)
  return {
    settings: {
      blockSizeBytes: options.blockSizeBytes ?? BLOCK_SIZE_BYTES,
      secondFinish: options.secondFinish ?? 'expired',
      overwrite: options.overwrite ?? 'refused',
      requireRouteToken: options.requireRouteToken ?? false,
      forbidConcurrency: options.forbidConcurrency ?? false,
      latencyMs: options.latencyMs ?? 0,
      speed:
        options.bytesPerSecond === undefined ? undefined : new SpeedLimit(options.bytesPerSecond),
      maxFileBytes: options.maxFileBytes ?? Number.POSITIVE_INFINITY,
    },
    clock,
    mint,
    accounts,
    signIns: new SignIns(clock, accounts),
    registrations: new Registrations(clock, accounts),
    rate: new RateGate(clock, fullRate(options.rate ?? {})),
    faults: new FaultPlan(),
    gates: new Gates(),
    log: new CallLog(() => clock.nowMs()),
    blobs,
    drive,
    library,
    imports: new Imports(clock, mint, drive, library, blobs),
    transactions: new Transactions(clock, mint, blobs),
    access: new Access(drive),
    bases: new Bases(clock, mint, drive),
    docx: new DocxDocuments(mint, drive),
    spreadsheets: new Spreadsheets(mint, drive),
    wiki,
    members: new Members(),
    repeated: new RepeatedCalls(clock, options.clientTokenLifeMs ?? Number.POSITIVE_INFINITY),
    closing,
  }
}

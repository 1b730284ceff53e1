/** The engine in this process: real files, real state on disk, real HTTP; only time is another. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { assembleTools } from '#main/app/run-tools.ts'
import { knownPlace } from '#main/destination/check-place.ts'
import type { DocumentApi } from '#main/destination/document-api.ts'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { PlaceBook } from '#main/destination/place-book.ts'
import type { LaneSetting } from '#main/engine/call-gate.ts'
import { Engine } from '#main/engine/engine.ts'
import { planUpload } from '#main/engine/plan-upload.ts'
import type { FeishuApi } from '#main/engine/ports.ts'
import { fileSources, type SourceReader } from '#main/engine/source.ts'
import { createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import type { Credentials } from '#main/feishu/credentials.ts'
import type { Clock } from '#main/lib/clock.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import type { Handling, Transfer } from '#shared/model/transfer.ts'
import type { WorkEnd } from '#shared/model/work.ts'
import { patientTimer } from './steady-steps.ts'

/** The parts that a test may put between the engine and the world. */
export interface Surroundings {
  readonly api: FeishuApi & DocumentApi
  readonly stores: Stores
  readonly sources: SourceReader
}

export interface WorkRequest {
  readonly baseUrl: string
  readonly home: string
  readonly paths: readonly string[]
  readonly to: string
  readonly handling?: Handling
  readonly clock: Clock
  /** A call in which no byte moves for so long is given up; measured by {@link patientTimer}. */
  readonly idleMs?: number
  readonly lanes?: LaneSetting
  readonly longestWaitMs?: number
  readonly credentials?: Credentials
  readonly replace?: (surroundings: Surroundings) => Surroundings
  /** Told of the engine before it begins. */
  readonly onEngine?: (engine: Engine) => void
}

export interface WorkResult {
  readonly end: WorkEnd
  /** All transfers in the home, as on disk. */
  readonly transfers: readonly Transfer[]
  /** State of the newest transfer of each path. */
  stateOf(path: string): Transfer['state'] | undefined
}

const DEMO_APP: Credentials = { kind: 'app', appId: 'cli_demo', appSecret: 'demo-secret' }

/** Queues the paths and works until the end, as `feidi upload` does. */
export async function work(request: WorkRequest): Promise<WorkResult> {
  const { home, clock, lanes = 'auto' } = request
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const opened = openStores(home)
  const connected = createFeishuApi({
    baseUrl: request.baseUrl,
    credentials: request.credentials ?? DEMO_APP,
    clock,
    env: {},
    ...(request.idleMs !== undefined && { idleMs: request.idleMs, idleTimer: patientTimer() }),
  })
  const plain = { api: connected, stores: opened, sources: fileSources(home) }
  try {
    const { api, stores, sources } = request.replace?.(plain) ?? plain
    const tools = assembleTools({ api, stores, sources, clock, lanes })
    const batchId = randomUUID()
    await queue(request, stores, batchId)
    const longestWaitMs = request.longestWaitMs ?? 900_000
    const engine = new Engine(tools.run, { batchId, longestWaitMs })
    request.onEngine?.(engine)
    const end = await engine.work()
    return resultOf(end, opened)
  } finally {
    await connected.close()
    opened.close()
  }
}

async function queue(request: WorkRequest, stores: Stores, batchId: string): Promise<void> {
  const { paths, to, clock } = request
  const { destination } = knownPlace(
    new PlaceBook(stores.memos),
    '',
    parseDestination(to).destination,
  )
  const plan = planUpload(paths, {
    store: stores.transfers,
    copies: stores.copies,
    clock,
    destination,
    batchId,
    again: false,
    ...(request.handling && { handling: request.handling }),
    signal: new AbortController().signal,
  })
  for await (const _ of plan);
}

function resultOf(end: WorkEnd, { transfers: store }: Stores): WorkResult {
  const transfers = store.list({}, { offset: 0, limit: 10_000 })
  const stateOf = (path: string) => transfers.findLast((transfer) => transfer.path === path)?.state
  return { end, transfers, stateOf }
}

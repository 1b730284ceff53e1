/** A whole engine with real state on disk, against a Drive in memory and on a clock that tests move. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { DocumentApi } from '#main/destination/document-api.ts'
import { documentCalls } from '#main/destination/document-calls.ts'
import { FolderMirror } from '#main/destination/folder-mirror.ts'
import { Rhythms } from '#main/destination/rhythms.ts'
import { Targets } from '#main/destination/targets.ts'
import { Bandwidth } from '#main/engine/bandwidth.ts'
import { CallGate, type LaneSetting } from '#main/engine/call-gate.ts'
import { Calls } from '#main/engine/calls.ts'
import { Engine, type WorkOptions } from '#main/engine/engine.ts'
import type { QuotaStore, RunStore } from '#main/engine/ports.ts'
import type { RunTools } from '#main/engine/run.ts'
import type { SourceFile, SourceReader } from '#main/engine/source.ts'
import { sumsOf } from '#main/engine/sums.ts'
import { Uplink } from '#main/engine/uplink.ts'
import { BufferPool } from '#main/lib/buffer-pool.ts'
import { KeyedLock } from '#main/lib/keyed-lock.ts'
import { openStores } from '#main/store/open-stores.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination, Fingerprint, Handling, Transfer } from '#shared/model/transfer.ts'
import { sameFingerprint } from '#shared/transfer/fingerprint-of.ts'
import { quotaDay } from '#shared/transfer/quota-day.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'
import { layHome } from '#test/kit/feidi/home.ts'
import { type ApiCall, failure, ScriptedApi } from './engine-kit.ts'

/** Small, so that small files have parts. */
export const BLOCK_BYTES = 1024

interface DriveNode {
  readonly token: string
  readonly name: string
  readonly type: 'file' | 'folder'
  readonly parent: string
  readonly createdAtMs: number
  readonly bytes?: Uint8Array
}

interface DriveUpload {
  readonly name: string
  readonly parent: string
  readonly replaces: string | undefined
  readonly sizeBytes: number
  readonly parts: Map<number, Uint8Array>
}

/** Drive as the engine sees it: it keeps what it is sent, and two files of one name if told to. */
export class MemoryDrive {
  readonly nodes: DriveNode[] = []
  mayDownload = true
  readonly uploads = new Map<string, DriveUpload>()
  readonly folders = new Set(['root'])
  readonly #clock: FakeClock
  #made = 0

  constructor(clock: FakeClock) {
    this.#clock = clock
  }

  filesIn(parent: string): DriveNode[] {
    return this.nodes.filter((node) => node.type === 'file' && node.parent === parent)
  }

  /** Moves a folder and what is below it out of the world. */
  removeFolder(token: string): void {
    this.folders.delete(token)
    for (const child of this.nodes.filter((node) => node.parent === token)) {
      if (child.type === 'folder') this.removeFolder(child.token)
    }
    const kept = this.nodes.filter((node) => node.token !== token && node.parent !== token)
    this.nodes.splice(0, this.nodes.length, ...kept)
  }

  readonly answer = ({ method, request }: ApiCall): unknown => {
    switch (method) {
      case 'listFolder': {
        this.#demand(request.folderToken)
        const files = this.nodes.filter((node) => node.parent === request.folderToken)
        return {
          files: files.map(({ token, name, type, createdAtMs }) => ({
            token,
            name,
            type,
            createdAtMs,
          })),
        }
      }
      case 'readFile': {
        if (!this.mayDownload) throw failure(99991679, { missingScopes: ['drive:file:download'] })
        const node = this.nodes.find(({ token }) => token === request.fileToken)
        if (node === undefined) throw failure(1061007)
        return node.bytes?.subarray(request.start, request.start + request.sizeBytes)
      }
      case 'createFolder': {
        this.#demand(request.parentToken)
        const token = this.#add({ name: request.name, type: 'folder', parent: request.parentToken })
        this.folders.add(token)
        return { token }
      }
      case 'uploadAll': {
        const { parentNode: parent, replaces } = request.point
        this.#demand(parent)
        const bytes = Uint8Array.from(request.bytes)
        return { fileToken: this.#land({ name: request.fileName, parent, bytes, replaces }) }
      }
      case 'prepare': {
        const { parentNode: parent, replaces } = request.point
        this.#demand(parent)
        const uploadId = `u${++this.#made}`
        const { fileName: name, sizeBytes } = request
        this.uploads.set(uploadId, { name, parent, replaces, sizeBytes, parts: new Map() })
        return {
          uploadId,
          blockSizeBytes: BLOCK_BYTES,
          blockCount: Math.ceil(sizeBytes / BLOCK_BYTES),
        }
      }
      case 'sendPart':
        this.#upload(request.uploadId).parts.set(request.seq, Uint8Array.from(request.bytes))
        return undefined
      case 'finish': {
        const { name, parent, replaces, parts } = this.#upload(request.uploadId)
        if (parts.size !== request.blockCount) throw failure(1062010)
        this.#demand(parent)
        this.uploads.delete(request.uploadId)
        const bytes = Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, part]) => part))
        return { fileToken: this.#land({ name, parent, bytes, replaces }) }
      }
    }
  }

  /** Adds a file, as another person does. */
  addFile(name: string, parent: string, bytes: Uint8Array): string {
    return this.#add({ name, type: 'file', parent, bytes })
  }

  removeFile(token: string): void {
    const index = this.nodes.findIndex((node) => node.token === token)
    if (index >= 0) this.nodes.splice(index, 1)
  }

  /** A new file, or new content for the one that is replaced. */
  #land({
    replaces,
    ...file
  }: Pick<DriveNode, 'name' | 'parent'> & { bytes: Uint8Array; replaces: string | undefined }) {
    if (replaces === undefined) return this.#add({ ...file, type: 'file' })
    const index = this.nodes.findIndex(({ token }) => token === replaces)
    const old = this.nodes[index]
    if (old === undefined) throw failure(1061007)
    this.nodes[index] = { ...old, bytes: file.bytes }
    return replaces
  }

  #upload(uploadId: string): DriveUpload {
    const upload = this.uploads.get(uploadId)
    if (upload === undefined) throw failure(1061021)
    return upload
  }

  #demand(folder: string): void {
    if (!this.folders.has(folder)) throw failure(1061044)
  }

  #add(node: Omit<DriveNode, 'token' | 'createdAtMs'>): string {
    const token = `${node.type}${++this.#made}`
    const createdAtMs = Math.floor(this.#clock.nowMs() / 1_000) * 1_000
    this.nodes.push({ ...node, token, createdAtMs })
    return token
  }
}

/** Files in memory that can be changed under the engine's hands. */
class MemorySources implements SourceReader {
  readonly files = new Map<string, { bytes: Uint8Array; fingerprint: Fingerprint }>()
  /** Runs before each read. */
  beforeRead: (path: string, start: number) => void | Promise<void> = () => {}
  inspections = 0
  bytesRead = 0
  #version = 0

  write(path: string, bytes: Uint8Array): Fingerprint {
    const mtimeNs = String(++this.#version)
    const fingerprint = { ctimeNs: '1', ino: '1', sizeBytes: bytes.length, mtimeNs }
    this.files.set(path, { bytes, fingerprint })
    return fingerprint
  }

  /** Other bytes, and nothing else that tells: a write through a mapping, or times that cannot be told. */
  writeUnseen(path: string, bytes: Uint8Array): void {
    this.files.set(path, { ...this.#file(path), bytes })
  }

  async inspect({ path }: SourceFile): Promise<Fingerprint> {
    this.inspections += 1
    return this.#file(path).fingerprint
  }

  async read(
    { path }: SourceFile,
    expected: Fingerprint,
    start: number,
    into: Uint8Array,
  ): Promise<void> {
    await this.beforeRead(path, start)
    const { bytes, fingerprint } = this.#file(path)
    if (!sameFingerprint(fingerprint, expected)) throw new TransferError('source-changed')
    into.set(bytes.subarray(start, start + into.length))
    this.bytesRead += into.length
  }

  #file(path: string) {
    const file = this.files.get(path)
    if (file === undefined) throw new TransferError('source-missing')
    return file
  }
}

/** Hooks around a call: throwing before it, it does not arrive; after it, the answer is lost. */
interface Line {
  before?(call: ApiCall): unknown
  /** Another answer than the Drive's. */
  instead?(call: ApiCall): unknown
  after?(call: ApiCall): unknown
}

export interface WorldOptions {
  readonly lanes?: LaneSetting
  readonly line?: Line
  readonly longestWaitMs?: number
  /** Calls a day and endpoint; all that others leave when absent. */
  readonly callsPerDay?: number
}

export type World = ReturnType<typeof openWorld>

export function openWorld({
  lanes = 'serial',
  line = {},
  longestWaitMs = Infinity,
  callsPerDay,
}: WorldOptions = {}) {
  const home = mkdtempSync(join(tmpdir(), 'feidi-engine-'))
  layHome(home)
  const stores = openStores(home)
  onTestFinished(() => {
    stores.close()
    rmSync(home, { recursive: true, force: true })
  })
  const clock = new FakeClock()
  const drive = new MemoryDrive(clock)
  const sources = new MemorySources()
  const api = new ScriptedApi(async (call) => {
    await line.before?.(call)
    const answer = line.instead?.(call) ?? drive.answer(call)
    await line.after?.(call)
    return answer
  })
  const { memos } = stores
  let usedUp: string | undefined
  const quota: QuotaStore = {
    ...stores.quota,
    callsUsed: (appKey, endpoint, dayKey) =>
      `${endpoint} ${dayKey}` === usedUp
        ? 10_000
        : stores.quota.callsUsed(appKey, endpoint, dayKey),
  }
  const gate = new CallGate({ appKey: 'app', clock, quota, memos, lanes, callsPerDay })
  const bandwidth = new Bandwidth(clock, undefined)
  const uplink = new Uplink(memos)
  const calls = new Calls({ api, gate, clock, bandwidth, uplink, random: () => 0 })
  const { identity } = api
  const targets = new Targets({
    // No document is in this world, so none of its calls is made.
    calls: documentCalls(calls, {} as DocumentApi),
    store: stores.transfers,
    copies: stores.copies,
    serverNowMs: () => calls.serverNowMs(),
    clock,
    rhythms: new Rhythms(clock),
    mirror: new FolderMirror({
      calls,
      folders: stores.folders,
      copies: stores.copies,
      clock,
      identity,
    }),
  })
  const tools: RunTools = {
    store: stores.transfers,
    copies: stores.copies,
    calls,
    targets,
    attacher: targets,
    memos,
    sources,
    pool: new BufferPool(64 * 1024 * 1024),
    sumsOf,
    clock,
    uplink,
    opening: new Map(),
    landings: new KeyedLock(),
  }

  /** Queues a file with these bytes. */
  function put(
    name: string,
    bytes: Uint8Array,
    remoteFolders: readonly string[] = [],
    destination: Destination = { kind: 'folder', folderToken: 'root' },
    { fileName = name, ...handling }: Handling & { readonly fileName?: string } = {},
  ): Transfer {
    const path = `/in/${name}`
    const fingerprint = sources.write(path, bytes)
    const item = {
      path,
      fileName,
      destination,
      remoteFolders,
      sizeBytes: bytes.length,
      fingerprint,
      handling,
    }
    const [transfer] = stores.transfers.enqueue([item], 'batch', clock.nowMs())
    if (transfer === undefined) throw new Error('nothing was queued')
    return transfer
  }

  /** A large file that is in the queue and does not go: it needs its parts of a later day. */
  function putPaused(name: string, sizeBytes: number): void {
    const destination = { kind: 'folder', folderToken: 'root' } as const
    const item = { path: `/in/${name}`, fileName: name, destination, remoteFolders: [], sizeBytes }
    const queued = stores.transfers.enqueue([{ ...item, fingerprint: null }], 'b', clock.nowMs())
    for (const { id } of queued) stores.transfers.saveState(id, { kind: 'paused' })
  }

  function engine(store: Partial<RunStore> = {}, options: Partial<WorkOptions> = {}): Engine {
    return new Engine(
      { ...tools, store: { ...stores.transfers, ...store } },
      { longestWaitMs, ...options },
    )
  }

  return {
    ...{
      stores,
      store: stores.transfers,
      clock,
      drive,
      sources,
      api,
      gate,
      tools,
      put,
      putPaused,
      engine,
      line,
    },
    /** As if an endpoint had had all its calls on a day. */
    usedUp: (endpoint: string, dayKey: string) => {
      usedUp = `${endpoint} ${dayKey}`
    },
    /** A call of today, made before. */
    countCall: (endpoint: string) =>
      void quota.countCall('app', endpoint, quotaDay(clock.nowMs()), clock.nowMs()),
    /** A byte a second: from now on every file of more than 15 bytes goes up in parts. */
    slowLine: () => uplink.measured(1024 * 1024, 1024 * 1024 * 1_000),
    stateOf: ({ id }: Transfer) => stores.transfers.get(id)?.state,
    work: (options: Partial<WorkOptions> = {}) => clock.runUntil(engine({}, options).work()),
  }
}

/** So many bytes that are not all alike. */
export function someBytes(sizeBytes: number, seed = 1): Uint8Array {
  return Uint8Array.from(
    { length: sizeBytes },
    (_, index) => (index * 31 + seed * 7 + (index >> 8)) % 256,
  )
}

/** Throws `error` the first `times` that a call of this kind comes by. */
export function failing(method: ApiCall['method'], error: Error, times = 1) {
  let left = times
  return (call: ApiCall) => {
    if (call.method === method && left-- > 0) throw error
  }
}

/** Returns the content of every file of that name in a folder. */
export function bytesUp(world: World, name: string, folder = 'root'): Uint8Array[] {
  const files = world.drive.filesIn(folder).filter((file) => file.name === name)
  return files.map(({ bytes }) => new Uint8Array(bytes ?? []))
}

/** Returns the numbers of the parts in the order they were sent. */
export function seqsSent({ api }: World): number[] {
  return api.made('sendPart').map(({ request }) => request.seq)
}

import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { LocalErrorCode } from '#shared/errors/error-code.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination, Transfer } from '#shared/model/transfer.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import type { Clock, NewTransfer, TransferStore } from './ports.ts'
import { fingerprintOf, sameFingerprint, sourceError } from './source.ts'

export interface PlanOptions {
  readonly store: TransferStore
  readonly clock: Clock
  readonly destination: Destination
  readonly batchId: string
  /** Queue files again that are up already and have not changed. */
  readonly again: boolean
  readonly signal: AbortSignal
}

/** What became of one file that was asked for. */
export type Planned =
  | { readonly kind: 'queued'; readonly transfer: Transfer }
  /** It is up already, and the file is the same. */
  | { readonly kind: 'unchanged'; readonly transfer: Transfer }

/** Files a commit: enough to be quick, few enough to see the queue grow. */
const CHUNK = 500

/** A file as found on disk, with where it belongs below the destination. */
interface Found {
  readonly item: Omit<NewTransfer, 'destination'>
}

/**
 * Queues files and whole folders. A folder is mirrored under its own name below a Drive folder; for
 * a media destination, which has no folders, its files are taken one by one. What can not be uploaded
 * gets a transfer of its own that says why, and the rest goes on.
 */
export async function* planUpload(
  paths: readonly string[],
  options: PlanOptions,
): AsyncGenerator<Planned[]> {
  let chunk: NewTransfer[] = []
  let unchanged: Planned[] = []
  for (const path of paths) {
    for await (const { item } of find(resolve(path), [], options)) {
      options.signal.throwIfAborted()
      const wanted: NewTransfer = {
        ...item,
        destination: options.destination,
        remoteFolders: options.destination.kind === 'folder' ? item.remoteFolders : [],
      }
      const upAlready = options.again ? undefined : alreadyUp(wanted, options.store)
      if (upAlready === undefined) chunk.push(wanted)
      else unchanged.push({ kind: 'unchanged', transfer: upAlready })
      if (chunk.length + unchanged.length < CHUNK) continue
      yield [...unchanged, ...enqueue(chunk, options)]
      chunk = []
      unchanged = []
    }
  }
  yield [...unchanged, ...enqueue(chunk, options)]
}

function enqueue(items: readonly NewTransfer[], options: PlanOptions): Planned[] {
  if (items.length === 0) return []
  const { store, batchId, clock } = options
  return store
    .enqueue(items, batchId, clock.nowMs())
    .map((transfer) => ({ kind: 'queued', transfer }))
}

function alreadyUp(wanted: NewTransfer, store: TransferStore): Transfer | undefined {
  if (wanted.fingerprint === null) return undefined
  const last = store.lastDone(wanted.path, wanted.destination, wanted.remoteFolders)
  if (last === undefined || !sameFingerprint(last.fingerprint, wanted.fingerprint)) return undefined
  return last.transfer
}

async function* find(
  path: string,
  remoteFolders: readonly string[],
  options: PlanOptions,
): AsyncGenerator<Found> {
  try {
    const stats = await stat(path, { bigint: true })
    if (stats.isDirectory()) {
      const name = remoteName(basename(path))
      yield* walk(path, name === '' ? remoteFolders : [...remoteFolders, name], options)
    } else if (!stats.isFile()) {
      yield found(path, remoteFolders, options, 'source-not-a-file')
    } else {
      const fingerprint = fingerprintOf(stats)
      const code = fingerprint.sizeBytes === 0 ? 'source-empty' : undefined
      const { item } = found(path, remoteFolders, options, code)
      yield { item: { ...item, fingerprint, sizeBytes: fingerprint.sizeBytes } }
    }
  } catch (error) {
    if (options.signal.aborted) throw error
    yield found(path, remoteFolders, options, sourceError(error, path))
  }
}

async function* walk(
  folder: string,
  remoteFolders: readonly string[],
  options: PlanOptions,
): AsyncGenerator<Found> {
  const entries = await readdir(folder, { withFileTypes: true })
  // A fixed order, files before folders: a second run meets them as the first did.
  entries.sort((a, b) => Number(a.isDirectory()) - Number(b.isDirectory()) || compare(a, b))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    // A link may lead out of the folder, or in circles: nobody asked for that.
    if (entry.isSymbolicLink()) yield found(path, remoteFolders, options, 'source-is-link')
    else yield* find(path, remoteFolders, options)
  }
}

function compare(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : Number(a.name > b.name)
}

function found(
  path: string,
  remoteFolders: readonly string[],
  { clock }: PlanOptions,
  problem: LocalErrorCode | TransferError | undefined,
): Found {
  const item = {
    path,
    fileName: remoteName(basename(path)),
    remoteFolders,
    sizeBytes: 0,
    fingerprint: null,
  }
  if (problem === undefined) return { item }
  const error =
    problem instanceof TransferError ? problem : new TransferError(problem, { detail: path })
  const kind = lookUp(error).policy === 'skip-file' ? 'skipped' : 'failed'
  return { item: { ...item, state: { kind, error: errorInfo(error, clock.nowMs()) } } }
}

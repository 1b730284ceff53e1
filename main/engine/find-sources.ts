import { basename, join, resolve } from 'node:path'
import type { Clock } from '#main/lib/clock.ts'
import { sourceError } from '#main/lib/errno.ts'
import { type Dirent, lstat, readFolder, realpath, stat } from '#main/lib/file-system.ts'
import type { LocalErrorCode } from '#shared/errors/error-code.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination, Handling } from '#shared/model/transfer.ts'
import { fingerprintOf } from '#shared/transfer/fingerprint-of.ts'
import { knowsFolders } from '#shared/transfer/knows-folders.ts'
import { mayHaveLostBytes } from '#shared/transfer/lost-bytes.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import type { NewTransfer } from './ports.ts'

export interface FindOptions {
  readonly clock: Clock
  readonly destination: Destination
  readonly handling?: Handling
  /** The identity the files go up as; absent: whichever account is in use. */
  readonly account?: string | undefined
  readonly signal: AbortSignal
}

/** A file as found on disk, with where it belongs below the destination. */
interface Found {
  readonly item: Omit<NewTransfer, 'destination'>
}

/**
 * Yields every file of the paths, in a fixed order. A folder is mirrored under its own name below a
 * Drive folder; for a media destination, which has no folders, its files are taken one by one. An
 * entry that cannot be uploaded comes with a state that says why.
 */
export async function* findSources(
  paths: readonly string[],
  options: FindOptions,
): AsyncGenerator<NewTransfer> {
  const { destination, account, handling, signal } = options
  if (destination.kind === 'file') await demandOneFile(paths)
  for (const path of paths) {
    for await (const { item } of choose(resolve(path), options)) {
      signal.throwIfAborted()
      const remoteFolders = knowsFolders(destination) ? item.remoteFolders : []
      yield { ...item, destination, account, remoteFolders, ...(handling && { handling }) }
    }
  }
}

/** Yields the files of an explicitly named path, which may be a link; below it none is followed. */
async function* choose(path: string, options: FindOptions): AsyncGenerator<Found> {
  const real = await realpath(path).catch((error: unknown) => error)
  if (typeof real === 'string') yield* find({ path, real }, [], options)
  else yield found({ path }, [], options, whyNotFound(real, path))
}

/** The path where a file was chosen, and the path it leads to. */
interface Place {
  readonly path: string
  readonly real: string
}

async function* find(
  place: Place,
  remoteFolders: readonly string[],
  options: FindOptions,
): AsyncGenerator<Found> {
  try {
    const stats = await lstat(place.real)
    if (stats.isDirectory()) {
      const name = remoteName(basename(place.path))
      yield* walk(place, name === '' ? remoteFolders : [...remoteFolders, name], options)
    } else if (!stats.isFile()) {
      yield found(place, remoteFolders, options, 'source-not-a-file')
    } else {
      const fingerprint = fingerprintOf(stats)
      const code = fingerprint.sizeBytes === 0 ? 'source-empty' : undefined
      const { item } = found(place, remoteFolders, options, code)
      yield { item: { ...item, fingerprint, sizeBytes: fingerprint.sizeBytes } }
    }
  } catch (error) {
    if (options.signal.aborted) throw error
    yield found(place, remoteFolders, options, whyNotFound(error, place.path))
  }
}

function whyNotFound(error: unknown, path: string): TransferError {
  const problem = sourceError(error, path)
  if (problem.code !== 'source-missing' || !mayHaveLostBytes(path)) return problem
  return new TransferError('source-name-invalid', { detail: path, cause: error })
}

async function* walk(
  folder: Place,
  remoteFolders: readonly string[],
  options: FindOptions,
): AsyncGenerator<Found> {
  const entries = await readFolder(folder.real)
  // A fixed order, files before folders: a second run meets them as the first did.
  entries.sort((a, b) => Number(a.isDirectory()) - Number(b.isDirectory()) || compare(a, b))
  for (const entry of entries) {
    const place = { path: join(folder.path, entry.name), real: join(folder.real, entry.name) }
    // A link may lead out of the folder, or in circles: no one asked for that.
    if (entry.isSymbolicLink()) yield found(place, remoteFolders, options, 'source-is-link')
    else yield* find(place, remoteFolders, options)
  }
}

/** @throws TransferError `one-file-only`: each of several files would replace the one before */
export async function demandOneFile([path, ...others]: readonly string[]): Promise<void> {
  const isFolder =
    path !== undefined &&
    (await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    ))
  if (others.length > 0 || isFolder) throw new TransferError('one-file-only')
}

function compare(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : Number(a.name > b.name)
}

function found(
  { path, real }: { readonly path: string; readonly real?: string },
  remoteFolders: readonly string[],
  { clock }: FindOptions,
  problem: LocalErrorCode | TransferError | undefined,
): Found {
  const item = {
    path,
    realPath: real,
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

import type { Transfer } from '#shared/model/transfer.ts'
import { sameFingerprint } from '#shared/transfer/fingerprint-of.ts'
import { type FindOptions, findSources } from './find-sources.ts'
import type { NewTransfer, TransferStore } from './ports.ts'

export interface PlanOptions extends FindOptions {
  readonly store: TransferStore
  readonly batchId: string
  /** Queue files again that are up already and have not changed. */
  readonly again: boolean
}

/** What became of one file that was asked for. */
export type Planned =
  | { readonly kind: 'queued'; readonly transfer: Transfer }
  /** It is up already, and the file is the same. */
  | { readonly kind: 'unchanged'; readonly transfer: Transfer }

/** Files a commit: enough to be quick, few enough to see the queue grow. */
const CHUNK = 500

/**
 * Queues files and whole folders. What can not be uploaded gets a transfer of its own that says why,
 * and the rest goes on.
 */
export async function* planUpload(
  paths: readonly string[],
  options: PlanOptions,
): AsyncGenerator<Planned[]> {
  let chunk: NewTransfer[] = []
  let unchanged: Planned[] = []
  // Kept with the transfer: whoever carries on after a stop has to know it.
  const handling = options.again ? { ...options.handling, again: true } : options.handling
  for await (const wanted of findSources(paths, { ...options, ...(handling && { handling }) })) {
    const upAlready = options.again ? undefined : unchangedSince(wanted, options.store)?.transfer
    if (upAlready === undefined) chunk.push(wanted)
    else unchanged.push({ kind: 'unchanged', transfer: upAlready })
    if (chunk.length + unchanged.length < CHUNK) continue
    yield [...unchanged, ...enqueue(chunk, options)]
    chunk = []
    unchanged = []
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

/** The upload of this very version to this place, if there was one. */
export function unchangedSince(
  wanted: NewTransfer,
  store: Pick<TransferStore, 'lastDone'>,
): ReturnType<TransferStore['lastDone']> {
  if (wanted.fingerprint === null) return undefined
  const last = store.lastDone(wanted.path, wanted.destination, wanted.remoteFolders)
  if (last === undefined || !sameFingerprint(last.fingerprint, wanted.fingerprint)) return undefined
  return last
}

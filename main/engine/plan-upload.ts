import { basename, resolve } from 'node:path'
import type { Copy } from '#shared/model/copy.ts'
import type { MaySend } from '#shared/model/sensitive.ts'
import type { Transfer, TransferStateKind } from '#shared/model/transfer.ts'
import { type FindOptions, findSources } from './find-sources.ts'
import { HeldBack } from './held-back.ts'
import { confirmVersion, copyOfVersion } from './known-copy.ts'
import type { Addition, CopyStore, NewTransfer, Queue } from './ports.ts'

export interface PlanOptions extends FindOptions {
  readonly store: Pick<Queue, 'enqueue'>
  readonly copies: CopyStore
  readonly batchId: string
  /** Queue files again that are up already and have not changed. */
  readonly again: boolean
  /** Asked about keys, passwords and whole homes before they are queued; absent: all may go. */
  readonly maySend?: MaySend | undefined
}

/** The outcome for one file that was asked for. */
export type Planned =
  | {
      readonly kind: 'queued'
      readonly transfer: Transfer
      /** Its state until now, if it was there before. */
      readonly was?: TransferStateKind
    }
  /** It is up already, and the file is the same. */
  | { readonly kind: 'unchanged'; readonly copy: Copy }
  /** It may not go to a place that others see. */
  | { readonly kind: 'refused'; readonly transfer: Transfer }

/** Files a commit: enough to be quick, few enough to see the queue grow. */
const CHUNK = 500

/**
 * Queues files and whole folders. An entry that cannot be uploaded gets a transfer of its own that
 * says why, and the rest continues.
 */
export async function* planUpload(
  paths: readonly string[],
  options: PlanOptions,
): AsyncGenerator<Planned[]> {
  let chunk: NewTransfer[] = []
  let unchanged: Planned[] = []
  // Kept with the transfer: the run that resumes it after a stop has to know it.
  const handling = options.again ? { ...options.handling, again: true } : options.handling
  const held = new HeldBack(options)
  const asked = await held.withoutHomes(paths)
  const addition = (item: NewTransfer) => additionOf(item, paths, options.batchId)
  for await (const wanted of findSources(asked, { ...options, ...(handling && { handling }) })) {
    const copy = options.again ? undefined : upAlready(wanted, options.copies)
    if (copy === undefined) {
      if (!(await held.holds(wanted))) chunk.push({ ...wanted, addition: addition(wanted) })
    } else unchanged.push({ kind: 'unchanged', copy })
    if (chunk.length + unchanged.length < CHUNK) continue
    yield [...unchanged, ...enqueue(chunk, options)]
    chunk = []
    unchanged = []
  }
  yield [...unchanged, ...enqueue(chunk, options)]
  const { allowed, refused } = await held.settle()
  const added = (items: readonly NewTransfer[]) =>
    items.map((item) => ({ ...item, addition: addition(item) }))
  yield [...enqueue(added(allowed), options), ...enqueue(added(refused), options, 'refused')]
}

/** A single folder names the addition, else the first of the paths does. */
function additionOf(item: NewTransfer, paths: readonly string[], id: string): Addition {
  const [first = ''] = paths
  const isFolder = paths.length === 1 && item.path !== resolve(first)
  return { id, kind: isFolder ? 'folder' : 'files', label: basename(resolve(first)) }
}

function enqueue(
  items: readonly NewTransfer[],
  options: PlanOptions,
  kind: 'queued' | 'refused' = 'queued',
): Planned[] {
  if (items.length === 0) return []
  const { store, batchId, clock } = options
  const before = new Map<string, TransferStateKind>()
  return store.enqueue(items, batchId, clock.nowMs(), before).map((transfer) => {
    const was = before.get(transfer.id)
    return { kind, transfer, ...(was !== undefined && { was }) }
  })
}

/** The copy of this very version at its place, if there is one. */
export function upAlready(
  wanted: NewTransfer,
  copies: Pick<CopyStore, 'at' | 'confirm'>,
): Copy | undefined {
  const { fingerprint } = wanted
  const copy = copyOfVersion(wanted, copies)
  if (copy === undefined || fingerprint === null) return undefined
  confirmVersion(copy, fingerprint, copies)
  return copy
}

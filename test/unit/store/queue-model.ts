import type { NewTransfer } from '#main/engine/ports.ts'
import type {
  AcknowledgedPart,
  Fingerprint,
  Transfer,
  TransferState,
  UploadTransaction,
} from '#shared/model/transfer.ts'

interface Entry {
  transfer: Transfer
  batchId: string
  transaction?: UploadTransaction | undefined
  parts: Map<number, AcknowledgedPart>
  isListed: boolean
}

const ACTIVE = ['preparing', 'sending', 'finishing', 'attaching']
const STOPPED = ['failed', 'blocked', 'skipped', 'cancelled', 'paused']

/** The queue as one would write it without a disk: a list, searched and sorted for every answer. */
export class QueueModel {
  readonly entries: Entry[] = []

  /** `ids` are the ones the real store gave. */
  enqueue(items: readonly NewTransfer[], batchId: string, nowMs: number, ids: string[]): void {
    for (const [index, item] of items.entries()) {
      const open = this.entries.find(
        ({ transfer }) => transfer.path === item.path && transfer.state.kind !== 'done',
      )
      if (open === undefined) {
        this.entries.push({
          transfer: newTransfer(item, nowMs, ids[index] ?? ''),
          batchId,
          parts: new Map(),
          isListed: true,
        })
        continue
      }
      open.batchId = batchId
      const { kind } = open.transfer.state
      if (ACTIVE.includes(kind)) continue
      if (item.state !== undefined) this.#set(open, { state: item.state })
      else if (STOPPED.includes(kind)) this.#set(open, { state: { kind: 'queued' } })
      if (open.transaction === undefined) {
        this.#set(open, { sizeBytes: item.sizeBytes, fingerprint: item.fingerprint })
      }
    }
  }

  saveState(entry: Entry, state: TransferState): void {
    this.#set(entry, { state })
  }

  openTransaction(entry: Entry, transaction: UploadTransaction | undefined): void {
    entry.transaction = transaction
    entry.parts.clear()
    this.#set(entry, { sentBytes: 0 })
  }

  acknowledge(entry: Entry, part: AcknowledgedPart): void {
    entry.parts.set(part.seq, part)
    const sentBytes = [...entry.parts.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    this.#set(entry, { sentBytes })
  }

  complete(entry: Entry, fileToken: string, version: Fingerprint, finishedAtMs: number): void {
    entry.transaction = undefined
    entry.parts.clear()
    const state = { kind: 'done', fileToken, finishedAtMs } as const
    const { sizeBytes } = version
    this.#set(entry, { state, sizeBytes, sentBytes: sizeBytes, fingerprint: version })
  }

  requeue(kinds: readonly string[], batchId?: string): number {
    const chosen = this.entries.filter(({ transfer }) => kinds.includes(transfer.state.kind))
    for (const entry of chosen) {
      entry.batchId = batchId ?? entry.batchId
      this.#set(entry, { state: { kind: 'queued' } })
    }
    return chosen.length
  }

  ready(batchId: string | undefined, limit: number, nowMs: number): Transfer[] {
    const runnable = this.#of(batchId).filter(
      ({ transfer: { state } }) =>
        state.kind === 'queued' ||
        (state.kind === 'waiting' && (state.untilMs <= nowMs || state.error.atMs > nowMs)),
    )
    const expiry = (entry: Entry) => entry.transaction?.expiresAtMs ?? Number.POSITIVE_INFINITY
    // Array sorting is stable, so the order of queueing remains among equals.
    const ordered = runnable.toSorted((a, b) =>
      expiry(a) < expiry(b) ? -1 : expiry(a) > expiry(b) ? 1 : 0,
    )
    return ordered.slice(0, limit).map(({ transfer }) => transfer)
  }

  nextWakeMs(batchId: string | undefined): number | undefined {
    const times = this.#of(batchId).flatMap(({ transfer: { state } }) =>
      state.kind === 'waiting' ? [state.untilMs] : [],
    )
    return times.length === 0 ? undefined : Math.min(...times)
  }

  list(batchId: string | undefined, kinds?: readonly string[]): Transfer[] {
    return this.#of(batchId)
      .map(({ transfer }) => transfer)
      .filter(({ state }) => kinds?.includes(state.kind) ?? true)
  }

  counts(batchId: string | undefined) {
    return countsOf(this.#of(batchId))
  }

  listedCounts() {
    return countsOf(this.entries.filter(({ isListed }) => isListed))
  }

  clear(kinds: readonly string[]): number {
    const cleared = this.entries.filter(
      ({ transfer, isListed }) => isListed && kinds.includes(transfer.state.kind),
    )
    for (const entry of cleared) entry.isListed = false
    return cleared.length
  }

  discard(entry: Entry): void {
    this.entries.splice(this.entries.indexOf(entry), 1)
  }

  #of(batchId: string | undefined): Entry[] {
    return this.entries.filter((entry) => batchId === undefined || entry.batchId === batchId)
  }

  #set(entry: Entry, changes: Partial<Transfer>): void {
    // A transfer with another state is back in the list.
    if (changes.state !== undefined) entry.isListed = true
    entry.transfer = { ...entry.transfer, ...changes }
  }
}

function countsOf(entries: readonly Entry[]) {
  const byState: Record<string, number> = {}
  for (const { transfer } of entries) {
    byState[transfer.state.kind] = (byState[transfer.state.kind] ?? 0) + 1
  }
  return { byState }
}

function newTransfer(item: NewTransfer, queuedAtMs: number, id: string): Transfer {
  const { state = { kind: 'queued' }, handling = {}, ...rest } = item
  return { ...rest, handling, id, queuedAtMs, state, sentBytes: 0 }
}

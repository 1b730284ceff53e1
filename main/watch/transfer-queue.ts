import type { Clock, NewTransfer, TransferStore } from '#main/engine/ports.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'
import type { TransferOutcome, TransferQueue, WatchCandidate } from './ports.ts'
import { stampOfFingerprint } from './stamp.ts'

export interface TransferQueueOptions {
  readonly store: Pick<TransferStore, 'enqueue' | 'lastDone' | 'get'>
  readonly clock: Clock
  readonly batchId: string
}

/** Settled files become transfers of the engine's queue. */
export function createTransferQueue(options: TransferQueueOptions): TransferQueue {
  const { store, clock, batchId } = options
  return {
    enqueue(candidates) {
      const ids = candidates.map((candidate) => alreadyUp(candidate, store))
      const wanted = candidates.filter((_, index) => ids[index] === undefined)
      const queued = store.enqueue(wanted.map(newTransfer), batchId, clock.nowMs())
      return ids.map((id) => id ?? queued.shift()?.id ?? '')
    },
    outcome: (transferId) => outcomeOf(store.get(transferId)),
  }
}

function outcomeOf(transfer: ReturnType<TransferStore['get']>): TransferOutcome {
  switch (transfer?.state.kind) {
    case undefined:
      return { kind: 'unknown' }
    case 'done':
      return { kind: 'done', fingerprint: transfer?.fingerprint ?? null }
    case 'failed':
    case 'skipped':
    case 'cancelled':
      return { kind: 'failed' }
    default:
      return { kind: 'open' }
  }
}

/** A crash after queueing, before it was noted: by now this very version may be up. */
function alreadyUp(
  { path, rule, remoteFolders, fingerprint }: WatchCandidate,
  store: Pick<TransferStore, 'lastDone'>,
): string | undefined {
  const last = store.lastDone(path, rule.destination, remoteFolders)
  return last !== undefined && isSame(last.fingerprint, fingerprint) ? last.transfer.id : undefined
}

function isSame(a: Fingerprint, b: Fingerprint): boolean {
  return stampOfFingerprint(a) === stampOfFingerprint(b)
}

function newTransfer(candidate: WatchCandidate): NewTransfer {
  const { path, rule, fileName, remoteFolders, fingerprint } = candidate
  const { destination } = rule
  const { sizeBytes } = fingerprint
  return { path, fileName, destination, remoteFolders, sizeBytes, fingerprint }
}

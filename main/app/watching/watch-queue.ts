import { basename, relative, sep } from 'node:path'
import { upAlready } from '#main/engine/plan-upload.ts'
import type { CopyStore, NewTransfer, Queue } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import type {
  TransferOutcome,
  TransferQueue,
  UploadedVersion,
  WatchCandidate,
} from '#main/watch/ports.ts'
import { Patterns } from '#main/watch/scan/patterns.ts'
import type { WatchService } from '#main/watch/watch-service.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { Handling, Transfer } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { sameFingerprint } from '#shared/transfer/fingerprint-of.ts'

export interface WatchQueueOptions {
  readonly transfers: Queue
  readonly copies: Pick<CopyStore, 'at' | 'confirm'>
  readonly batchId: string
  readonly clock: Clock
  /** These are in the queue now. */
  readonly onQueued: (transfers: readonly Transfer[]) => void
}

/** The engine's queue, as watching sees it. */
export function watchQueue(options: WatchQueueOptions): TransferQueue {
  const { transfers, copies, batchId, clock, onQueued } = options
  return {
    enqueue(candidates) {
      const items = candidates.map(transferFor)
      // After a crash between queueing and noting it, the same version may be up by now.
      const ids = items.map((item) => upAlready(item, copies)?.transferId)
      const missing = items.filter((_, index) => ids[index] === undefined)
      const queued = transfers.enqueue(missing, batchId, clock.nowMs())
      onQueued(queued)
      const rest = queued.values()
      return ids.map((id) => id ?? rest.next().value?.id ?? '')
    },
    outcome: (id) => outcomeOf(transfers.get(id), copies),
  }
}

/** Returns the transfer for a candidate. */
function transferFor(candidate: WatchCandidate): NewTransfer {
  const { path, realPath, fileName, rule, remoteFolders, fingerprint } = candidate
  return {
    path,
    realPath,
    fileName,
    destination: rule.destination,
    account: rule.account,
    remoteFolders,
    handling: handlingOf(rule, path),
    sizeBytes: fingerprint.sizeBytes,
    fingerprint,
    addition: { id: `rule:${rule.id}`, kind: 'rule', label: basename(rule.folder) },
  }
}

/** Returns what a rule asks for about a file besides where it goes. */
export function handlingOf(rule: WatchRule, path: string): Handling {
  const { onChange, shareWith, settleMs } = rule
  return {
    watched: true,
    settleMs,
    ...(onChange === 'overwrite' && { sameName: 'overwrite-ours' }),
    ...(shareWith !== undefined && { shareWith }),
    ...documentWishes(rule, path),
  }
}

function documentWishes({ folder, asDocument }: WatchRule, path: string): Handling {
  if (asDocument === undefined) return {}
  const { patterns, ...wishes } = asDocument
  const below = relative(folder, path).replaceAll(sep, '/')
  return compiled(patterns).matches(below, false) ? { asDocument: wishes } : {}
}

/** Compiled once for all files of a rule. */
const COMPILED = new WeakMap<readonly string[], Patterns>()

function compiled(lines: readonly string[]): Patterns {
  const patterns = COMPILED.get(lines) ?? new Patterns(lines)
  COMPILED.set(lines, patterns)
  return patterns
}

/** A worker on the queue: an engine, or what keeps one running. */
export interface QueueWorker {
  readonly events: {
    on(name: 'transfer', listener: (transfer: Transfer) => void): unknown
    on(name: 'vanished', listener: (copies: readonly Copy[]) => void): unknown
  }
  /** Tells the worker that a transfer was queued. */
  nudge(): void
}

/** Lets rules know of files that are no longer in Feishu. */
export function tellVanished({ events }: QueueWorker, service: WatchService): void {
  events.on('vanished', (copies) => {
    try {
      service.vanished(copies)
    } catch {
      // It is noted with the copies, and taken up at the next start.
    }
  })
}

/** Lets the index know how transfers end. */
export function tellOutcomes(
  { events }: QueueWorker,
  service: WatchService,
  copies: Pick<CopyStore, 'at'>,
): void {
  events.on('transfer', (transfer) => {
    try {
      const outcome = outcomeOf(transfer, copies)
      if (outcome.kind === 'done') service.transferDone(transfer.id, outcome)
      if (outcome.kind === 'failed') service.transferFailed(transfer.id)
      if (outcome.kind === 'unknown') service.transferWithdrawn(transfer.id)
    } catch {
      // The transfer has ended all the same. The index asks for what it missed at the next start.
    }
  })
}

export function outcomeOf(
  transfer: Transfer | undefined,
  copies: Pick<CopyStore, 'at'>,
): TransferOutcome {
  if (transfer === undefined) return { kind: 'unknown' }
  const { state } = transfer
  switch (state.kind) {
    case 'done':
      return { kind: 'done', ...versionOf(transfer, copies) }
    case 'skipped':
      if (state.error.code === 'already-uploaded')
        return { kind: 'done', ...versionOf(transfer, copies) }
      return { kind: state.error.code === 'source-moved' ? 'unknown' : 'failed' }
    case 'failed':
    case 'cancelled':
      return { kind: 'failed' }
    default:
      return { kind: 'open' }
  }
}

/** The content is known from what is in Feishu: the file need not be read for it. */
function versionOf(transfer: Transfer, copies: Pick<CopyStore, 'at'>): UploadedVersion {
  const { id, path, destination, remoteFolders, fingerprint } = transfer
  const copy = copies.at(path, destination, remoteFolders)
  const isOfCopy =
    copy !== undefined &&
    (copy.transferId === id ||
      (fingerprint !== null && sameFingerprint(copy.fingerprint, fingerprint)))
  return { fingerprint, contentHash: isOfCopy ? copy.contentHash : null }
}

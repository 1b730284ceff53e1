import type { BufferPool } from '#main/lib/buffer-pool.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { KeyedLock } from '#main/lib/keyed-lock.ts'
import type { Transfer, UploadFamily } from '#shared/model/transfer.ts'
import type { RunNote } from '#shared/model/work.ts'
import type { TransferEvent } from '#shared/transfer/next-state.ts'
import type { SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import type { WorkHours } from '#shared/transfer/work-hours.ts'
import type { Calls } from './calls.ts'
import type {
  Attacher,
  CallContext,
  CopyStore,
  MemoStore,
  RunStore,
  TargetResolver,
} from './ports.ts'
import type { SourceReader } from './source.ts'
import type { ComputeSums } from './sums.ts'
import type { Uplink } from './uplink.ts'

/** The tools that every run of a transfer works with. */
export interface RunTools {
  readonly store: RunStore
  readonly copies: CopyStore
  readonly calls: Calls
  readonly targets: TargetResolver
  readonly attacher: Attacher
  readonly memos: MemoStore
  readonly sources: SourceReader
  readonly pool: BufferPool
  readonly sumsOf: ComputeSums
  readonly clock: Clock
  readonly uplink: Uplink
  readonly singleCallLimit?: SingleCallLimit
  /** The hours in which files go up; null or absent: at any time. */
  readonly hours?: (() => WorkHours | null) | undefined
  /** Parts kept for uploads that are being begun, by transfer. */
  readonly opening: Map<string, { readonly parts: number; readonly family: UploadFamily }>
  /** One landing of a name in a folder at a time, so that a lost answer can be told apart. */
  readonly landings: KeyedLock
}

/** Bytes of it have left; it is acknowledged on disk; or it did not get through this time. */
export type PartStep = 'under-way' | 'acknowledged' | 'returned'

/** One attempt to bring one transfer to its end. */
export interface Run {
  readonly tools: RunTools
  readonly transfer: Transfer
  readonly context: CallContext
  /** Saves the new state, then tells who listens. */
  move(event: TransferEvent): void
  /** Tells who listens how the upload relates to an earlier one. */
  note(note: RunNote): void
  /** A part is acknowledged on disk. */
  acknowledged(sizeBytes: number): void
  /** Bytes handed to the socket (negative: taken back), not yet acknowledged. */
  readonly inFlight: (bytes: number) => void
  /** Tells who listens what a part is at. */
  readonly part: (seq: number, step: PartStep) => void
}

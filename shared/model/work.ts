import type { ErrorCode } from '../errors/error-code.ts'
import type { TransferError } from '../errors/transfer-error.ts'
import type { KeptBecause } from './copy.ts'
import type { Transfer, TransferStateKind, WaitReason } from './transfer.ts'

/** The reason why calls wait before they may leave, and for how long. */
export interface Hold {
  /** The beginning, ms since 1970 by the wall clock. */
  readonly sinceMs: number
  readonly untilMs: number
  readonly reason: WaitReason
  readonly error: TransferError
}

/** Bytes of a transfer: acknowledged on disk, and handed to the network beyond that. */
export interface Progress {
  readonly id: string
  readonly sentBytes: number
  readonly inFlightBytes: number
}

/** A relation of an upload to an earlier one of the same transfer. */
export type RunNote =
  /** It resumes: every part before `seq` is acknowledged. */
  | { readonly kind: 'resumed'; readonly seq: number }
  /** It begins again: the file changed, or the upload transaction is no longer good. */
  | { readonly kind: 'restarted'; readonly because: 'file-changed' | 'transaction-over' }
  /** It can hardly end within the day that Feishu keeps it, as fast as the line is. */
  | { readonly kind: 'too-slow' }
  /** Feishu forgets it soon. */
  | { readonly kind: 'deadline-near'; readonly untilMs: number }
  /** The folder has a file of that name that was not replaced: there are two now. */
  | { readonly kind: 'kept-both'; readonly because: KeptBecause; readonly heldBy?: string }
  /** The one file of that name was replaced, as asked for, though it was not ours. */
  | { readonly kind: 'replaced-other' }
  /** A block made for it in a document is left there: it was changed meanwhile. */
  | { readonly kind: 'block-left' }
  /** It has become a document, without something that Feishu cut off: the codes of an import's `extra`. */
  | { readonly kind: 'cut'; readonly codes: readonly number[] }
  /** It could not become a document, and is a file. */
  | { readonly kind: 'as-file'; readonly because: ErrorCode }
  /** Another document of its title has appeared, which may come from an earlier try; links or tokens. */
  | { readonly kind: 'maybe-twice'; readonly documents: readonly string[] }

export interface TransferNote {
  readonly transfer: Transfer
  readonly note: RunNote
}

/** The reason why work came to an end. */
export type WorkEnd =
  | { readonly kind: 'settled' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'waiting'; readonly error: TransferError; readonly untilMs: number }
  | { readonly kind: 'account-blocked'; readonly error: TransferError }
  | { readonly kind: 'fatal'; readonly error: TransferError }

export interface TransferCounts {
  /** Transfers per state kind; a kind without any is 0. */
  readonly byState: Readonly<Record<TransferStateKind, number>>
}

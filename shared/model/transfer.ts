import type { ErrorInfo } from '../errors/transfer-error.ts'

/** Which of Feishu's two upload families: a Drive file, or a media inside a document. */
export type UploadFamily = 'files' | 'medias'

/** Where files go. */
export type Destination =
  | { readonly kind: 'folder'; readonly folderToken: string }
  | { readonly kind: 'media'; readonly parentType: string; readonly parentNode: string }

/** The exact upload point of one call, as the API names it. */
export interface UploadPoint {
  readonly family: UploadFamily
  readonly parentType: string
  readonly parentNode: string
}

/** What tells one version of a file from another without reading it. Big numbers are decimal text. */
export interface Fingerprint {
  readonly dev: string
  readonly ino: string
  readonly sizeBytes: number
  readonly mtimeNs: string
}

/** The server's side of an upload in parts. All numbers are the server's; it lives 24 h. */
export interface UploadTransaction {
  /** Digits beyond 2^53, so always text. */
  readonly uploadId: string
  /** Whose token prepared it; another identity is refused (1062007). */
  readonly identity: string
  readonly point: UploadPoint
  readonly blockSizeBytes: number
  readonly blockCount: number
  readonly fingerprint: Fingerprint
  readonly preparedAtMs: number
  readonly expiresAtMs: number
}

export interface AcknowledgedPart {
  readonly seq: number
  readonly sizeBytes: number
  /** Adler-32 of the part's bytes, unsigned. */
  readonly checksum: number
  readonly acknowledgedAtMs: number
}

/**
 * A call that creates something visible and whose answer has not been seen yet. It is on disk
 * before the call leaves, so that a crash in between can be told from "never tried".
 */
export interface PendingLanding {
  readonly call: 'upload_all' | 'upload_finish'
  readonly point: UploadPoint
  readonly fingerprint: Fingerprint
  /** Adler-32 of every part in seq order (one for a single call): what was sent, for the record. */
  readonly checksums: readonly number[]
  /** When the call left, by the server's clock as far as it is known. */
  readonly startedAtServerMs: number
  /** Files of that name which were in the folder before, so they are not mistaken for ours. */
  readonly tokensBefore: readonly string[]
}

export type WaitReason =
  | 'network'
  | 'rate-limit'
  | 'quota'
  | 'server'
  | 'file-busy'
  | 'file-changing'

export type TransferState =
  | { readonly kind: 'queued' }
  | { readonly kind: 'preparing' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'finishing' }
  | {
      readonly kind: 'waiting'
      readonly reason: WaitReason
      readonly untilMs: number
      readonly error: ErrorInfo
    }
  | { readonly kind: 'paused' }
  | { readonly kind: 'blocked'; readonly error: ErrorInfo }
  | { readonly kind: 'failed'; readonly error: ErrorInfo }
  | { readonly kind: 'skipped'; readonly error: ErrorInfo }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'done'; readonly fileToken: string; readonly finishedAtMs: number }

export type TransferStateKind = TransferState['kind']

/** Our intent to bring one file to a destination. It survives restarts. */
export interface Transfer {
  readonly id: string
  /** Absolute path of the source. */
  readonly path: string
  /** Name on the server, NFC. */
  readonly fileName: string
  readonly destination: Destination
  /** Folders below the destination that the file belongs in, outermost first. Empty: directly in it. */
  readonly remoteFolders: readonly string[]
  readonly sizeBytes: number
  /** As seen when it was queued; null when the file could not be read then. */
  readonly fingerprint: Fingerprint | null
  readonly queuedAtMs: number
  readonly state: TransferState
  /** Bytes acknowledged by the server. */
  readonly sentBytes: number
}

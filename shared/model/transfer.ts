import type { ErrorInfo } from '../errors/transfer-error.ts'

/** Which of Feishu's two upload families: a Drive file, or a media inside a document. */
export type UploadFamily = 'files' | 'medias'

/** Fields of a Base that are told about each file; each named by its id or its name. */
export interface FileColumns {
  readonly name?: string
  /** Below the folder that was added, `/` between names. */
  readonly path?: string
  readonly sizeBytes?: string
  readonly modifiedAt?: string
}

/** The wiki page a destination was reached by: should it be gone, the page is looked up again. */
interface FromWiki {
  readonly wikiNode?: string
}

/** Where files go. Everything in it decides what is the same place; a name or a view does not. */
export type Destination =
  | { readonly kind: 'folder'; readonly folderToken: string }
  /** Only a token comes back: what shows the media is the caller's business. */
  | { readonly kind: 'media'; readonly parentType: string; readonly parentNode: string }
  /** A block at the end of a document for each file. */
  | ({ readonly kind: 'docx'; readonly documentId: string } & FromWiki)
  /** A floating image for each file; on the first sheet unless told. */
  | ({
      readonly kind: 'sheet'
      readonly spreadsheetToken: string
      readonly sheetId?: string
    } & FromWiki)
  /** A record for each file, or one more attachment of a given record. */
  | ({
      readonly kind: 'base'
      readonly appToken: string
      readonly tableId: string
      /** The attachment field, by its id or name; the table's only one unless told. */
      readonly field?: string
      readonly recordId?: string
      readonly columns?: FileColumns
    } & FromWiki)
  /** A new version of a file in Drive. */
  | ({
      readonly kind: 'file'
      readonly fileToken: string
      /** The folder it is in, where that is known. */
      readonly parentToken?: string
    } & FromWiki)

export type DestinationKind = Destination['kind']

/** The exact upload point of one call, as the API names it. */
export interface UploadPoint {
  readonly family: UploadFamily
  readonly parentType: string
  readonly parentNode: string
  /** The document a media is for (`drive_route_token`). */
  readonly route?: string
  /** The file in the folder that gets new content instead of a second one of its name. */
  readonly replaces?: string
}

/** What happens when the folder has a file of that name already; Feishu makes a second one unless told. */
type SameName =
  | 'skip'
  | 'overwrite'
  /** Only what Feidi brought there from the same path is replaced. */
  | 'overwrite-ours'

/** What a person asked for besides where a file goes. */
export interface Handling {
  /** Undefined: both files are kept. */
  readonly sameName?: SameName
  /** Open id or e-mail address of the person who may do everything with the uploaded file. */
  readonly shareWith?: string
  /** The file goes up even if the same content is there already. */
  readonly again?: boolean
  /** It comes from a watched folder, which follows it wherever it goes: gone from its path, it is no failure. */
  readonly watched?: boolean
  /** How long a file that changed in the queue has to be at rest before it is sent. */
  readonly settleMs?: number
}

/** What tells one version of a file from another without reading it. Big numbers are decimal text. */
export interface Fingerprint {
  readonly ino: string
  readonly sizeBytes: number
  readonly mtimeNs: string
  /** Moves with every write, and can not be set back; '' where it was not kept. */
  readonly ctimeNs: string
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
  /** SHA-256 of the part's bytes as they were sent, in hex; null where it was not kept. */
  readonly sha256: string | null
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
  /** Content hash of what was sent, in hex; null where it was not kept. */
  readonly contentHash: string | null
  /** When the call left, by the server's clock as far as it is known. */
  readonly startedAtServerMs: number
  /** Files of that name which were in the folder before, so they are not mistaken for ours. */
  readonly tokensBefore: readonly string[]
}

/**
 * What has to happen for an uploaded file to be seen, and how far that has come. It is on disk before
 * each call, so that a call whose answer was lost can be told from one that was never made.
 */
export type AttachPlace =
  | {
      readonly kind: 'new-record'
      /** The same token makes the same record, however often it is sent. */
      readonly clientToken: string
      readonly isSent: boolean
      /** The batch it was put into: `RecordBatch.clientToken`. It may have been made with that. */
      readonly batch?: string
      /** It is made; the id as far as Feishu has told it. */
      readonly made?: { readonly recordId?: string }
    }
  /** One more attachment of a record that is there. */
  | { readonly kind: 'record' }
  | {
      readonly kind: 'block'
      readonly shows: 'image' | 'file'
      readonly clientToken: string
      /** Once it is there: the block among the document's children, and the one its media belongs to. */
      readonly block?: { readonly id: string; readonly mediaBlockId: string }
    }
  | { readonly kind: 'float-image' }
  /** The right to a file in Drive, for the person it is shared with. */
  | { readonly kind: 'grant' }

/**
 * Records of one table that are written in one call: all of them or none. It is on disk as it is sent,
 * and is never changed: the same token with other content would be another write.
 */
export interface RecordBatch {
  readonly clientToken: string
  readonly records: readonly BatchedRecord[]
}

interface BatchedRecord {
  readonly transferId: string
  readonly fileToken: string
  /** By field name, the file itself among them. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** A file on its way to where it is seen. */
export interface PendingAttach {
  readonly place: AttachPlace
  /** Null as long as the file is not up: a document's block is made before. */
  readonly fileToken: string | null
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
  /** The file is up, and is being shown where it belongs. */
  | { readonly kind: 'attaching'; readonly fileToken: string }
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
  | {
      readonly kind: 'done'
      readonly fileToken: string
      /** The record of a Base that it is in. */
      readonly recordId?: string
      readonly finishedAtMs: number
    }

export type TransferStateKind = TransferState['kind']

/** Our intent to bring one file to a destination. It survives restarts. */
export interface Transfer {
  readonly id: string
  /** Absolute path of the source. */
  readonly path: string
  /** Where that led, links and all, when it was chosen; undefined where it could not be looked at. */
  readonly realPath?: string | undefined
  /** Name on the server, NFC. */
  readonly fileName: string
  readonly destination: Destination
  /** The identity it goes up as; absent: whichever account is in use. */
  readonly account?: string | undefined
  /** Folders below the destination that the file belongs in, outermost first. Empty: directly in it. */
  readonly remoteFolders: readonly string[]
  readonly handling: Handling
  readonly sizeBytes: number
  /** As seen when it was queued; null when the file could not be read then. */
  readonly fingerprint: Fingerprint | null
  readonly queuedAtMs: number
  readonly state: TransferState
  /** Bytes acknowledged by the server. */
  readonly sentBytes: number
}

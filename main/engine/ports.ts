/**
 * The interfaces through which the engine uses the outside world. `feishu`, `store` and
 * `destination` implement them; tests may too.
 */

import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy, CopyProof } from '#shared/model/copy.ts'
import type {
  AcknowledgedPart,
  AttachStep,
  Destination,
  DocumentType,
  Fingerprint,
  Handling,
  PendingAttach,
  PendingLanding,
  Transfer,
  TransferState,
  TransferStateKind,
  UploadFamily,
  UploadPoint,
  UploadTransaction,
} from '#shared/model/transfer.ts'
import type { Hold, RunNote } from '#shared/model/work.ts'
import type { Begun } from '#shared/transfer/deadline.ts'

// ---- Feishu -------------------------------------------------------------------------------

export interface CallOptions {
  readonly signal: AbortSignal
  /** The request's head is on its way: the moment a server's rate window starts counting it. */
  readonly onSent?: () => void
}

export interface SendOptions extends CallOptions {
  /** Called with the number of further body bytes handed to the socket. */
  readonly onProgress?: (bytes: number) => void
  /** Asked before each slice leaves; resolves when the bandwidth limit allows so many bytes. */
  readonly throttle?: (bytes: number, signal: AbortSignal) => Promise<void>
}

export interface RemoteFile {
  readonly token: string
  readonly name: string
  /** `file`, `folder`, `docx`, … */
  readonly type: string
  readonly url?: string
  readonly createdAtMs?: number
  /** When its content, or anything else about it, was changed last. */
  readonly modifiedAtMs?: number
  /** Open id of its owner. */
  readonly ownerId?: string
}

export interface PreparedUpload {
  readonly uploadId: string
  readonly blockSizeBytes: number
  readonly blockCount: number
}

/** The answer to a call that makes a file visible. */
export interface LandedAnswer {
  readonly fileToken: string
  /** As Feishu numbers it; not every answer has it. */
  readonly version?: string
  /** The page of the file, where the answer tells. */
  readonly url?: string
}

/** The calls of the open API that the engine uses. Each throws `TransferError`. */
export interface FeishuApi {
  /** The identity whose token is in use; a transaction is bound to it. Never a secret. */
  readonly identity: string
  /** Server time minus local time in ms, learned from `Date` headers; undefined until one was seen. */
  readonly clockOffsetMs: number | undefined
  uploadAll(
    request: { point: UploadPoint; fileName: string; bytes: Uint8Array; checksum: number },
    options: SendOptions,
  ): Promise<LandedAnswer>
  prepare(
    request: { point: UploadPoint; fileName: string; sizeBytes: number },
    options: CallOptions,
  ): Promise<PreparedUpload>
  sendPart(
    request: {
      point: UploadPoint
      uploadId: string
      seq: number
      bytes: Uint8Array
      checksum: number
    },
    options: SendOptions,
  ): Promise<void>
  finish(
    request: { point: UploadPoint; uploadId: string; blockCount: number },
    options: CallOptions,
  ): Promise<LandedAnswer>
  /** Bytes of a file in Drive from `start` on, fewer at its end, none beyond it. Needs the right to download. */
  readFile(
    request: { fileToken: string; start: number; sizeBytes: number },
    options: CallOptions,
  ): Promise<Uint8Array>
  /** One page of a folder; `pageToken` undefined for the first. */
  listFolder(
    request: { folderToken: string; pageToken?: string },
    options: CallOptions,
  ): Promise<{ files: RemoteFile[]; nextPageToken?: string }>
  createFolder(
    request: { parentToken: string; name: string },
    options: CallOptions,
  ): Promise<{ token: string; url?: string }>
  /** Ends open connections, e.g. after the machine slept. New calls open fresh ones. */
  resetConnections(): Promise<void>
  close(): Promise<void>
}

// ---- Calls that keep the manners ------------------------------------------------------------

/** On whose behalf a call is made, and how it is stopped. */
export interface CallContext {
  /** Lower goes first when several calls wait. */
  readonly rank: number
  /** No further call may begin. */
  readonly stopping: AbortSignal
  /** Calls in flight are cut off. */
  readonly aborted: AbortSignal
  /** Called when the call is held for longer than the ordinary rhythm; `null` when it continues. */
  readonly onHold: (hold: Hold | null) => void
  /** A call leaves; a repeated one as well. */
  readonly onCall?: () => void
  /** These copies are no longer in their folder, as a listing of it has shown. */
  readonly onVanished?: (copies: readonly Copy[]) => void
}

/** An unsafe call failed in a way that leaves open whether it took effect. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
  /** The error that a person is told meanwhile. */
  readonly error: TransferError
  /** Feishu has answered: the call is not under way any more. */
  readonly wasAnswered: boolean

  constructor(answer: TransferError, told: TransferError = answer) {
    super(answer.message, { cause: answer })
    this.error = told
    const { cause } = answer.context
    const { code } = cause instanceof TransferError ? cause : answer
    this.wasAnswered = typeof code === 'number'
  }
}

/** Folder calls within the limits, retried as the catalogue says. */
export interface FolderCalls {
  /** All children, page by page. */
  listFolder(folderToken: string, context: CallContext): Promise<RemoteFile[]>
  /** @throws OutcomeUnknown when the answer was lost */
  createFolder(parentToken: string, name: string, context: CallContext): Promise<{ token: string }>
}

/** A file that a call has made visible. */
export interface LandedFile {
  readonly fileName: string
  readonly fileToken: string
}

/** Turns a transfer's destination into the upload point of its calls. */
export interface TargetResolver {
  /**
   * Creates what is missing on the way: folders, or the block that a media will belong to.
   * @throws TransferError also for a file that this kind of destination does not take
   */
  resolve(transfer: Transfer, context: CallContext): Promise<UploadPoint>
  /** The files of that name at a Drive upload point, as looked at not long before a call to it. */
  filesNamed(point: UploadPoint, fileName: string, context: CallContext): Promise<RemoteFile[]>
  /** Lists the files that are at a Drive upload point now. */
  list(point: UploadPoint, context: CallContext): Promise<readonly RemoteFile[]>
  /**
   * Lists the files that were there at this time or later. One look serves all waiting callers, and
   * looks keep their distance.
   * @param sinceMs on the steady clock, usually in the future
   */
  listSince(
    point: UploadPoint,
    sinceMs: number,
    context: CallContext,
  ): Promise<readonly RemoteFile[]>
  /** A file is up at this point: it is there from here on, whatever an earlier look said. */
  landed(point: UploadPoint, file: LandedFile): void
  /**
   * Forgets what the server no longer has on the way to this place, so that it is made again: a
   * folder we mirrored, a block.
   * @param gone the upload point that was refused; undefined when the way to it failed
   * @returns false when nothing can be made again
   */
  forget(transfer: Transfer, gone: UploadPoint | undefined, context: CallContext): Promise<boolean>
}

interface Shown {
  /** The record of a Base. */
  readonly recordId?: string
  /** It has become a document of this type. */
  readonly document?: DocumentType
  /** The page of what it has become. */
  readonly url?: string
  /** The proof that it is ours; absent: that of the upload. */
  readonly proof?: CopyProof
}

/** The place where a file is shown now, or what it has become. */
export interface Attached extends Shown {
  /** The token of what it has become; absent: it is the uploaded file still. */
  readonly fileToken?: string
  /** Facts about it that a person should know. */
  readonly notes?: readonly RunNote[]
}

/** Shows uploaded files where a person looks for them, when being up is not enough for that. */
export interface Attacher {
  /**
   * Returns what has to be done once the file is uploaded; undefined when the file is visible then.
   */
  placeFor(transfer: Transfer): AttachStep | undefined
  /**
   * Takes what steps are left, each of them on disk beforehand.
   * @throws TransferError when Feishu refused
   * @throws OutcomeUnknown when the answer was lost and can not be settled yet
   */
  attach(transfer: Transfer, fileToken: string, context: CallContext): Promise<Attached>
  /**
   * Takes away what was made for a file that will not come, and forgets about it.
   * @returns false when something is left there, because others have made use of it
   */
  cleanUp(transfer: Transfer, context: CallContext): Promise<boolean>
}

// ---- State on disk ------------------------------------------------------------------------

export interface NewTransfer {
  readonly path: string
  /** The path it leads to, links resolved; undefined when it cannot be looked at. */
  readonly realPath?: string | undefined
  readonly fileName: string
  readonly destination: Destination
  /** The identity it goes up as; absent: whichever account is in use. */
  readonly account?: string | undefined
  readonly remoteFolders: readonly string[]
  /** Undefined: nothing special, or what was asked for before. */
  readonly handling?: Handling
  readonly sizeBytes: number
  readonly fingerprint: Fingerprint | null
  /** Settled on sight (an empty file, say); otherwise it is queued. */
  readonly state?: Extract<TransferState, { kind: 'skipped' | 'failed' }>
  /** The files it is added with; absent: those of the batch. */
  readonly addition?: Addition
}

/** Files that are added together, which a person sees as one group. */
export interface Addition {
  /** The same id again adds to the same group. */
  readonly id: string
  readonly kind: 'files' | 'folder' | 'rule'
  /** The name of the folder, or of the first file. */
  readonly label: string
}

export interface TransferFilter {
  /** Only transfers asked for in this run; all when absent. */
  readonly batchId?: string
}

/** The account whose transfers an engine takes. */
export interface AccountScope {
  readonly identity: string
  /** Those that name no account as well: this is the one in use. */
  readonly orNone: boolean
}

interface WorkFilter extends TransferFilter {
  /** All accounts when absent. */
  readonly account?: AccountScope
}

// Every method is synchronous, and durable when it returns, unless it says otherwise.

/** The queue. */
export interface Queue {
  /**
   * Adds transfers in one commit and marks them as asked for in `batchId`. Only `done` closes a
   * transfer, and at most one is open for the same path, destination and folder below it. That one
   * is taken up instead, checkpoint and all. Unless it is running, it is settled as the item's `state`
   * says or, without one, queued again if it was at rest (paused, blocked, failed, skipped, cancelled).
   * The account is the one asked for last. A done one is not touched: a new one is made. The caller
   * decides beforehand, with the copies, whether a finished file needs to go again.
   * @param before is told the ids of those that were taken up, with their states until now
   */
  enqueue(
    items: readonly NewTransfer[],
    batchId: string,
    nowMs: number,
    before?: Map<string, TransferStateKind>,
  ): Transfer[]
  get(id: string): Transfer | undefined
  /** The transfer for this path, destination and folder that is not done; there is at most one. */
  openAt(
    path: string,
    destination: Destination,
    remoteFolders: readonly string[],
  ): Transfer | undefined
  /**
   * Up to `limit` transfers that may run now: `queued`, or `waiting` with their
   * pause over, which began at `error.atMs` and ends at `untilMs`. Those with
   * an upload transaction first, soonest to expire leading; then in the order they were queued.
   */
  ready(filter: WorkFilter, limit: number, nowMs: number): Transfer[]
  /** When the next waiting transfer becomes ready; undefined when none waits. */
  nextWakeMs(filter: WorkFilter): number | undefined
  list(
    filter: TransferFilter & { kinds?: readonly TransferState['kind'][] },
    page: { offset: number; limit: number },
  ): Transfer[]
  /** Parts of large files in the queue, those that are up included: about how many. */
  partsAhead(): number
  saveState(id: string, state: TransferState): void
  /** Size and fingerprint of the version now being uploaded. */
  saveSource(id: string, sizeBytes: number, fingerprint: Fingerprint): void
  /** Saves the path that its path led to at the first look. */
  saveRealPath(id: string, realPath: string): void
  /**
   * Counts an API call that leaves for a transfer. Not durable by itself, so that no call costs a commit: it is written
   * with the next state, part or end of the transfer.
   */
  noteCall(id: string): void
  /** Writes what `noteCall` has counted and nothing has written since; usually that is nothing. */
  saveCalls(id: string): void
  /** After a crash nothing of an account runs: its active transfers become `queued`. Returns how many. */
  requeueInterrupted(account?: AccountScope): number
}

/** An upload transaction that was begun, and what is missing. */
export interface BegunUpload extends Begun {
  readonly id: string
  readonly path: string
  readonly identity: string
  readonly family: UploadFamily
}

/** Uploads in parts that were begun, and their parts. */
export interface Checkpoints {
  /** Those that are in the queue, soonest to expire leading. */
  begun(): BegunUpload[]
  transaction(id: string): UploadTransaction | undefined
  /** Begins a checkpoint; a previous one of this transfer and its parts are gone with it. */
  openTransaction(id: string, transaction: UploadTransaction): void
  /** Replaces the fingerprint after the stored checksums proved the content the same. */
  confirmFingerprint(id: string, fingerprint: Fingerprint): void
  /** One acknowledged part, one commit. */
  acknowledgePart(id: string, part: AcknowledgedPart): void
  /** In seq order. */
  acknowledgedParts(id: string): AcknowledgedPart[]
  /** Forgets the transaction and its parts: the upload begins again. */
  dropTransaction(id: string): void
}

/** Calls that make a file visible: announced before they leave, completed by their answer. */
export interface Landings {
  pendingLanding(id: string): PendingLanding | undefined
  openLanding(id: string, landing: PendingLanding): void
  /** The call certainly did not take effect. */
  dropLanding(id: string): void
  /**
   * The file is up: token, size sent and receipt in one commit; transaction, parts and landing are closed.
   * With `attach` it has to be shown somewhere yet, otherwise the transfer is done.
   */
  complete(
    id: string,
    result: {
      fileToken: string
      fingerprint: Fingerprint
      blockSizeBytes: number
      checksums: readonly number[]
      finishedAtMs: number
      /** Now by the server's clock; left out while it has not told its time. */
      landedAtServerMs?: number
      contentHash: string | null
      version?: string
      /** The page of the file. */
      url?: string
      proof: CopyProof
      attach?: AttachStep
    },
  ): void
  /** Which of these file tokens belong to transfers that are done. */
  ownTokens(tokens: readonly string[]): Set<string>
}

/** The end of a file on its way to where it is seen. */
interface AttachResult extends Shown {
  readonly fileToken: string
  readonly finishedAtMs: number
}

/** Files on their way to where they are seen. */
export interface Attachments {
  pendingAttach(id: string): PendingAttach | undefined
  saveAttach(id: string, pending: PendingAttach): void
  dropAttach(id: string): void
  /** Done: the file is shown where it belongs. */
  attached(id: string, result: AttachResult): void
  /** Transfers that were given up, or failed, and left something behind in a document. */
  leftovers(limit: number): Transfer[]
}

/** All that a run keeps on disk about its transfer. */
export interface RunStore extends Queue, Checkpoints, Landings, Attachments {}

/**
 * The files known to be in Feishu, regardless of the queue and the history. The store forgets a
 * file only at a person's request. Every method is synchronous, and durable when it returns.
 */
export interface CopyStore {
  /** The newest copy of a local file at a place. */
  at(path: string, destination: Destination, remoteFolders: readonly string[]): Copy | undefined
  /** The newest copy of a local file in each folder below a destination, newest first. */
  ofPath(path: string, destination: Destination): Copy[]
  /** Local files that count as up through one of these remote files at present. */
  holders(tokens: readonly string[]): Copy[]
  /** Which of these remote files were ever brought there by this home. */
  known(tokens: readonly string[]): Set<string>
  /** Another local file counts as up through the copies of this one: it was renamed, or has the same content. */
  share(path: string, of: Pick<Copy, 'path' | 'destination'>): void
  /** The local file of a copy is this version now, with the same content: it need not be read again. */
  confirm(copy: Copy, fingerprint: Fingerprint): void
  /**
   * The newest copies of all local files that are known to be in one remote folder, without those that a call
   * of ours may have moved.
   */
  inFolder(destination: Destination, remoteFolders: readonly string[]): Copy[]
  /** A listing of their folder no longer has these remote files; null: has them again. */
  missed(tokens: readonly string[], atMs: number | null): void
  /** The copies of files in a local folder that a listing no longer had. */
  missing(folder: string, destination: Destination): Copy[]
  /**
   * Forgets the copies of a local file, or of all files in a folder, at one destination or all.
   * Returns how many.
   */
  forget(path: string, destination?: Destination): number
}

/** Calls per app, endpoint and day, so that a restart does not forget what the day has cost. */
export interface QuotaStore {
  /**
   * Counts one call before it leaves, so that it outlives the process (a power cut may cost the last few).
   * Returns the day's count including it.
   */
  countCall(appKey: string, endpoint: string, dayKey: string, atMs: number): number
  callsUsed(appKey: string, endpoint: string, dayKey: string): number
  /** When the last call to this endpoint was counted; undefined if never. */
  lastCallAtMs(appKey: string, endpoint: string): number | undefined
  usage(appKey: string, dayKey: string): { endpoint: string; calls: number }[]
}

/** A limiter's answer: when a call may leave, or that all machines together have used up the day. */
export type Reservation =
  | { readonly kind: 'go'; readonly waitMs: number }
  | { readonly kind: 'day-used'; readonly retryAfterMs: number }

/** A limiter that all machines of an app share. */
export interface SharedLimiter {
  /** Takes the next free turn for one call. Resolves to undefined, within a second, when the limiter cannot be reached. */
  reserve(endpoint: {
    readonly path: string
    readonly callsPerSecond: number
    readonly callsPerDay: number | undefined
  }): Promise<Reservation | undefined>
  close(): void
}

/** The memo that says when a home which was moved or put back was adopted, ms since 1970. */
export const ADOPTED_MEMO = 'home-adopted-at'

/** Remote folders that are known, so that a mirror does not list them again and again. */
export interface FolderStore {
  folderToken(identity: string, parentToken: string, name: string): string | undefined
  /** @param isMade Feidi made it; else it was there */
  saveFolder(
    identity: string,
    parentToken: string,
    name: string,
    token: string,
    isMade?: boolean,
  ): void
  /** Checks whether Feidi made a folder, as far as it remembers. */
  wasMade(identity: string, token: string): boolean
  /** Forgets a folder, and what was known below it, because the server no longer has it. */
  forgetFolder(identity: string, token: string): void
}

/** Small facts the engine learns and wants to know again after a restart. JSON values. */
export interface MemoStore {
  recall<T>(key: string): T | undefined
  remember(key: string, value: unknown): void
}

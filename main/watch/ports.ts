/**
 * The interfaces that watching needs from outside. `store` and the hosts implement these; tests may
 * too.
 */
import type { FollowStep, FollowStop, RemotePlace } from '#shared/model/follow.ts'
import type { Destination, Fingerprint } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { PlaceRow } from '#shared/transfer/remote-layout.ts'

// ---- The queue ----------------------------------------------------------------------------

/** A settled file that is to be uploaded. */
export interface WatchCandidate {
  readonly rule: WatchRule
  /** Absolute path. */
  readonly path: string
  /** The real path of that; undefined when the rule does not say where its folder is. */
  readonly realPath: string | undefined
  /** Below the rule's folder, `/` between names. */
  readonly relativePath: string
  readonly fingerprint: Fingerprint
  /** Folders below the destination that it belongs in, outermost first. */
  readonly remoteFolders: readonly string[]
  /** Name on the server. */
  readonly fileName: string
  readonly reason: 'new' | 'changed'
}

/**
 * The outcome of a transfer; `unknown` when no transfer has that id, or it was withdrawn because
 * its file had vanished.
 */
export type TransferOutcome =
  | { readonly kind: 'open' | 'failed' | 'unknown' }
  | ({ readonly kind: 'done' } & UploadedVersion)

/** The version of a file that is up, as far as it is known. */
export interface UploadedVersion {
  readonly fingerprint: Fingerprint | null
  /** Hex, see `main/lib/content-hash.ts`. */
  readonly contentHash: string | null
}

/** The queue that settled files go to. */
export interface TransferQueue {
  /**
   * Queues files durably and returns the ids of their transfers, in the same order. Asked again for
   * a version that is queued or up already, because a crash came in between, it answers with the
   * transfer there is.
   */
  enqueue(candidates: readonly WatchCandidate[]): readonly string[] | Promise<readonly string[]>
  outcome(transferId: string): TransferOutcome
}

// ---- The index ----------------------------------------------------------------------------

/**
 * A file's standing with its rule: there from the beginning and not wanted, handed over, uploaded,
 * given up by the engine, or a copy that is not uploaded again.
 */
export type Standing = 'baseline' | 'queued' | 'up' | 'failed' | 'copy'

/** The known state of one file, from the last look that mattered. */
export interface IndexedFile {
  readonly name: string
  readonly stamp: string
  readonly sizeBytes: number
  readonly standing: Standing
  /** The number of the remote folder it went to, see `PlaceRow`. */
  readonly place: number | null
  /** While it is queued, or has failed. Of a copy: that of the file with this content, while it is queued. */
  readonly transferId: string | null
  /** Its path was found vacant; the row is kept so that the file is recognised when it turns up again. */
  readonly gone: boolean
}

export interface IndexedPlace {
  /** Folder below the rule's, `/` between names, '' for the folder itself. */
  readonly dir: string
  readonly file: IndexedFile
}

/** The known state of one folder. */
export interface IndexedDirectory {
  readonly files: ReadonlyMap<string, IndexedFile>
  /** Names of the folders in it that were there. */
  readonly folders: readonly string[]
}

/** A change of the index. */
export type IndexChange =
  | {
      readonly kind: 'save'
      readonly dir: string
      readonly file: IndexedFile
      readonly hash: string | null
    }
  /** A new stamp for the same content. Has no effect when the stamp is no longer `was`. */
  | {
      readonly kind: 'restamp'
      readonly dir: string
      readonly name: string
      readonly stamp: string
      readonly was: string
    }
  | {
      readonly kind: 'hash'
      readonly dir: string
      readonly name: string
      readonly stamp: string
      readonly hash: string
    }
  /**
   * A file that is elsewhere, or forgotten. Has no effect when another file has this path by now,
   * whose stamp is not `was`.
   */
  | {
      readonly kind: 'remove'
      readonly dir: string
      readonly name: string
      readonly was: string
    }
  /**
   * The file is up through what another one brought to Feishu, which is not replaced as long as it is there.
   * It is as it was before any of the changes that are applied together.
   */
  | {
      readonly kind: 'share'
      readonly dir: string
      readonly name: string
      readonly of: { readonly dir: string; readonly name: string }
    }
  | ({ readonly kind: 'done'; readonly transferId: string } & EndedVersion)
  | { readonly kind: 'failed'; readonly transferId: string }
  | { readonly kind: 'gone'; readonly dir: string; readonly name: string; readonly atMs: number }
  /** A folder with all below it. */
  | { readonly kind: 'folder-gone'; readonly dir: string; readonly atMs: number }
  | { readonly kind: 'place'; readonly row: PlaceRow }

/** The files of one folder and destination, whichever rule they belong to at the time. */
export interface IndexScope {
  /** Id of the rule whose first sweep is complete; null when there was none. */
  begunFor(): string | null
  saveBegun(ruleId: string): void
  /** Returns whether a drive began at the folder at the last look. */
  wasMount(): boolean
  saveMount(isMount: boolean): void
  /** Returns whether nothing is known yet. */
  isEmpty(): boolean
  directory(dir: string): IndexedDirectory
  file(dir: string, name: string): IndexedFile | undefined
  hash(dir: string, name: string): string | null
  /**
   * Files that were last seen with this number, size and mtime, wherever they were.
   * @param stamp without its ctime
   */
  withFile(stamp: string): IndexedPlace[]
  /** True when a file of this size has vanished whose hash is known. */
  hasGoneOfSize(sizeBytes: number): boolean
  /** Vanished files of this content. */
  goneWithContent(hash: string): IndexedPlace[]
  /** A file of this content that is up or, if none is, on its way. */
  withContent(hash: string): IndexedPlace | undefined
  /** Files that are up and whose hash is not known yet, a page at a time. */
  unhashed(after: { dir: string; name: string } | undefined, limit: number): IndexedPlace[]
  /** Files with a transfer, a page at a time, in a fixed order. */
  queued(after: { dir: string; name: string } | undefined, limit: number): IndexedPlace[]
  places(): PlaceRow[]
  /** All of it in one commit. */
  apply(changes: readonly IndexChange[]): void
  /** Forgets files that have been gone since before. */
  prune(beforeMs: number): void
}

/** The memory of watching. Every method is synchronous and durable when it returns. */
export interface FileIndex {
  scope(folder: string, destination: Destination): IndexScope
  /** Counts the files that are there, by standing. Looks at all of them. */
  counts(folder: string, destination: Destination): Readonly<Record<Standing, number>>
  /** Marks the files with this transfer as up. Copies that have another content are forgotten: they are new. */
  transferDone(transferId: string, version: EndedVersion): EndedTransfer[]
  /** Marks the files with this transfer as failed, and forgets their copies. */
  transferFailed(transferId: string): EndedTransfer[]
  /** Forgets the files with this transfer: each is new wherever it turns up. */
  transferWithdrawn(transferId: string): EndedTransfer[]
  /**
   * Forgets that a file, or what lies in a folder, is up at one destination or all: the next look finds
   * it new. Returns how many.
   */
  forget(path: string, destination?: Destination): number
}

/** The version that was uploaded, as far as it is known. */
export interface EndedVersion {
  readonly stamp: string | null
  readonly hash: string | null
}

/** A file whose transfer has ended. */
export interface EndedTransfer {
  /** Folder of the scope. */
  readonly folder: string
  readonly dir: string
  /** Its folder has to be looked at: another version was uploaded than was seen last, or another content. */
  readonly isOutdated: boolean
}

/** Opens a file for reading and closes it again; rejects with the system's error. */
export type OpenProbe = (path: string) => Promise<void>

// ---- Following ----------------------------------------------------------------------------

/** A copy in Feishu as following needs to know it. */
export interface FollowedCopy {
  /** Absolute path of the local file. */
  readonly path: string
  readonly place: RemotePlace
  readonly token: string
  readonly identity: string
  readonly landedAtMs: number
  readonly hash: string | null
  /** A file, whose content was proven to be ours, and that no listing has missed. */
  readonly isProven: boolean
}

/** A local file as the index has it. */
export interface FollowedFile {
  /** Below the scope's folder. */
  readonly path: string
  readonly standing: Standing
  readonly hash: string | null
  readonly goneAtMs: number | null
}

/** The state of a rule that follows. */
export interface FollowRecord {
  /** Files that had vanished before are not deleted. */
  readonly sinceMs: number
  /** The marks that tell the folder, and each drive that begins in it, from others; by path below it. */
  readonly pins: Readonly<Record<string, string>>
  readonly stop: FollowStop | null
}

type NewFollowStep = Omit<FollowStep, 'id' | 'state' | 'endedAtMs' | 'error'>

/** The memory of following. Every method is synchronous and durable when it returns. */
export interface FollowStore {
  /** Undefined: it does not follow yet. */
  record(ruleId: string): FollowRecord | undefined
  save(ruleId: string, record: FollowRecord): void
  /** The rule does not follow any more: what it meant to do is forgotten. */
  end(ruleId: string): void
  /**
   * All but these rules are gone, and what they meant to do with them. A call that was not answered is remembered
   * for a week: its file counts as one that may be elsewhere.
   */
  keepOnly(ruleIds: readonly string[], nowMs: number): void
  /** Steps that are intended, and those of the last days, in the order they were planned. */
  steps(ruleId: string): FollowStep[]
  /** Counts the steps that are to come, or came to nothing. */
  pending(ruleId: string): number
  /** Steps that are not wanted any more go, new ones come, and the stop is noted, in one commit. */
  revise(
    ruleId: string,
    change: {
      readonly drop: readonly number[]
      readonly add: readonly NewFollowStep[]
      readonly stop: FollowStop | null
      readonly nowMs: number
    },
  ): void
  /** It is so late by now, by the clock here: what seems to lie ahead was noted while it was fast, and is now. */
  clockIsAt(ruleId: string, nowMs: number): void
  /** The deletions whose wait has not begun are due then. @param dueAtMs by Feishu's clock */
  beginWaits(ruleId: string, dueAtMs: number): void
  /** A person is asked. */
  stop(ruleId: string, stop: FollowStop): void
  /**
   * A changed file goes up in place of its older version, or waits for a person before it does.
   * @param path below the rule's folder
   * @param plannedAtMs by the clock here
   * @param endedAtMs by Feishu's clock; null: it waits
   * @returns the id of the step
   */
  addReplacement(
    ruleId: string,
    path: string,
    plannedAtMs: number,
    endedAtMs: number | null,
  ): number
  /** Notes how far a step is. */
  note(
    id: number,
    state: FollowStep['state'],
    end?: { readonly endedAtMs: number; readonly error: FollowStep['error'] },
  ): void
  /** All copies below a folder, older ones first. */
  copies(folder: string, destination: Destination): FollowedCopy[]
  /** All files of a scope that are known. */
  files(folder: string, destination: Destination): FollowedFile[]
}

/** The work that a look has found for a rule. */
export interface FollowWork {
  readonly rule: WatchRule
  readonly identity: string
  /** The most calls in 24 hours that no person was asked about. */
  readonly limit: number
  /** Folders in Feishu that are to be there, also when they are empty. */
  readonly folders: readonly (readonly string[])[]
  readonly signal: AbortSignal
  /** Checks, right before a call, that all is here as it was when the step was planned. */
  isStillSo(step: FollowStep): Promise<boolean>
}

/** The way from what a rule means to do to Feishu. */
export interface FollowTools {
  readonly store: FollowStore
  /** The account that acts for a rule at present. */
  identityOf(rule: WatchRule): string | undefined
  /** Now by Feishu's clock, as the account of a rule was told; undefined: not yet. */
  serverNowMs(rule: WatchRule): number | undefined
  /** The token of a folder in Feishu that is known, and whether Feidi made it. */
  folder(
    identity: string,
    parentToken: string,
    name: string,
  ): { readonly token: string; readonly isMade: boolean } | undefined
  /**
   * Takes the steps that are due, unless the rule is stopped.
   * @returns whether nothing that is due is left
   */
  take(work: FollowWork): Promise<boolean>
}

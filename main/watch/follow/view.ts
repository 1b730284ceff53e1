/** The facts that following decides about, and its decisions. */
import type { FollowStep, FollowStop, RemotePlace } from '#shared/model/follow.ts'

/** A file in Feishu through which a local file counts as up. */
export interface KnownCopy {
  /** Of the local file, below the rule's folder, `/` between names. */
  readonly path: string
  readonly place: RemotePlace
  readonly token: string
  readonly landedAtMs: number
  /** Content hash; null where it is not known. */
  readonly hash: string | null
  /** A file, not a document; put there by the rule's account, and proven. */
  readonly isOurs: boolean
}

/**
 * A local file: it is here with a content that is up; `busy` while that is not certain; or gone since then, as
 * Feidi itself has seen.
 */
export type SeenFile = 'busy' | { readonly hash: string | null } | { readonly goneAtMs: number }

/** The rule's files, here and there. */
export interface FollowView {
  /** Older ones first where they landed at the same time. */
  readonly copies: readonly KnownCopy[]
  /** Undefined: never seen, or forgotten. */
  fileAt(path: string): SeenFile | undefined
  /** The folders in Feishu that stand for the local folder of a file; files new to it go to the last. */
  foldersFor(path: string): readonly (readonly string[])[]
  /** The name in Feishu of a local file. */
  nameFor(path: string): string
  /** Checks whether a local folder belongs at that place in Feishu. */
  hasLocalFolder(folders: readonly string[]): boolean
  /** Checks whether Feidi knows a folder there, and whether it made it. */
  knowsFolder(folders: readonly string[]): boolean
  madeFolder(folders: readonly string[]): boolean
  /** True when deletions are followed: with the account of a person. */
  readonly mayTrash: boolean
}

/** The progress of following. */
export interface FollowState {
  readonly steps: readonly FollowStep[]
  readonly stop: FollowStop | null
  /** Files that had vanished before are not deleted. */
  readonly sinceMs: number
  /** Steps that were planned by then may go, however many. */
  readonly approvedAtMs: number
  /** By the clock here, as the plans are. */
  readonly nowMs: number
  /** By Feishu's clock as far as it is known, as the ends of calls are. */
  readonly serverNowMs: number
}

export type WantedStep = Pick<FollowStep, 'kind' | 'path' | 'fileToken' | 'from' | 'to'>

export interface Decision {
  /** Ids of steps that are not wanted any more. */
  readonly drop: readonly number[]
  readonly add: readonly (WantedStep & Pick<FollowStep, 'plannedAtMs' | 'dueAtMs'>)[]
  readonly stop: FollowStop | null
}

/** The fate of a file in Feishu, by the local files that count as up through it. */
export type Fate =
  | { readonly kind: 'stays' | 'busy' | 'unclear' }
  | { readonly kind: 'moves'; readonly path: string; readonly to: RemotePlace }
  | { readonly kind: 'gone'; readonly path: string; readonly atMs: number }

/** A file in Feishu and what should become of it. */
export interface FatedFile {
  readonly token: string
  readonly place: RemotePlace
  readonly isOurs: boolean
  readonly fate: Fate
}

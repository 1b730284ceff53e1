import type { Destination, Fingerprint } from './transfer.ts'

/** How it is known that a file in Feishu has the content of the local one. */
export type CopyProof =
  /** The call that made it answered with its token. */
  | 'answer'
  /** The answer was lost, and closing the same upload transaction once more returned its token. */
  | 'finish'
  /** The answer was lost, and the bytes that Feishu holds were compared. */
  | 'bytes'
  /** The answer was lost, and the version history names our version. */
  | 'version'
  /** Uploaded by a Feidi that kept no content hash, so its content is not known. */
  | 'unproven'

/**
 * A file that is known to be in Feishu: which local file it is a copy of, and what it holds. Several
 * local files may count as up through the same remote one: a copy, a twin in another spelling.
 */
export interface Copy {
  /** Absolute path of the local file. It follows the file when that is renamed. */
  readonly path: string
  readonly destination: Destination
  /** Folders below the destination that it lies in, outermost first. */
  readonly remoteFolders: readonly string[]
  /** Name on the server. */
  readonly fileName: string
  /** The identity it went up as; empty for copies from before accounts were noted. */
  readonly identity: string
  readonly fileToken: string
  /** As Feishu numbers it, where an answer told. */
  readonly version: string | null
  /** Hex, see `main/lib/content-hash.ts`; null for what was uploaded before hashes were kept. */
  readonly contentHash: string | null
  /** Of the local file at the version that went up. */
  readonly fingerprint: Fingerprint
  readonly proof: CopyProof
  readonly transferId: string
  readonly landedAtMs: number
  /** When a listing of its folder no longer had it; null while it is there. */
  readonly missedAtMs: number | null
}

/** Why a file of the same name in Feishu was left alone, and the new one went up beside it. */
export const KEPT_BECAUSE = [
  /** Somebody else put it there, and only what is ours was to be replaced. */
  'not-ours',
  /** It counted as ours, but was never proven to be. */
  'not-proven',
  /** Another local file counts as up through it. */
  'in-use',
  /** There are several of that name, and none of them is ours. */
  'several',
  /** It appeared while the outcome of an upload of ours was uncertain: it may be anybody's. */
  'uncertain',
  /** Feishu does not replace it: this tenant, or this file. */
  'refused',
] as const

export type KeptBecause = (typeof KEPT_BECAUSE)[number]

import type { ErrorInfo } from '../errors/transfer-error.ts'
import { DEFAULT_EXCLUDES } from './default-excludes.ts'
import type { Destination } from './transfer.ts'

/** What happens with files that are there when the rule begins. */
type InitialFiles = 'upload' | 'only-new'

/** Where files of subfolders go: into folders of the same names, or all into one. */
type Subfolders = 'mirror' | 'flatten'

/** What happens when a file changes that is up already. */
export type OnChange = 'upload-again' | 'overwrite' | 'ignore'

/** What happens when a file that is up is no longer in its folder in Feishu. */
export type OnVanished = 'tell' | 'again'

/** How changes are noticed: by the system's events, or by looking every so often. */
type Noticing = 'events' | 'polling'

/** A folder that is kept uploaded. */
export interface WatchRule {
  readonly id: string
  /** Absolute path of the folder. Its content goes to the destination itself, not to a folder in it. */
  readonly folder: string
  /**
   * Where that led, links and all, when the rule was made or a person confirmed it; undefined where it
   * was not looked at.
   */
  readonly realFolder?: string | undefined
  readonly destination: Destination
  /** The identity whose token is used, e.g. `app:cli_…@open.feishu.cn`; undefined: the one in use. */
  readonly account: string | undefined
  readonly enabled: boolean
  /** False: only files directly in the folder. */
  readonly recursive: boolean
  /** Patterns as in .gitignore, below the folder. Empty `include`: everything. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly initialFiles: InitialFiles
  readonly subfolders: Subfolders
  readonly onChange: OnChange
  readonly onVanished: OnVanished
  /** A copy with the same content as a file that is up already is not uploaded again. */
  readonly dedupe: boolean
  readonly minimumBytes: number
  readonly maximumBytes: number | undefined
  /** A file counts as finished when it has not changed for so long. */
  readonly settleMs: number
  /** Links are ignored unless asked for, and never followed out of the folder. */
  readonly followLinks: boolean
  /** Private keys, passwords and the like go up as well. */
  readonly allowSensitive: boolean
  /** Continue in "name (2)" when a remote folder is full (1,500) instead of stopping there. */
  readonly overflowFolders: boolean
  /** Open id or e-mail address of the person who may do everything with what goes up. */
  readonly shareWith: string | undefined
  readonly noticing: Noticing
  readonly createdAtMs: number
}

/** What a new rule starts from; the rest is what the person says. */
export const WATCH_RULE_DEFAULTS = {
  account: undefined,
  enabled: true,
  recursive: true,
  include: [],
  exclude: DEFAULT_EXCLUDES,
  initialFiles: 'upload',
  subfolders: 'mirror',
  onChange: 'upload-again',
  onVanished: 'tell',
  dedupe: false,
  minimumBytes: 1,
  maximumBytes: undefined,
  settleMs: 2_000,
  followLinks: false,
  allowSensitive: false,
  overflowFolders: false,
  shareWith: undefined,
  noticing: 'events',
} as const satisfies Partial<WatchRule>

/** What a person can see of a rule at work. */
export type WatchState =
  | { readonly kind: 'watching'; readonly files: number; readonly waiting: number }
  | { readonly kind: 'scanning'; readonly scanned: number; readonly expected?: number | undefined }
  /** Watching, while files whose dates alone have changed are read in the background. */
  | { readonly kind: 'checking'; readonly checked: number; readonly of: number }
  /** Unplugged, unmounted or deleted: it goes on by itself when the folder is back. */
  | { readonly kind: 'root-missing' }
  /** It has become a link, or leads elsewhere than it did: nothing is looked at until a person confirms it. */
  | { readonly kind: 'root-replaced'; readonly path: string }
  /** A folder can not be read; what can be read is watched all the same. */
  | { readonly kind: 'no-permission'; readonly path: string }
  /** The drive, or the server behind it, does not answer. */
  | { readonly kind: 'not-answering'; readonly path: string }
  /** Something can not be read for another reason, which its problem tells. */
  | { readonly kind: 'unreadable'; readonly path: string }
  /** The system allows too few watches; `setting` is what to raise, and the folder is polled meanwhile. */
  | { readonly kind: 'too-many-watches'; readonly setting: string }
  | { readonly kind: 'paused' }

/** Why a file that will be uploaded is not handed over yet. */
export type WaitingReason =
  /** It has to stay unchanged for the settle time first. */
  | 'settling'
  /** It has changed again while it was waited for. */
  | 'changing'
  /** Another program holds it. */
  | 'locked'
  | 'unreadable'
  /** Its content is being compared with what is up. */
  | 'checking'
  /** It was moved while its upload was under way, whose end decides. */
  | 'moving'

/** Why a file or folder is left out by a rule. */
export type LeftOut =
  | { readonly kind: 'excluded'; readonly pattern: string }
  | { readonly kind: 'not-included' }
  | { readonly kind: 'not-recursive' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-small'; readonly sizeBytes: number }
  | { readonly kind: 'too-large'; readonly sizeBytes: number }
  | { readonly kind: 'link' }
  | { readonly kind: 'link-leads-out' }
  | { readonly kind: 'link-loop' }
  | { readonly kind: 'not-a-file' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'name-invalid' }
  /** Only a part of it is there: the control file of a downloader lies beside it. */
  | { readonly kind: 'downloading' }
  /** It may hold keys or passwords, and the rule does not allow that. */
  | { readonly kind: 'sensitive' }

/** Something of a rule that a person should know about, besides its state. */
export interface WatchProblem {
  readonly ruleId: string
  /** Absolute path of the file or folder concerned. */
  readonly path: string
  readonly error: ErrorInfo
}

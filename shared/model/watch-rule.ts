import type { Destination } from './transfer.ts'

/** What happens with files that are there when the rule begins. */
export type InitialFiles = 'upload' | 'only-new'

/** Where files of subfolders go: into folders of the same names, or all into one. */
export type Subfolders = 'mirror' | 'flatten'

/** What happens when a file changes that is up already. */
export type OnChange = 'upload-again' | 'overwrite' | 'ignore'

/** How changes are noticed: by the system's events, or by looking every so often. */
export type Noticing = 'events' | 'polling'

/** A folder that is kept uploaded. */
export interface WatchRule {
  readonly id: string
  /** Absolute path of the folder. Its content goes to the destination itself, not to a folder in it. */
  readonly folder: string
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
  /** A copy with the same content as a file that is up already is not uploaded again. */
  readonly dedupe: boolean
  readonly minimumBytes: number
  readonly maximumBytes: number | undefined
  /** A file counts as finished when it has not changed for so long. */
  readonly settleMs: number
  /** Links are ignored unless asked for, and never followed out of the folder. */
  readonly followLinks: boolean
  /** Continue in "name (2)" when a remote folder is full (1,500) instead of stopping there. */
  readonly overflowFolders: boolean
  readonly noticing: Noticing
  readonly createdAtMs: number
}

/** What a person can see of a rule at work. */
export type WatchState =
  | { readonly kind: 'watching'; readonly files: number; readonly waiting: number }
  | { readonly kind: 'scanning'; readonly scanned: number; readonly expected: number | undefined }
  | { readonly kind: 'root-missing' }
  | { readonly kind: 'no-permission'; readonly path: string }
  /** The system allows too few watches; `setting` is what to raise, and the folder is polled meanwhile. */
  | { readonly kind: 'too-many-watches'; readonly setting: string }
  | { readonly kind: 'paused' }

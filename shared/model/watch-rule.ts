import { z } from 'zod'
import type { ErrorInfo } from '../errors/transfer-error.ts'
import { bytesSchema, countSchema, timeSchema } from './numbers.ts'
import { destinationSchema, documentWishesSchema } from './transfer.ts'

/** The part of a rule about online documents: which files, and the wishes about them. */
export const ruleDocumentsSchema = z
  .strictObject({
    ...documentWishesSchema.unwrap().shape,
    /** As in .gitignore, below the folder. */
    patterns: z.array(z.string().min(1).max(1_024)).min(1).max(100).readonly(),
  })
  .readonly()

/** A folder that is kept uploaded. */
export const watchRuleSchema = z.object({
  id: z.string().min(1),
  /** Absolute path of the folder. Its content goes to the destination itself, not to a folder in it. */
  folder: z.string().min(1),
  /**
   * The real path of that, links resolved, when the rule was made or a person confirmed it;
   * undefined where it was not looked at.
   */
  realFolder: z.string().min(1).optional(),
  destination: destinationSchema,
  /** The identity whose token is used, e.g. `app:cli_…@open.feishu.cn`; undefined: the one in use. */
  account: z.string().optional(),
  enabled: z.boolean(),
  /** False: only files directly in the folder. */
  recursive: z.boolean(),
  /** Patterns as in .gitignore, below the folder. Empty `include`: everything. */
  include: z.array(z.string()).readonly(),
  exclude: z.array(z.string()).readonly(),
  /** For files that are there when the rule begins. */
  initialFiles: z.enum(['upload', 'only-new']),
  /** Files of subfolders go into folders of the same names, or all into one. */
  subfolders: z.enum(['mirror', 'flatten']),
  /** For a file that changes and is up already. */
  onChange: z.enum(['upload-again', 'overwrite', 'ignore']),
  /** For a file that is up and is no longer in its folder in Feishu. */
  onVanished: z.enum(['tell', 'again']),
  /** A copy with the same content as a file that is up already is not uploaded again. */
  dedupe: z.boolean(),
  minimumBytes: bytesSchema,
  maximumBytes: bytesSchema.optional(),
  /** A file counts as finished when it has not changed for so long. */
  settleMs: z.number().nonnegative(),
  /** Links are ignored unless asked for, and never followed out of the folder. */
  followLinks: z.boolean(),
  /** Private keys, passwords and the like go up as well. */
  allowSensitive: z.boolean(),
  /** Continue in "name (2)" when a remote folder is full (1,500) instead of stopping there. */
  overflowFolders: z.boolean(),
  /** Open id or e-mail address of the person who may do everything with what goes up. */
  shareWith: z.string().optional(),
  /** Files that match these patterns become online documents, where they can. */
  asDocument: ruleDocumentsSchema.optional(),
  /** Renaming, moving and deleting here are followed by the same in Feishu. */
  follow: z.boolean().default(false),
  /** When a person agreed to what a rule that follows meant to do. */
  followApprovedAtMs: timeSchema.optional(),
  /** Changes are noticed by the system's events, or by looking every so often. */
  noticing: z.enum(['events', 'polling']),
  createdAtMs: timeSchema,
})

export type WatchRule = Readonly<z.output<typeof watchRuleSchema>>

/** The part of a rule at work that a person can see. */
export const watchStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('watching'), files: countSchema, waiting: countSchema }),
  z.object({ kind: z.literal('scanning'), scanned: countSchema, expected: countSchema.optional() }),
  /** Watching, while files whose dates alone have changed are read in the background. */
  z.object({ kind: z.literal('checking'), checked: countSchema, of: countSchema }),
  /** Unplugged, unmounted or deleted: it resumes by itself when the folder is back. */
  z.object({ kind: z.literal('root-missing') }),
  /** It has become a link, or leads elsewhere than it did: nothing is looked at until a person confirms it. */
  z.object({ kind: z.literal('root-replaced'), path: z.string() }),
  /** A folder can not be read; what can be read is watched all the same. */
  z.object({ kind: z.literal('no-permission'), path: z.string() }),
  /** The drive, or the server behind it, does not answer. */
  z.object({ kind: z.literal('not-answering'), path: z.string() }),
  /** An entry can not be read for another reason, which its problem tells. */
  z.object({ kind: z.literal('unreadable'), path: z.string() }),
  /** The system allows too few watches; `setting` is what to raise, and the folder is polled meanwhile. */
  z.object({ kind: z.literal('too-many-watches'), setting: z.string() }),
  z.object({ kind: z.literal('paused') }),
])

export type WatchState = Readonly<z.output<typeof watchStateSchema>>

/** The reason why a file that will be uploaded is not handed over yet. */
export const waitingReasonSchema = z.enum([
  /** It has to stay unchanged for the settle time first. */
  'settling',
  /** It has changed again while it was waited for. */
  'changing',
  /** Another program holds it. */
  'locked',
  'unreadable',
  /** Its content is being compared with what is up. */
  'checking',
  /** It was moved while its upload was under way, whose end decides. */
  'moving',
  /** It would replace its older version, and the rule waits for a person to agree. */
  'approval',
])

export type WaitingReason = z.output<typeof waitingReasonSchema>

/** The reason why a file or folder is left out by a rule. */
export const leftOutSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('excluded'), pattern: z.string() }),
  z.object({ kind: z.literal('not-included') }),
  z.object({ kind: z.literal('not-recursive') }),
  z.object({ kind: z.literal('empty') }),
  z.object({ kind: z.literal('too-small'), sizeBytes: bytesSchema }),
  z.object({ kind: z.literal('too-large'), sizeBytes: bytesSchema }),
  z.object({ kind: z.literal('link') }),
  z.object({ kind: z.literal('link-leads-out') }),
  z.object({ kind: z.literal('link-loop') }),
  z.object({ kind: z.literal('not-a-file') }),
  z.object({ kind: z.literal('outside') }),
  z.object({ kind: z.literal('missing') }),
  z.object({ kind: z.literal('unreadable') }),
  z.object({ kind: z.literal('name-invalid') }),
  /** Only a part of it is there: the control file of a downloader lies beside it. */
  z.object({ kind: z.literal('downloading') }),
  /** It may hold keys or passwords, and the rule does not allow that. */
  z.object({ kind: z.literal('sensitive') }),
])

export type LeftOut = Readonly<z.output<typeof leftOutSchema>>

/** A fact about a rule that a person should know, besides its state. */
export interface WatchProblem {
  readonly ruleId: string
  /** Absolute path of the file or folder concerned. */
  readonly path: string
  readonly error: ErrorInfo
}

/** Following: a rule whose files in Feidi's own care are renamed, moved and deleted in Feishu as they are here. */
import { z } from 'zod'
import { errorInfoSchema } from './error-info.ts'
import { timeSchema } from './numbers.ts'

/** A deletion waits so long before the call that makes it. */
export const TRASH_WAIT_MS = 24 * 3_600_000

/** The span that the limit of a rule is about. */
export const LIMIT_SPAN_MS = 24 * 3_600_000

/** The most deletions, renames and replacements in that span; and the most as a share of the rule's files. */
const MOST_CHANGES = 20
const MOST_SHARE = 1 / 10

/** Returns how many deletions, renames and replacements a rule makes in 24 hours without being asked. */
export function followLimit(files: number): number {
  return Math.max(1, Math.min(MOST_CHANGES, Math.floor(files * MOST_SHARE)))
}

/** A place below the destination: the folders, outermost first, and the name in the last one. */
export const remotePlaceSchema = z.object({
  folders: z.array(z.string()).readonly(),
  name: z.string(),
})

export type RemotePlace = Readonly<z.output<typeof remotePlaceSchema>>

export const followStepSchema = z.object({
  id: z.number().int(),
  /**
   * A file is renamed or moved, a folder of ours with all that is in it, a file goes to the recycle bin, or a
   * changed file replaces its older version.
   */
  kind: z.enum(['move', 'folder', 'trash', 'replace']),
  /** Below the rule's folder, `/` between names: the file or folder as it is called here now, or was. */
  path: z.string(),
  /** Of the file in Feishu; null for a folder, and for a replacement. */
  fileToken: z.string().nullable(),
  from: remotePlaceSchema,
  /** Null for the recycle bin. */
  to: remotePlaceSchema.nullable(),
  /** By the clock here, like the other times that have no other clock. */
  plannedAtMs: timeSchema,
  /** A deletion is not called before, by Feishu's clock; null until Feishu has told its time. */
  dueAtMs: timeSchema.nullable(),
  /**
   * `calling`: a call was about to leave, and its answer is not on disk. `left`: nothing was changed, as `error`
   * says. `split`: the folder stays, and its files are moved.
   */
  state: z.enum(['planned', 'calling', 'done', 'left', 'split']),
  endedAtMs: timeSchema.nullable(),
  error: errorInfoSchema.nullable(),
})

export type FollowStep = Readonly<z.output<typeof followStepSchema>>

/** Checks whether a person should know of a step: it is to come, or came to nothing. */
export function isPendingStep({ state }: Pick<FollowStep, 'state'>): boolean {
  return state === 'planned' || state === 'calling' || state === 'left'
}

/** The reason why a rule does not follow at present: a person has to say that it may. */
export const followStopSchema = z.object({
  /** More changes than the limit allows; or its folder, or a drive in it, is not the one it was. */
  kind: z.enum(['limit', 'folder-changed']),
  atMs: timeSchema,
  /** Below the rule's folder, '' for the folder itself: what is another one now. */
  paths: z.array(z.string()).readonly(),
})

export type FollowStop = Readonly<z.output<typeof followStopSchema>>

/** The changes that a rule means to make in Feishu, as a person sees it. */
export interface FollowStanding {
  readonly stop: FollowStop | null
  readonly steps: readonly FollowStep[]
}

/** Watched folders: what a page can ask and tell about the rules that keep them uploaded. */

import { z } from 'zod'
import { errorInfoSchema } from '../model/error-info.ts'
import { followStepSchema, followStopSchema } from '../model/follow.ts'
import { bytesSchema, countSchema, timeSchema } from '../model/numbers.ts'
import { placeNameSchema } from '../model/place-name.ts'
import { destinationSchema } from '../model/transfer.ts'
import {
  leftOutSchema,
  ruleDocumentsSchema,
  waitingReasonSchema,
  watchRuleSchema,
  watchStateSchema,
} from '../model/watch-rule.ts'
import { undoSchema } from './queue-channels.ts'
import { identitySchema, personSchema, ruleIdSchema } from './value-schemas.ts'

/** Rows of a preview or of problems asked for at once. */
const MOST_RULE_ROWS = 200
const MOST_PATTERNS = 500
const LONGEST_SETTLE_MS = 24 * 3_600_000

const pathSchema = z.string().min(1).max(4_096)
const patternsSchema = z.array(z.string().min(1).max(1_024)).max(MOST_PATTERNS)

const rule = watchRuleSchema.shape

/** The part of a rule that says which files of a folder it is about. */
const selectionShape = {
  ...watchRuleSchema.pick({
    recursive: true,
    minimumBytes: true,
    followLinks: true,
    allowSensitive: true,
  }).shape,
  /** Absolute, on the machine Feidi runs on. */
  folder: pathSchema,
  include: patternsSchema,
  exclude: patternsSchema,
  /** Null: no bound. */
  maximumBytes: bytesSchema.nullable(),
}

const optionsShape = {
  ...watchRuleSchema.pick({
    enabled: true,
    initialFiles: true,
    subfolders: true,
    onChange: true,
    onVanished: true,
    dedupe: true,
    overflowFolders: true,
  }).shape,
  /** Renaming, moving and deleting here are followed by the same in Feishu. For folders in Drive only. */
  follow: z.boolean(),
  settleMs: z.number().int().nonnegative().max(LONGEST_SETTLE_MS),
  /**
   * Another person who may do everything with the files; null: no one. For folders in Drive only.
   */
  shareWith: personSchema.nullable(),
  /** Absent: all files stay files. For folders in Drive only. */
  asDocument: ruleDocumentsSchema.optional(),
}

/** The standing of a rule. */
export const ruleStandingSchema = z.object({
  state: watchStateSchema,
  counts: z.object({
    /** Files that are up as they are. */
    up: countSchema,
    /** In the queue, or on their way. */
    queued: countSchema,
    /** Not in the queue yet: still changing, locked, … */
    waiting: countSchema,
    /** Given up, or with no place in Feishu. */
    failed: countSchema,
    /** There before the rule, or copies of what is up. */
    notNeeded: countSchema,
    /** Files and folders that the rule leaves out. */
    leftOut: countSchema,
  }),
  /** The changes to make in Feishu, or that came to nothing, and why a person is asked; null: it does not follow. */
  follow: z
    .object({ pending: countSchema, stop: followStopSchema.shape.kind.nullable() })
    .nullable(),
  /** When a file was found new or changed, or came up; null: not since the rule is there. */
  lastChangeAtMs: timeSchema.nullable(),
})

const ruleViewSchema = z.object({
  ...selectionShape,
  ...optionsShape,
  id: ruleIdSchema,
  /** The account the rule belongs to, signed in or not; null: the one in use. */
  account: z.string().nullable(),
  destination: destinationSchema,
  /** The short form, which `rules.save` takes as well. */
  destinationText: z.string(),
  destinationName: placeNameSchema,
  destinationLink: z.string().nullable(),
  noticing: rule.noticing,
  createdAtMs: timeSchema,
})

const pageShape = {
  offset: countSchema.max(100_000_000),
  limit: z.number().int().min(0).max(MOST_RULE_ROWS),
}

/** A rule as a person fills it in. */
export const ruleInputSchema = z.strictObject({
  ...selectionShape,
  ...optionsShape,
  /** A link or a short form, as `queue.add` takes it. */
  destination: z.string().min(1).max(2_048),
  /** Null: as it is, and for a new rule the one in use. */
  account: identitySchema.nullable(),
  /** Null: by where the folder is. */
  noticing: rule.noticing.nullable(),
})

export type RuleInput = z.output<typeof ruleInputSchema>

const oneRule = z.strictObject({ id: ruleIdSchema })

export const RULE_CHANNELS = {
  /**
   * Returns all rules, in the order they were added. Their standing is in the live state as well.
   */
  'rules.list': {
    input: z.strictObject({}),
    output: z.object({
      rules: z.array(ruleViewSchema.extend({ standing: ruleStandingSchema })),
      /** As in the live state: when that one is higher, the list has to be asked for again. */
      revision: countSchema,
    }),
  },
  /** Adds a rule, or changes one. Its faults are an answer, so that they can be shown in place. */
  'rules.save': {
    input: z.strictObject({
      /** Null: a new rule. */
      id: ruleIdSchema.nullable(),
      rule: ruleInputSchema,
    }),
    output: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('saved'),
        rule: ruleViewSchema,
        /** It works all the same, though not as well. */
        warnings: z.array(errorInfoSchema),
      }),
      z.object({
        kind: z.literal('refused'),
        problems: z.array(
          z.object({ field: z.enum(['folder', 'destination']), error: errorInfoSchema }),
        ),
      }),
    ]),
  },
  /**
   * Removes a rule. Uploaded files stay in Feishu, and with `forget` they stay known only as long
   * as `queue.undo` can take the removal back.
   */
  'rules.remove': {
    input: z.strictObject({ id: ruleIdSchema, forget: z.boolean() }),
    output: z.object({ undo: undoSchema }),
  },
  /** False: the rule rests; its files are looked at again when it is enabled. */
  'rules.set-enabled': {
    input: z.strictObject({ id: ruleIdSchema, enabled: z.boolean() }),
    output: z.object({ enabled: z.boolean() }),
  },
  /** The folder that is there now is the one that is meant, although it is another than it was. */
  'rules.confirm': { input: oneRule, output: z.object({}) },
  /** Returns what a rule that follows means to do in Feishu, and what came to nothing. */
  'rules.follow-steps': {
    input: z.strictObject({ id: ruleIdSchema, ...pageShape }),
    output: z.object({
      stop: followStopSchema.nullable(),
      total: countSchema,
      steps: z.array(followStepSchema),
    }),
  },
  /** A person agrees to all that a rule means to do in Feishu by now. */
  'rules.approve': { input: oneRule, output: z.object({}) },
  /** The rule does not follow any more: what it meant to do is forgotten. */
  'rules.stop-following': { input: oneRule, output: z.object({}) },
  /** Looks at everything in the folder now, without waiting for events. */
  'rules.scan-now': { input: oneRule, output: z.object({}) },
  /**
   * Returns which files a rule would be about. Answers after a moment with what was counted by
   * then. A further request with the same rule continues the count; with another rule under the
   * same `previewId` it starts from scratch. The preview ends after a while without requests.
   */
  'rules.preview': {
    input: z.strictObject({
      /** Of the page's choice: one for each place where a preview is shown. */
      previewId: z.string().min(1).max(64),
      rule: z.strictObject(selectionShape),
      ...pageShape,
    }),
    output: z.object({
      /** `stopped`: the folder is too large to be counted to the end. */
      progress: z.enum(['counting', 'complete', 'stopped']),
      /** Files the rule is about. */
      files: countSchema,
      bytes: bytesSchema,
      leftOutFiles: countSchema,
      /** Left-out folders; their content was not counted. */
      leftOutFolders: countSchema,
      /** Those among them that may hold keys or passwords, and the paths of a few. */
      sensitiveFiles: countSchema,
      sensitive: z.array(z.string()),
      leftOut: z.array(z.object({ path: z.string(), isFolder: z.boolean(), why: leftOutSchema })),
      /** The number of left-out entries that can be listed. */
      listed: countSchema,
      /** Files the rule is about, below its folder. */
      chosen: z.array(z.object({ path: z.string(), sizeBytes: bytesSchema })),
      /** The number of them that can be listed. */
      listedChosen: countSchema,
    }),
  },
  /** Files of a rule that are not in the queue although they should go up, with the reason. */
  'rules.problems': {
    input: z.strictObject({ id: ruleIdSchema, ...pageShape }),
    output: z.object({
      total: countSchema,
      problems: z.array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('refused'), path: z.string(), error: errorInfoSchema }),
          z.object({
            kind: z.literal('waiting'),
            path: z.string(),
            reason: waitingReasonSchema,
            sinceMs: timeSchema,
          }),
        ]),
      ),
    }),
  },
} as const

export type RuleStanding = z.output<typeof ruleStandingSchema>
export type RuleView = z.output<typeof ruleViewSchema>

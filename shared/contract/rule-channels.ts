/** Watched folders: what a page can ask and tell about the rules that keep them uploaded. */
import { z } from 'zod'
import type { LeftOut, WaitingReason, WatchState } from '../model/watch-rule.ts'
import { destinationSchema } from './destination-schema.ts'
import { undoSchema } from './queue-channels.ts'
import {
  bytesSchema,
  countSchema,
  errorViewSchema,
  identitySchema,
  personSchema,
  ruleIdSchema,
  timeSchema,
} from './value-schemas.ts'

/** Rows of a preview or of problems asked for at once. */
const MOST_RULE_ROWS = 200
const MOST_PATTERNS = 500
const LONGEST_SETTLE_MS = 24 * 3_600_000

const pathSchema = z.string().min(1).max(4_096)
const patternsSchema = z.array(z.string().min(1).max(1_024)).max(MOST_PATTERNS)

/** What says which files of a folder a rule is about. */
const selectionShape = {
  /** Absolute, on the machine Feidi runs on. */
  folder: pathSchema,
  recursive: z.boolean(),
  include: patternsSchema,
  exclude: patternsSchema,
  minimumBytes: bytesSchema,
  /** Null: no bound. */
  maximumBytes: bytesSchema.nullable(),
  followLinks: z.boolean(),
  allowSensitive: z.boolean(),
}

const optionsShape = {
  enabled: z.boolean(),
  initialFiles: z.enum(['upload', 'only-new']),
  subfolders: z.enum(['mirror', 'flatten']),
  dedupe: z.boolean(),
  settleMs: z.number().int().nonnegative().max(LONGEST_SETTLE_MS),
  overflowFolders: z.boolean(),
  onVanished: z.enum(['tell', 'again']),
  /** Who may do all with the files besides; null: nobody. For folders in Drive only. */
  shareWith: personSchema.nullable(),
}

const watchStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('watching'), files: countSchema, waiting: countSchema }),
  z.object({
    kind: z.literal('scanning'),
    scanned: countSchema,
    expected: countSchema.optional(),
  }),
  z.object({ kind: z.literal('checking'), checked: countSchema, of: countSchema }),
  z.object({ kind: z.literal('root-missing') }),
  z.object({ kind: z.literal('root-replaced'), path: z.string() }),
  z.object({ kind: z.literal('no-permission'), path: z.string() }),
  z.object({ kind: z.literal('not-answering'), path: z.string() }),
  z.object({ kind: z.literal('unreadable'), path: z.string() }),
  z.object({ kind: z.literal('too-many-watches'), setting: z.string() }),
  z.object({ kind: z.literal('paused') }),
]) satisfies z.ZodType<WatchState>

/** How a rule is doing. */
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
  /** When a file was found new or changed, or came up; null: not since the rule is there. */
  lastChangeAtMs: timeSchema.nullable(),
})

const ruleViewSchema = z.object({
  ...selectionShape,
  ...optionsShape,
  id: ruleIdSchema,
  /** Whose rule it is, signed in or not; null: whoever is in use. */
  account: z.string().nullable(),
  destination: destinationSchema,
  /** The short form, which `rules.save` takes as well. */
  destinationText: z.string(),
  destinationLabel: z.string(),
  destinationLink: z.string().nullable(),
  onChange: z.enum(['upload-again', 'overwrite', 'ignore']),
  noticing: z.enum(['events', 'polling']),
  createdAtMs: timeSchema,
})

const waitingReasonSchema = z.enum([
  'settling',
  'changing',
  'locked',
  'unreadable',
  'checking',
  'moving',
]) satisfies z.ZodType<WaitingReason>

const leftOutSchema = z.discriminatedUnion('kind', [
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
  z.object({ kind: z.literal('downloading') }),
  z.object({ kind: z.literal('sensitive') }),
]) satisfies z.ZodType<LeftOut>

const pageShape = {
  offset: countSchema.max(100_000_000),
  limit: z.number().int().min(0).max(MOST_RULE_ROWS),
}

const oneRule = z.strictObject({ id: ruleIdSchema })

export const RULE_CHANNELS = {
  /** All rules, in the order they were added. How they are doing is in the live state as well. */
  'rules.list': {
    input: z.strictObject({}),
    output: z.object({
      rules: z.array(ruleViewSchema.extend({ standing: ruleStandingSchema })),
      /** As in the live state: when that one is higher, the list has to be asked for again. */
      revision: countSchema,
    }),
  },
  /** Adds a rule, or changes one. What is wrong with it is an answer, so that it can be shown in place. */
  'rules.save': {
    input: z.strictObject({
      /** Null: a new rule. */
      id: ruleIdSchema.nullable(),
      rule: z.strictObject({
        ...selectionShape,
        ...optionsShape,
        /** A link or a short form, as `queue.add` takes it. */
        destination: z.string().min(1).max(2_048),
        /** Null: as it is, and for a new rule the one in use. */
        account: identitySchema.nullable(),
        onChange: z.enum(['upload-again', 'overwrite', 'ignore']),
        /** Null: by where the folder is. */
        noticing: z.enum(['events', 'polling']).nullable(),
      }),
    }),
    output: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('saved'),
        rule: ruleViewSchema,
        /** It works all the same, though not as well. */
        warnings: z.array(errorViewSchema),
      }),
      z.object({
        kind: z.literal('refused'),
        problems: z.array(
          z.object({ field: z.enum(['folder', 'destination']), error: errorViewSchema }),
        ),
      }),
    ]),
  },
  /**
   * What is up stays in Feishu, and with `forget` it stays known only as long as `queue.undo` can take
   * the removal back.
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
  /** Looks at everything in the folder now, without waiting for events. */
  'rules.scan-now': { input: oneRule, output: z.object({}) },
  /**
   * Which files a rule would be about. Answers after a moment with what was counted by then; asked
   * again with the same rule it goes on counting, with another rule under the same `previewId` it
   * begins anew. Nobody asking for a while ends it.
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
      /** What is in them was not counted. */
      leftOutFolders: countSchema,
      /** Those among them that may hold keys or passwords, and the paths of a few. */
      sensitiveFiles: countSchema,
      sensitive: z.array(z.string()),
      leftOut: z.array(z.object({ path: z.string(), isFolder: z.boolean(), why: leftOutSchema })),
      /** How many of what is left out can be listed. */
      listed: countSchema,
    }),
  },
  /** Files of a rule that are not in the queue although they should go up, with the reason. */
  'rules.problems': {
    input: z.strictObject({ id: ruleIdSchema, ...pageShape }),
    output: z.object({
      total: countSchema,
      problems: z.array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('refused'), path: z.string(), error: errorViewSchema }),
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

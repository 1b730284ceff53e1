/** The questions and requests of a page about the queue. */
import { z } from 'zod'
import { errorInfoSchema } from '../model/error-info.ts'
import { bytesSchema, countSchema, timeSchema } from '../model/numbers.ts'
import { SENSITIVE_KINDS } from '../model/sensitive.ts'
import { destinationSchema, documentWishesSchema } from '../model/transfer.ts'
import { FILE_TYPES } from '../transfer/file-type.ts'
import { groupRowSchema, queueRowSchema } from './group-row.ts'
import {
  groupIdSchema,
  identitySchema,
  personSchema,
  ruleIdSchema,
  transferIdSchema,
} from './value-schemas.ts'

const SORT_ORDERS = [
  'queue',
  'name',
  'size',
  'added',
  'destination',
  'progress',
  'speed',
  'state',
  'recent',
  'end',
] as const

/** Rows asked for at once. */
export const MOST_ROWS = 500
const MOST_IDS = 5_000
/** Files and folders handed over at once. */
export const MOST_PATHS = 5_000

export const tabSchema = z.enum(['all', 'active', 'waiting', 'attention', 'done', 'cancelled'])

const searchSchema = z.string().max(200)

/** The things that failed files have in common; null: any. */
export const troubleFilterSchema = z.strictObject({
  code: errorInfoSchema.shape.code,
  destination: destinationSchema.nullable(),
  /** Empty: the account in use. */
  account: z.string().max(400).nullable(),
})

/** Qualities of files; an absent one does not matter. */
const criteriaSchema = z.strictObject({
  types: z.array(z.enum(FILE_TYPES)).min(1).max(FILE_TYPES.length).exactOptional(),
  atLeastBytes: bytesSchema.exactOptional(),
  belowBytes: bytesSchema.exactOptional(),
  addedFromMs: timeSchema.exactOptional(),
  addedBeforeMs: timeSchema.exactOptional(),
  /** Uploaded as this account. */
  account: identitySchema.exactOptional(),
})

const queueFilterSchema = z.strictObject({
  tab: tabSchema,
  search: searchSchema,
  /** Only files of this watched folder. */
  rule: ruleIdSchema.exactOptional(),
  /** Only what has failed of this. */
  trouble: troubleFilterSchema.exactOptional(),
  /** Only what was added together. */
  group: groupIdSchema.exactOptional(),
  criteria: criteriaSchema.exactOptional(),
})

/** The moment when a list was opened: until it is opened again, its rows keep their places. */
const openingSchema = z.object({
  newest: countSchema,
  lastEndMs: timeSchema,
  first: z.array(transferIdSchema).max(200),
  /** Of a list of groups: the newest group, and the first ones in order. */
  newestGroup: countSchema.exactOptional(),
  firstGroups: z.array(countSchema).max(200).exactOptional(),
})

export const directionSchema = z.enum(['ascending', 'descending'])

/**
 * `remove` takes what has come to its end off the list, `clear` only what needs nothing more; the
 * history keeps both.
 */
const actionSchema = z.enum([
  'pause',
  'resume',
  'retry',
  'as-file',
  'cancel',
  'to-top',
  'remove',
  'clear',
])

/** The person's choice: rows by id, or everything a filter shows, seen or not. */
const selectionSchema = z.union([
  z.strictObject({ ids: z.array(transferIdSchema).min(1).max(MOST_IDS) }),
  z.strictObject({ filter: queueFilterSchema }),
  /** Rows, and what the filter shows of groups. */
  z.strictObject({
    ids: z.array(transferIdSchema).max(MOST_IDS),
    groups: z.array(groupIdSchema).min(1).max(MOST_IDS),
    filter: queueFilterSchema,
  }),
])

/** The token that undoes an action until `untilMs`. */
export const undoSchema = z.object({ token: z.string(), untilMs: z.number() }).nullable()

/** Wishes besides where files go; both files of a name are kept by default. */
const handlingSchema = z.strictObject({
  sameName: z.enum(['skip', 'overwrite']).exactOptional(),
  shareWith: personSchema.exactOptional(),
  asDocument: documentWishesSchema.exactOptional(),
})

/** The outcome of adding files together. */
export const addedSchema = z.object({
  batchId: z.string(),
  queued: countSchema,
  /** Were on their way already. */
  there: countSchema,
  /** Files that stay here, because no one has allowed them to be uploaded. */
  refused: countSchema,
  /** Uploaded already, and not changed since. */
  unchanged: countSchema,
})

export const QUEUE_CHANNELS = {
  'queue.window': {
    input: z.strictObject({
      ...queueFilterSchema.shape,
      sort: z.strictObject({
        /**
         * `queue`: in the order the transfers will go. `recent`: active ones, then the newest. `end`:
         * those that ended last. The last two have one direction, and keep to an `opening`.
         */
        by: z.enum(SORT_ORDERS),
        direction: directionSchema,
      }),
      /** Shows what was added together as one line that unfolds; absent: files only. */
      groups: z
        .strictObject({
          /** `auto`: where that makes a long list short. */
          mode: z.enum(['auto', 'grouped', 'flat']),
          /** Groups are unfolded, except these; or folded, except these. A group that is alone is unfolded. */
          unfolded: z.boolean(),
          except: z.array(groupIdSchema).max(500),
        })
        .exactOptional(),
      /** As answered before; absent: the list is opened now. */
      opening: openingSchema.exactOptional(),
      offset: countSchema.max(100_000_000),
      limit: z.number().int().min(1).max(MOST_ROWS),
    }),
    output: z.object({
      rows: z.array(z.union([groupRowSchema, queueRowSchema])),
      /** The rows are those of a grouped list. */
      isGrouped: z.boolean(),
      opening: openingSchema.nullable(),
      /** Rows that would be shown if the list were opened again. */
      news: countSchema,
      /** Rows the filter shows altogether. */
      total: countSchema,
      /** As in the live state: when that one is higher, the window has to be asked for again. */
      revision: countSchema,
    }),
  },
  /** Returns how many rows each tab would show. */
  'queue.counts': {
    input: queueFilterSchema.omit({ tab: true }),
    output: z.object({ byTab: z.record(tabSchema, countSchema) }),
  },
  /**
   * Puts files and folders in the queue. Answers after a moment; reading a big folder continues,
   * which the live state tells (`adding`, then `added`).
   */
  'queue.add': {
    input: z.strictObject({
      /** Absolute, on the machine Feidi runs on. */
      paths: z.array(z.string().min(1).max(4_096)).max(MOST_PATHS),
      /** Ids of files sent to a web host beforehand (`POST /upload`). */
      uploads: z.array(z.string().regex(/^[0-9a-f-]{36}$/)).max(MOST_PATHS),
      /** A link or a short form, as `destination.check` takes and gives it. */
      destination: z.string().min(1).max(2_048),
      handling: handlingSchema.exactOptional(),
      /** The account that uploads; absent: the one in use. */
      account: identitySchema.exactOptional(),
      /** Files go up even if they are there already. */
      again: z.boolean(),
      /** Private keys, passwords and the like go up as well; otherwise they stay here, and say so. */
      allowSensitive: z.boolean().exactOptional(),
    }),
    output: addedSchema.extend({
      /** False: more is being found. */
      complete: z.boolean(),
      undo: undoSchema,
    }),
  },
  /**
   * Foretells what `queue.add` would do. Sends and changes nothing. The same `previewId` again gives up
   * the question before.
   */
  'queue.preview': {
    input: z.strictObject({
      previewId: z.string().min(1).max(64),
      paths: z.array(z.string().min(1).max(4_096)).min(1).max(MOST_PATHS),
      destination: z.string().min(1).max(2_048),
      handling: handlingSchema.exactOptional(),
      account: identitySchema.exactOptional(),
      again: z.boolean(),
      allowSensitive: z.boolean(),
    }),
    output: z.object({
      /** Those that would be uploaded. */
      files: countSchema,
      bytes: countSchema,
      /** Uploaded already, and not changed since. */
      unchanged: countSchema,
      /** Those that cannot be uploaded there, or may not. */
      refused: countSchema,
      /** A few of the reasons, each with the first file it is for. */
      reasons: z.array(z.object({ fileName: z.string(), error: errorInfoSchema })),
      calls: countSchema,
      /** Those that will be tried, and may not succeed: a few reasons, each with the first file. */
      warnings: z.array(z.object({ fileName: z.string(), error: errorInfoSchema })),
      /** Quota days that it takes, with what is in the queue; 1: today is enough. */
      days: countSchema,
      /** When it is done, with what is in the queue; null: no end in sight. */
      doneAtMs: timeSchema.nullable(),
      /** False: there is more than could be counted in time. */
      complete: z.boolean(),
    }),
  },
  /**
   * Returns which of these files a person is asked about before their upload: how many, and a few
   * by name.
   */
  'queue.sensitive': {
    input: z.strictObject({ paths: z.array(z.string().min(1).max(4_096)).min(1).max(MOST_PATHS) }),
    output: z.object({
      count: countSchema,
      named: z.array(z.object({ path: z.string(), kind: z.enum(SENSITIVE_KINDS) })),
    }),
  },
  'queue.act': {
    input: z.strictObject({ selection: selectionSchema, action: actionSchema }),
    output: z.object({
      /** Transfers that the action made sense for. */
      changed: countSchema,
      undo: undoSchema,
    }),
  },
  /**
   * Sends what is paused, failed or blocked to another destination, from its first byte. Files of a
   * watched folder stay, and those that are to become documents.
   */
  'queue.redirect': {
    input: z.strictObject({
      selection: selectionSchema,
      /** As `queue.add` takes it. */
      destination: z.string().min(1).max(2_048),
    }),
    output: z.object({
      changed: countSchema,
      /** Could not be sent elsewhere. */
      left: countSchema,
      undo: undoSchema,
    }),
  },
  /** Puts what is still to come, in the order given, directly before or after another transfer. */
  'queue.move': {
    input: z.strictObject({
      ids: z.array(transferIdSchema).min(1).max(MOST_IDS),
      beside: transferIdSchema,
      side: z.enum(['before', 'after']),
    }),
    output: z.object({ changed: countSchema }),
  },
  /** One of the files in question is this one: the upload is done with it. */
  'queue.confirm': {
    input: z.strictObject({ id: transferIdSchema, fileToken: z.string().min(1).max(256) }),
    output: z.object({ changed: countSchema }),
  },
  /**
   * Uploads what waits for a signed-out account as another one, from its first byte: Feishu lets no
   * one else finish what was begun.
   */
  'queue.hand-over': {
    input: z.strictObject({
      from: identitySchema,
      to: identitySchema,
      /** Null: all that waits for it. */
      ids: z.array(transferIdSchema).min(1).max(MOST_IDS).nullable(),
    }),
    output: z.object({
      changed: countSchema,
      /** May be up already, which only the account that sent them can tell. */
      left: countSchema,
    }),
  },
  /** Returns how many uploads a cancellation would end, and how many acknowledged bytes it would discard. */
  'queue.at-stake': {
    input: z.strictObject({ selection: selectionSchema }),
    output: z.object({ transfers: countSchema, sentBytes: countSchema }),
  },
  /** Feidi no longer knows that these files are up; what is in Feishu stays there. */
  'queue.forget': {
    input: z.strictObject({ ids: z.array(transferIdSchema).min(1).max(MOST_IDS) }),
    output: z.object({ forgotten: countSchema }),
  },
  'queue.undo': {
    input: z.strictObject({ token: z.string().min(1).max(64) }),
    /** `restored` is 0 when the time for it has passed. */
    output: z.object({
      restored: countSchema,
      /** Of what was added, these are in Feishu already, or may be. */
      kept: countSchema,
    }),
  },
  /** Stops all work, or lets it continue. Kept over restarts; single pauses are not touched. */
  'queue.pause-all': {
    input: z.strictObject({ paused: z.boolean() }),
    output: z.object({ paused: z.boolean() }),
  },
  /** Uploads on a metered connection after all, for as long as the network stays the same. */
  'queue.use-metered': { input: z.strictObject({}), output: z.object({}) },
} as const

export type Tab = z.output<typeof tabSchema>
export type QueueFilter = z.output<typeof queueFilterSchema>
export type TroubleFilter = z.output<typeof troubleFilterSchema>
export type QueueAction = z.output<typeof actionSchema>
export type QueueSelection = z.output<typeof selectionSchema>

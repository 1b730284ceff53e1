/** The state a page is told without asking: one snapshot, then numbered patches. */
import { z } from 'zod'
import { errorInfoSchema } from '../model/error-info.ts'
import { bytesSchema, countSchema, timeSchema } from '../model/numbers.ts'
import { placeNameSchema } from '../model/place-name.ts'
import { waitReasonSchema } from '../model/transfer.ts'
import { liveAccountsSchema } from './account-channels.ts'
import { groupFiguresSchema } from './group-row.ts'
import { addedSchema, tabSchema, troubleFilterSchema } from './queue-channels.ts'
import { ruleStandingSchema } from './rule-channels.ts'
import {
  groupIdSchema,
  ruleIdSchema,
  stateKindSchema,
  transferIdSchema,
  transferRowSchema,
} from './value-schemas.ts'

/** Patches leave at most this often. */
export const PATCH_EVERY_MS = 100
/** Rows in one patch; when more have changed, `revision` tells to ask again. */
export const MOST_PATCH_ROWS = 200

/** The reasons all work stands still; the reason that says most leads. */
export const PAUSE_REASONS = ['person', 'schedule', 'battery', 'metered', 'asleep'] as const

/** Actions that take long enough for their progress to be shown; `undo` restores what was cancelled. */
const BULK_ACTIONS = ['cancel', 'undo'] as const

export type PauseReason = (typeof PAUSE_REASONS)[number]

/** When all will be done. */
const etaSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('calculating') }),
  /** All work stands still for an unknown time: offline, paused, or all needs the person. */
  z.object({ kind: z.literal('unknown') }),
  z.object({
    kind: z.literal('at'),
    atMs: timeSchema,
    /** Days whose quota it has to wait for; 0: today's is enough. */
    quotaDays: countSchema,
  }),
])

/** Files of the list that failed alike: one remedy is for all of them. */
const commonFailureSchema = z.object({
  /** Shows these files, and no others. */
  filter: troubleFilterSchema,
  /** The latest of their failures. */
  error: errorInfoSchema,
  failed: countSchema,
  blocked: countSchema,
  /** The place they have in common; null where that does not matter. */
  destinationName: placeNameSchema.nullable(),
  /** The identity of the account that met the failure; null where that does not matter, or it is the one in use. */
  account: z.string().nullable(),
})

const liveStateSchema = z.object({
  counts: z.object({
    byState: z.record(stateKindSchema, countSchema),
    byTab: z.record(tabSchema, countSchema),
  }),
  /** Since the queue was last empty (or the program started). */
  overall: z.object({
    /** Another number: another round, whose progress has nothing to do with the one before. */
    round: countSchema,
    /** Uploaded. */
    doneFiles: countSchema,
    skippedFiles: countSchema,
    /** Failed, or waiting for the person. */
    failedFiles: countSchema,
    aheadFiles: countSchema,
    /** All of these. */
    totalFiles: countSchema,
    sentBytes: bytesSchema,
    totalBytes: bytesSchema,
    /** Progress, from 0 to 1. Small files count by their calls, large ones by their bytes. */
    share: z.number().min(0).max(1),
    /** True when calls are the larger part of the work: then bytes say little about it. */
    isBoundByCalls: z.boolean(),
    /** The reason why progress fell a moment ago. */
    fall: z
      .discriminatedUnion('because', [
        z.object({ because: z.literal('added'), files: countSchema }),
        z.object({ because: z.literal('restarted') }),
      ])
      .nullable(),
    bytesPerSecond: z.number().nonnegative(),
    eta: etaSchema,
  }),
  /** The figures of groups at work, by group. */
  groups: z.record(groupIdSchema, groupFiguresSchema),
  /** The commonest failures first. */
  failures: z.array(commonFailureSchema),
  engine: z.object({
    /** `no-account`, `blocked` and `stopped` need the person; `error` says what for. */
    kind: z.enum(['working', 'idle', 'paused', 'offline', 'no-account', 'blocked', 'stopped']),
    error: errorInfoSchema.nullable(),
    /** Present while everything stands still, whatever else there is to say. */
    pausedBy: z.enum(PAUSE_REASONS).exactOptional(),
    /** The time when it resumes by itself, where that is known. */
    goesOnAtMs: timeSchema.exactOptional(),
  }),
  /** The hold that calls wait for at present. */
  waiting: z
    .object({ reason: waitReasonSchema, untilMs: timeSchema, error: errorInfoSchema })
    .nullable(),
  /** Folders that are still being read. */
  adding: z.array(z.object({ batchId: z.string(), queued: countSchema, unchanged: countSchema })),
  /** Those that have just been read: what was found in all. */
  added: z.array(addedSchema),
  /** An action on very many transfers that is under way, with its progress. */
  bulk: z
    .object({ action: z.enum(BULK_ACTIONS), changed: countSchema, total: countSchema })
    .nullable(),
  /** Calls left today, for the gauge; null while that is not known. */
  callsLeft: countSchema.nullable(),
  /**
   * Files that were handed to Feidi from outside its pages (the dock, a second start, the tray's menu)
   * and wait for a destination; a page takes them with `files.take-offered`.
   */
  offered: z.object({ id: z.string(), count: countSchema }).nullable(),
  /** The accounts that upload, and the people who sign in. */
  accounts: liveAccountsSchema,
  /** Watched folders. */
  rules: z.object({
    /** Rises when rules were added, changed or removed: the list has to be requested again. */
    revision: countSchema,
    standings: z.record(ruleIdSchema, ruleStandingSchema),
  }),
  /** Rises when rows were added, moved or changed beyond what patches name. */
  revision: countSchema,
  /** The transfers at work right now, by id. */
  rows: z.record(transferIdSchema, transferRowSchema),
})

const {
  counts,
  overall,
  groups,
  failures,
  engine,
  waiting,
  adding,
  added,
  bulk,
  callsLeft,
  offered,
  accounts,
  rules,
  revision,
} = liveStateSchema.shape

/** The parts of the live state that have changed, each as a whole; rows one by one. */
export const livePatchSchema = z.object({
  counts: counts.exactOptional(),
  overall: overall.exactOptional(),
  groups: groups.exactOptional(),
  failures: failures.exactOptional(),
  engine: engine.exactOptional(),
  waiting: waiting.exactOptional(),
  adding: adding.exactOptional(),
  added: added.exactOptional(),
  bulk: bulk.exactOptional(),
  callsLeft: callsLeft.exactOptional(),
  offered: offered.exactOptional(),
  accounts: accounts.exactOptional(),
  rules: rules.exactOptional(),
  revision: revision.exactOptional(),
  /** Rows that have changed; one no longer at work says so in its state. */
  rows: z.array(transferRowSchema).max(MOST_PATCH_ROWS).exactOptional(),
})

export const liveEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), seq: countSchema, state: liveStateSchema }),
  /** `seq` is one more than that of the event before it. */
  z.object({ kind: z.literal('patch'), seq: countSchema, patch: livePatchSchema }),
])

export type LiveState = z.output<typeof liveStateSchema>
export type LivePatch = z.output<typeof livePatchSchema>
export type LiveEvent = z.output<typeof liveEventSchema>
export type CommonFailure = LiveState['failures'][number]

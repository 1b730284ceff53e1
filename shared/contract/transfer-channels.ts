/** The questions of a page about one transfer: the drawer. */
import { z } from 'zod'
import { KEPT_BECAUSE } from '../model/copy.ts'
import { errorInfoSchema } from '../model/error-info.ts'
import { MOST_TEXT_BYTES } from '../model/look.ts'
import { bytesSchema, countSchema, timeSchema } from '../model/numbers.ts'
import { fingerprintSchema, waitReasonSchema } from '../model/transfer.ts'
import { verificationSchema } from '../model/verification.ts'
import { transferIdSchema, transferRowSchema } from './value-schemas.ts'

/** Parts asked for at once. */
export const MOST_PARTS = 2_000

const atMs = timeSchema

/** An event of a transfer. */
export const timelineEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued'), atMs }),
  /** An upload transaction was opened. */
  z.object({ kind: z.literal('prepared'), atMs, partCount: countSchema, partBytes: bytesSchema }),
  /** Parts `from` to `to` (seq) acknowledged; neighbours are told as one. */
  z.object({ kind: z.literal('parts'), atMs, from: countSchema, to: countSchema }),
  z.object({ kind: z.literal('retried'), atMs, error: errorInfoSchema }),
  z.object({ kind: z.literal('resumed'), atMs, seq: countSchema }),
  z.object({
    kind: z.literal('restarted'),
    atMs,
    because: z.enum(['file-changed', 'transaction-over']),
  }),
  z.object({ kind: z.literal('too-slow'), atMs }),
  z.object({ kind: z.literal('deadline-near'), atMs, untilMs: timeSchema }),
  z.object({
    kind: z.literal('waiting'),
    atMs,
    reason: waitReasonSchema,
    untilMs: timeSchema,
    error: errorInfoSchema,
  }),
  /** The file of that name was not replaced: both are there. */
  z.object({
    kind: z.literal('kept-both'),
    atMs,
    because: z.enum(KEPT_BECAUSE),
    heldBy: z.string().optional(),
  }),
  z.object({ kind: z.literal('replaced-other'), atMs }),
  /** It is no longer in its folder in Feishu: deleted there, or moved. */
  z.object({ kind: z.literal('vanished'), atMs }),
  z.object({ kind: z.literal('block-left'), atMs }),
  z.object({ kind: z.literal('cut'), atMs, codes: z.array(z.number()).readonly() }),
  z.object({ kind: z.literal('as-file'), atMs, because: errorInfoSchema.shape.code }),
  z.object({ kind: z.literal('maybe-twice'), atMs, documents: z.array(z.string()).readonly() }),
  /** It is up, and is being shown where it belongs. */
  z.object({ kind: z.literal('attaching'), atMs, fileToken: z.string() }),
  z.object({ kind: z.literal('paused'), atMs }),
  /** Asked to continue; `by` a person who retried it. */
  z.object({ kind: z.literal('continued'), atMs, by: z.literal('retry').exactOptional() }),
  z.object({ kind: z.literal('cancelled'), atMs }),
  z.object({ kind: z.literal('blocked'), atMs, error: errorInfoSchema }),
  z.object({ kind: z.literal('failed'), atMs, error: errorInfoSchema }),
  z.object({ kind: z.literal('skipped'), atMs, error: errorInfoSchema }),
  z.object({ kind: z.literal('done'), atMs, fileToken: z.string() }),
])

/** Parts as runs of neighbours in the same state, in seq order; what no run covers is still to do. */
const partMapSchema = z.object({
  count: countSchema,
  partBytes: bytesSchema,
  runs: z.array(
    z.object({
      state: z.enum(['acknowledged', 'in-flight']),
      /** First and last seq, both inclusive. */
      from: countSchema,
      to: countSchema,
    }),
  ),
})

export const TRANSFER_CHANNELS = {
  'transfer.details': {
    input: z.strictObject({ id: transferIdSchema }),
    output: z.object({
      row: transferRowSchema,
      /** Null: it goes in one call, or has not been begun. */
      parts: partMapSchema.nullable(),
      /** Oldest first. Long histories lose their middle: `omitted` entries after the first few. */
      timeline: z.array(timelineEntrySchema),
      omitted: countSchema,
      transaction: z
        .object({ uploadId: z.string(), preparedAtMs: timeSchema, expiresAtMs: timeSchema })
        .nullable(),
      fingerprint: fingerprintSchema.nullable(),
      receipt: z
        .object({
          fileToken: z.string(),
          finishedAtMs: timeSchema,
          /** Hex; null for what was uploaded before it was kept. */
          contentHash: z.string().nullable(),
          partBytes: bytesSchema,
          /** Adler-32 of the first parts as Feishu accepted them (unsigned); `partCount` of them exist. */
          checksums: z.array(countSchema).max(MOST_PARTS),
          partCount: countSchema,
          /** API calls that were made for it; null: its receipt is not kept any more. */
          calls: countSchema.nullable(),
        })
        .nullable(),
      /** The reason it waits, is blocked or has failed, with words. */
      error: errorInfoSchema.nullable(),
      destinationLink: z.string().nullable(),
      /** It has failed, and is queued again when Feidi starts: a watched folder has asked for it. */
      isTriedAtStart: z.boolean(),
    }),
  },
  /** All that is kept of a finished upload, as JSON: token, time, size, content hash, the checksum of every part. */
  'transfer.receipt': {
    input: z.strictObject({ id: transferIdSchema }),
    output: z.object({ fileName: z.string(), text: z.string() }),
  },
  /** Compares a finished upload with the local file, asks Feishu about it, and with `bytes` downloads it. */
  'transfer.verify': {
    input: z.strictObject({ id: transferIdSchema, bytes: z.boolean() }),
    output: verificationSchema,
  },
  /** Acknowledged parts of a stretch, for pointing at a cell of the map. */
  'transfer.parts': {
    input: z.strictObject({
      id: transferIdSchema,
      from: countSchema,
      limit: z.number().int().min(1).max(MOST_PARTS),
    }),
    output: z.object({
      parts: z.array(
        z.object({
          seq: countSchema,
          sizeBytes: bytesSchema,
          checksum: countSchema,
          /** Null: the file is up, and only its receipt is kept. */
          acknowledgedAtMs: timeSchema.nullable(),
        }),
      ),
    }),
  },
  /** Returns as much of a file as can be shown. The bytes of a picture come by `/picture/ID` of the host. */
  'transfer.look': {
    input: z.strictObject({ id: transferIdSchema }),
    output: z.object({
      row: transferRowSchema,
      preview: z.enum(['picture', 'text', 'none']),
      /** The beginning of a text. */
      text: z.string().max(MOST_TEXT_BYTES),
      /** There is more of it. */
      isCut: z.boolean(),
      /** As it is now; null when the file cannot be looked at. */
      sizeBytes: bytesSchema.nullable(),
      modifiedAtMs: timeSchema.nullable(),
      /** The reason that nothing of it is shown. */
      reason: z.enum(['in-cloud', 'too-large', 'sensitive']).nullable(),
      error: errorInfoSchema.nullable(),
    }),
  },
  /** Shows the source in the file manager. Only where `app.info` says `reveal`. */
  'transfer.reveal': {
    input: z.strictObject({ id: transferIdSchema }),
    output: z.object({}),
  },
} as const

export type TimelineEntry = z.output<typeof timelineEntrySchema>
export type PartMap = z.output<typeof partMapSchema>

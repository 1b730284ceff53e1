/** Schemas of the values that several channels share. Anything a page sends or is sent fits one of them. */
import { z } from 'zod'
import type { ErrorCode } from '../errors/error-code.ts'
import type { ErrorInfo } from '../errors/transfer-error.ts'
import { LONGEST_PERSON_NAME, PERSON_NAME } from '../model/person-name.ts'
import type { Fingerprint, TransferState } from '../model/transfer.ts'
import { STATE_KINDS } from '../transfer/state-kinds.ts'
import { destinationSchema } from './destination-schema.ts'

export const timeSchema = z.number().nonnegative()
export const bytesSchema = z.number().int().nonnegative()
export const countSchema = z.number().int().nonnegative()
export const transferIdSchema = z.string().min(1).max(64)
export const ruleIdSchema = z.string().min(1).max(64)
/** An account, by its identity. */
export const identitySchema = z.string().min(1).max(400)
/** Somebody who may do all with the files: an open id or an e-mail address. */
export const personSchema = z.string().max(LONGEST_PERSON_NAME).regex(PERSON_NAME)

/** What is known of a failure; a page words it with `explain`, in the language of the moment. */
export const errorInfoSchema = z.object({
  code: z.custom<ErrorCode>((value) => typeof value === 'number' || typeof value === 'string'),
  atMs: timeSchema,
  httpStatus: z.number().exactOptional(),
  logId: z.string().exactOptional(),
  endpoint: z.string().exactOptional(),
  seq: z.number().exactOptional(),
  missingScopes: z.array(z.string()).readonly().exactOptional(),
  link: z.string().exactOptional(),
  detail: z.string().exactOptional(),
}) satisfies z.ZodType<ErrorInfo>

const textSchema = z.object({ 'zh-CN': z.string(), en: z.string() })

/** A failure with its words in both languages. */
export const errorViewSchema = errorInfoSchema.extend({
  /** What happened, in one sentence without the code. */
  message: textSchema,
  /** What to do about it. */
  remedy: textSchema,
  /** Whose turn it is. */
  actor: z.enum(['you', 'admin', 'wait']),
})

export const fingerprintSchema = z.object({
  ino: z.string(),
  sizeBytes: bytesSchema,
  mtimeNs: z.string(),
  ctimeNs: z.string(),
}) satisfies z.ZodType<Fingerprint>

export const waitReasonSchema = z.enum([
  'network',
  'rate-limit',
  'quota',
  'server',
  'file-busy',
  'file-changing',
])

const error = errorInfoSchema

const transferStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  z.object({ kind: z.literal('preparing') }),
  z.object({ kind: z.literal('sending') }),
  z.object({ kind: z.literal('finishing') }),
  z.object({ kind: z.literal('attaching'), fileToken: z.string() }),
  z.object({
    kind: z.literal('waiting'),
    reason: waitReasonSchema,
    untilMs: timeSchema,
    error,
  }),
  z.object({ kind: z.literal('paused') }),
  z.object({ kind: z.literal('blocked'), error }),
  z.object({ kind: z.literal('failed'), error }),
  z.object({ kind: z.literal('skipped'), error }),
  z.object({ kind: z.literal('cancelled') }),
  z.object({
    kind: z.literal('done'),
    fileToken: z.string(),
    recordId: z.string().exactOptional(),
    finishedAtMs: timeSchema,
  }),
]) satisfies z.ZodType<TransferState>

export const stateKindSchema = z.enum(STATE_KINDS)

/** One line of the queue or of the history. */
export const transferRowSchema = z.object({
  id: transferIdSchema,
  path: z.string(),
  fileName: z.string(),
  destination: destinationSchema,
  /** The destination as a person may read, copy and give again: a name if known, else `folder:…`. */
  destinationLabel: z.string(),
  remoteFolders: z.array(z.string()).readonly(),
  sizeBytes: bytesSchema,
  /** Acknowledged by the server. */
  sentBytes: bytesSchema,
  /** Handed to the network beyond that; a bar may show `sentBytes + inFlightBytes`. */
  inFlightBytes: bytesSchema,
  /** 0 when nothing moves. */
  bytesPerSecond: z.number().nonnegative(),
  queuedAtMs: timeSchema,
  state: transferStateSchema,
  /** The identity it goes up as; absent: the one in use. */
  account: z.string().optional(),
  /** The uploaded file in Feishu, once it is there and has a page. */
  link: z.string().nullable(),
})

export type ErrorView = z.output<typeof errorViewSchema>
export type TransferRow = z.output<typeof transferRowSchema>

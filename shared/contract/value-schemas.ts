/** Schemas of the values that several channels share. Anything a page sends or is sent fits one of them. */
import { z } from 'zod'
import { bytesSchema, timeSchema } from '../model/numbers.ts'
import { LONGEST_PERSON_NAME, PERSON_NAME } from '../model/person-name.ts'
import { placeNameSchema } from '../model/place-name.ts'
import { destinationSchema, handlingSchema, transferStateSchema } from '../model/transfer.ts'
import { STATE_KINDS } from '../transfer/state-kinds.ts'

export const transferIdSchema = z.string().min(1).max(64)
/** Files that were added together. */
export const groupIdSchema = z.string().regex(/^\d{1,15}$/)
export const ruleIdSchema = z.string().min(1).max(64)
/** An account, by its identity. */
export const identitySchema = z.string().min(1).max(400)
/** A person who may do everything with the files: an open id or an e-mail address. */
export const personSchema = z.string().max(LONGEST_PERSON_NAME).regex(PERSON_NAME)

export const stateKindSchema = z.enum(STATE_KINDS)

/** The day on which a file that waits is to go, by the plan of the queue. */
const plannedSchema = z.object({
  /** The beginning of that day; of the present one when it still goes today. */
  fromMs: timeSchema,
  /** The thing that was used up before; `month`: the calls of the month. */
  because: z.enum(['calls', 'time', 'month']),
  /** That day or a later one. */
  orLater: z.boolean(),
})

export type Planned = z.output<typeof plannedSchema>

/** One line of the queue or of the history. */
export const transferRowSchema = z.object({
  id: transferIdSchema,
  path: z.string(),
  /** A browser sent it: its path is a place of Feidi's own, which tells a person nothing. */
  isFromBrowser: z.literal(true).exactOptional(),
  fileName: z.string(),
  destination: destinationSchema,
  destinationName: placeNameSchema,
  remoteFolders: z.array(z.string()).readonly(),
  handling: handlingSchema.optional(),
  sizeBytes: bytesSchema,
  /** Acknowledged by the server. */
  sentBytes: bytesSchema,
  /** Handed to the network beyond that. */
  inFlightBytes: bytesSchema,
  /** Bytes that have moved, as far as can be told: the progress of this file. */
  movedBytes: bytesSchema,
  /** The time when it will be there; null when that is not known. */
  doneAtMs: timeSchema.nullable(),
  /** 0 when nothing moves. */
  bytesPerSecond: z.number().nonnegative(),
  queuedAtMs: timeSchema,
  state: transferStateSchema,
  /** Of what waits in the queue and will not go today. */
  planned: plannedSchema.exactOptional(),
  /** The identity it goes up as; absent: the one in use. */
  account: z.string().optional(),
  /** The uploaded file in Feishu, once it is there and has a page. */
  link: z.string().nullable(),
})

export type TransferRow = z.output<typeof transferRowSchema>

/** Files that were added together, as the queue shows them: one row that unfolds. */
import { z } from 'zod'
import { bytesSchema, countSchema, timeSchema } from '../model/numbers.ts'
import { placeNameSchema } from '../model/place-name.ts'
import { groupIdSchema, stateKindSchema, transferRowSchema } from './value-schemas.ts'

/** The figures of a group that change while it is at work. */
export const groupFiguresSchema = z.object({
  /** Files of the list, by state. */
  byState: z.record(stateKindSchema, countSchema),
  sizeBytes: bytesSchema,
  /** Progress, from 0 to 1, counted as that of everything is. */
  share: z.number().min(0).max(1),
  bytesPerSecond: z.number().nonnegative(),
})

export const groupRowSchema = groupFiguresSchema.extend({
  /** Tells it apart from the rows of files. */
  id: z.string(),
  group: groupIdSchema,
  kind: z.enum(['files', 'folder', 'rule']),
  /** The name of the folder, or of the first file. */
  label: z.string(),
  destinationName: placeNameSchema,
  addedAtMs: timeSchema,
  isOpen: z.boolean(),
  /** Its files that the filter lets through. */
  shown: countSchema,
})

/** A file in the list; `inGroup`: it stands below the heading of that group. */
export const queueRowSchema = transferRowSchema.extend({ inGroup: groupIdSchema.exactOptional() })

export type GroupFigures = z.output<typeof groupFiguresSchema>
export type GroupRow = z.output<typeof groupRowSchema>
/** One line of the queue. */
export type QueueLine = GroupRow | z.output<typeof queueRowSchema>

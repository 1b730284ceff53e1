import { z } from 'zod'
import { errorInfoSchema } from './error-info.ts'
import { destinationKindSchema } from './transfer.ts'

/** The space of a person, or of an app, that a path begins in. */
export const spaceSchema = z.enum(['mine', 'app'])

export type Space = z.output<typeof spaceSchema>

/** The name of a destination, as far as it is known. `placeWords` puts it into words. */
export const placeNameSchema = z.object({
  kind: destinationKindSchema,
  /** The space it is in; null: not known. */
  space: spaceSchema.nullable(),
  /** The names of what it is in, outermost first, and its own last; empty: its own is not known, or it is the space. */
  path: z.array(z.string()).readonly(),
  /** The table of a Base, or the sheet of a spreadsheet. */
  part: z.string().nullable(),
  /** The end of its token, which tells nameless places apart. */
  tokenEnd: z.string(),
  /** The code of what kept Feidi from reading its name. */
  unnamed: errorInfoSchema.shape.code.nullable(),
})

export type PlaceName = Readonly<z.output<typeof placeNameSchema>>

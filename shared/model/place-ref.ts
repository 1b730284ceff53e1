import { z } from 'zod'

const tokenSchema = z.string().min(1).max(200)

/** A place that lists others: of Feidi's own memory, of a person's Drive, or of a wiki. */
export const placeRefSchema = z.discriminatedUnion('kind', [
  /** Places that files went to last. */
  z.strictObject({ kind: z.literal('recent') }),
  z.strictObject({ kind: z.literal('pinned') }),
  /** The space of the account. */
  z.strictObject({ kind: z.literal('mine') }),
  /** Folders of other people that the account sees. */
  z.strictObject({ kind: z.literal('shared') }),
  z.strictObject({ kind: z.literal('wikis') }),
  z.strictObject({ kind: z.literal('folder'), folderToken: tokenSchema }),
  z.strictObject({ kind: z.literal('wiki'), spaceId: tokenSchema }),
  z.strictObject({ kind: z.literal('page'), nodeToken: tokenSchema, spaceId: tokenSchema }),
])

export type PlaceRef = Readonly<z.output<typeof placeRefSchema>>

/** The places a person may choose as a destination, list by list. */

import { z } from 'zod'
import { errorInfoSchema } from '../model/error-info.ts'
import { placeNameSchema } from '../model/place-name.ts'
import { placeRefSchema } from '../model/place-ref.ts'
import { identitySchema } from './value-schemas.ts'

/** 文档搜索 · query. */
const LONGEST_QUERY = 50

const entrySchema = z.object({
  id: z.string(),
  /** A wiki, or the kind of destination. */
  kind: z.enum(['wiki', ...placeNameSchema.shape.kind.options]),
  /** As Feishu has it; empty where `place` tells. */
  name: z.string(),
  /** Of a place that Feidi remembers. */
  place: placeNameSchema.nullable(),
  opens: placeRefSchema.nullable(),
  /** The destination in its short form; null: files can not go there. */
  text: z.string().nullable(),
  isPinned: z.boolean(),
})

const accountSchema = identitySchema.exactOptional()

export const BROWSE_CHANNELS = {
  /** A page of a list of places, from memory where it was read a moment ago. */
  'places.list': {
    input: z.strictObject({
      at: placeRefSchema,
      /** Only those with this in their name. */
      query: z.string().max(LONGEST_QUERY).exactOptional(),
      pageToken: z.string().min(1).max(2_048).exactOptional(),
      /** Read it again. */
      again: z.boolean().exactOptional(),
      account: accountSchema,
    }),
    output: z.object({
      entries: z.array(entrySchema),
      nextPageToken: z.string().nullable(),
      /** The list itself as a destination, where it is one. */
      here: entrySchema.nullable(),
      /** The reason why Feishu did not search: the query has to be looked for in what is listed. */
      unsearched: errorInfoSchema.nullable(),
    }),
  },
  /** Makes a folder, or finds the one of that name. */
  'places.make-folder': {
    input: z.strictObject({
      parentToken: z.string().min(1).max(200),
      name: z.string().trim().min(1).max(256),
      account: accountSchema,
    }),
    output: z.object({ entry: entrySchema, wasThere: z.boolean() }),
  },
  /** Keeps a place among the pinned ones, or takes it away. */
  'places.pin': {
    input: z.strictObject({
      text: z.string().max(2_048),
      isPinned: z.boolean(),
      account: accountSchema,
    }),
    output: z.object({}),
  },
} as const

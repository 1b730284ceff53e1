/** Transfers that have ended. */

import { z } from 'zod'
import { bytesSchema, countSchema, timeSchema } from '../model/numbers.ts'
import { LANGUAGES } from '../text/language.ts'
import { ENDED } from '../transfer/state-kinds.ts'
import { directionSchema, MOST_ROWS } from './queue-channels.ts'
import { ruleIdSchema, transferRowSchema } from './value-schemas.ts'

const MOST_DAYS = 90

const historyFilterSchema = z.strictObject({
  search: z.string().max(200),
  result: z.enum(['all', ...ENDED]),
  /** Settled at or after, and before; null: no bound. */
  fromMs: timeSchema.nullable(),
  untilMs: timeSchema.nullable(),
  /** Only files of this watched folder. */
  rule: ruleIdSchema.exactOptional(),
})

export const HISTORY_CHANNELS = {
  'history.window': {
    input: z.strictObject({
      ...historyFilterSchema.shape,
      /** By the time it was settled. */
      direction: directionSchema,
      offset: countSchema.max(100_000_000),
      limit: z.number().int().min(1).max(MOST_ROWS),
    }),
    output: z.object({
      rows: z.array(transferRowSchema.extend({ settledAtMs: timeSchema })),
      total: countSchema,
      revision: countSchema,
    }),
  },
  /** Returns each of the last days, the present one last. */
  'history.days': {
    input: z.strictObject({ days: z.number().int().min(1).max(MOST_DAYS) }),
    output: z.object({
      days: z
        .array(
          z.object({
            /** `YYYY-MM-DD`: for files by this computer's clock, for calls by that of Feishu's quota. */
            day: z.string(),
            files: countSchema,
            bytes: bytesSchema,
            calls: countSchema,
          }),
        )
        .max(MOST_DAYS),
    }),
  },
  'history.export': {
    input: historyFilterSchema.extend({
      /** Of headings, results and reasons. */
      language: z.enum(LANGUAGES),
    }),
    output: z.object({
      fileName: z.string(),
      /** CSV as RFC 4180 has it, with a byte order mark, so that Excel reads Chinese. */
      text: z.string(),
      rows: countSchema,
      /** There is more than one export holds: narrow the filter. */
      truncated: z.boolean(),
    }),
  },
} as const

export type HistoryFilter = z.output<typeof historyFilterSchema>

/** Help after a failure: the log, and a report for support. */
import { z } from 'zod'

export const DIAGNOSTICS_CHANNELS = {
  /**
   * Versions, system, settings, rules, counts, quota, recent errors, the end of the log. Never a
   * secret or a token; names and paths of files only when asked for.
   */
  'diagnostics.export': {
    input: z.strictObject({ withFileNames: z.boolean() }),
    output: z.object({ fileName: z.string(), text: z.string() }),
  },
  /** The newest lines of the log, oldest first, as they stand in the file. */
  'diagnostics.log': {
    input: z.strictObject({}),
    output: z.object({
      fileName: z.string(),
      text: z.string(),
      /** There is more than is told here. */
      truncated: z.boolean(),
    }),
  },
  /** Shows a place of Feidi's own in the file manager. Only where `app.info` says `reveal`. */
  'diagnostics.reveal': {
    input: z.strictObject({ place: z.enum(['home', 'log']) }),
    output: z.object({}),
  },
} as const

/** Newer versions of Feidi: asked for, downloaded and installed because a person says so. */
import { z } from 'zod'
import { errorInfoSchema } from '../model/error-info.ts'

const installViewSchema = z.object({
  step: z.enum(['offered', 'downloading', 'ready', 'waiting']),
  /** Of the download. */
  percent: z.number().min(0).max(100),
  /** The reason why the last attempt came to nothing. */
  error: errorInfoSchema.nullable(),
})

export const updatesViewSchema = z.object({
  newer: z.object({ version: z.string(), notes: z.string() }).nullable(),
  /** Null where a person has to install it. */
  install: installViewSchema.nullable(),
})

/** Without a feed, and for what this Feidi cannot do: `not-available-here`. */
export const UPDATE_CHANNELS = {
  /** Asks the feed now. */
  'updates.look': {
    input: z.strictObject({}),
    output: z.object({ error: errorInfoSchema.nullable() }),
  },
  'updates.download': { input: z.strictObject({}), output: z.object({}) },
  /** Ends Feidi once no file is on its way, and starts the new version. */
  'updates.install': { input: z.strictObject({}), output: z.object({}) },
  /** Ends the download, or the wait. */
  'updates.stop': { input: z.strictObject({}), output: z.object({}) },
} as const

export type InstallView = z.output<typeof installViewSchema>
export type UpdatesView = z.output<typeof updatesViewSchema>

/** Settings of a person; every part has a default, so an older file is read as it is. */
import { z } from 'zod'
import { LANGUAGES } from '../text/language.ts'
import { SINGLE_CALL_LIMIT_BYTES } from '../transfer/plan-parts.ts'
import { DAILY_CALLS } from '../transfer/quota-day.ts'

const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const appSettingsSchema = z.object({
  language: z.enum(['system', ...LANGUAGES]).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
  /** Pictures are shown beside their names, instead of the icon of their type. */
  thumbnails: z.boolean().default(true),
  /** Calls in flight: found out by trying, one after another, or a fixed number. */
  lanes: z.union([z.enum(['auto', 'serial']), z.number().int().min(1).max(16)]).default('auto'),
  /** Null: as fast as the line allows. */
  bandwidthBytesPerSecond: z
    .number()
    .int()
    .min(10_000)
    .max(10_000_000_000)
    .nullable()
    .default(null),
  /** Files up to this size go in one call; `auto`: as large as the speed of the line makes sensible. */
  singleCallLimitBytes: z
    .union([z.literal('auto'), z.number().int().min(0).max(SINGLE_CALL_LIMIT_BYTES)])
    .default('auto'),
  /** The app's limits, as far as this machine makes use of them. */
  limits: z
    .object({
      /** Calls a day and endpoint of this machine; null: all that others leave. */
      callsPerDay: z.number().int().min(100).max(DAILY_CALLS).nullable().default(null),
      /** `redis(s)://…` of a limiter that all machines of the app share; null: each finds its share. */
      shared: z.string().max(2_048).nullable().default(null),
    })
    .default({ callsPerDay: null, shared: null }),
  /** Uploads only between these times of day (over midnight if `from` is later); null: at any time. */
  schedule: z
    .object({
      from: timeOfDaySchema,
      until: timeOfDaySchema,
      /** 0 is Sunday. */
      days: z.array(z.number().int().min(0).max(6)).max(7),
    })
    .nullable()
    .default(null),
  /** True when no data leaves while the machine runs on its battery. */
  pauseOnBattery: z.boolean().default(false),
  /** True when no data leaves while the connection is metered, where the system tells. */
  pauseOnMetered: z.boolean().default(true),
  /** Finished transfers leave the list after so many days; null: never. The history keeps them. */
  clearFinishedAfterDays: z.number().int().min(1).max(3_650).nullable().default(7),
  /** PEM file with further root certificates; null: the system's only. */
  caFile: z.string().max(4_096).nullable().default(null),
  /** Feidi asks once a day whether a newer version exists, where a feed was compiled in. */
  checkForUpdates: z.boolean().default(true),
  notifyBatchDone: z.boolean().default(true),
  notifyAttention: z.boolean().default(true),
  /** The log also has every step of every transfer. */
  detailedLog: z.boolean().default(false),
  startAtLogin: z.boolean().default(false),
  closeToTray: z.boolean().default(true),
  /** The first steps were taken or skipped. */
  welcomed: z.boolean().default(false),
})

/** A change of some of them. */
export const settingsChangeSchema = z
  .strictObject(
    Object.fromEntries(
      Object.entries(appSettingsSchema.shape).map(([name, schema]) => [name, schema.unwrap()]),
    ) as unknown as Unwrapped<typeof appSettingsSchema.shape>,
  )
  .partial()

type Unwrapped<Shape> = {
  [Name in keyof Shape]: Shape[Name] extends z.ZodDefault<infer Inner> ? Inner : never
}

export type AppSettings = z.output<typeof appSettingsSchema>
export type SettingsChange = z.output<typeof settingsChangeSchema>

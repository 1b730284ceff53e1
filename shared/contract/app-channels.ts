/** The application itself: settings, account, quota, about. */
import { z } from 'zod'
import { bytesSchema, countSchema, timeSchema } from '../model/numbers.ts'
import { LOCKABLE_SETTINGS } from '../model/policy.ts'
import { LANGUAGES } from '../text/language.ts'
import { appSettingsSchema, settingsChangeSchema } from './settings-schema.ts'
import { updatesViewSchema } from './update-channels.ts'

/** The account that uploads unless stated otherwise. */
const accountSchema = z.object({
  kind: z.enum(['none', 'app', 'user', 'access-token']),
  appId: z.string().nullable(),
  brand: z.enum(['feishu', 'lark']),
  /** From the environment an account can not be changed here. */
  source: z.enum(['none', 'environment', 'stored']),
})

/** Days of a plan that a page is told. */
export const MOST_PLANNED_DAYS = 60

/** The work that is planned for one quota day. */
const plannedDaySchema = z.object({
  fromMs: timeSchema,
  wholeFiles: countSchema,
  parts: countSchema,
  bytes: bytesSchema,
})

export const APP_CHANNELS = {
  'settings.get': {
    input: z.strictObject({}),
    output: z.object({ settings: appSettingsSchema }),
  },
  /** Takes effect at once. */
  'settings.set': {
    input: z.strictObject({ change: settingsChangeSchema }),
    output: z.object({ settings: appSettingsSchema }),
  },
  'quota.today': {
    input: z.strictObject({}),
    output: z.object({
      /** `YYYY-MM-DD`, by the clock Feishu counts by. */
      day: z.string(),
      resetsAtMs: timeSchema,
      endpoints: z.array(
        z.object({
          endpoint: z.string(),
          used: countSchema,
          left: countSchema,
          limit: countSchema,
        }),
      ),
      /** The fewest calls left of any endpoint the queue needs: what the gauge shows. */
      left: countSchema,
      limit: countSchema,
      /** Calls that what is in the queue will cost. */
      needed: countSchema,
      /** When the month's calls are back, which are used up; null: they are not. */
      monthReturnsAtMs: timeSchema.nullable(),
      /** The queue by days; null: nothing is ahead, or when it continues is not known. */
      plan: z
        .object({
          files: countSchema,
          /** From today on; a long plan is cut. */
          days: z.array(plannedDaySchema).max(MOST_PLANNED_DAYS),
          /** Null: no end in sight. */
          doneAtMs: timeSchema.nullable(),
        })
        .nullable(),
    }),
  },
  /** Returns the speed of the last minutes, oldest first. */
  'speed.recent': {
    input: z.strictObject({}),
    output: z.object({
      /** The time between two samples. */
      everyMs: countSchema,
      /** Bytes a second. */
      samples: z.array(z.number().nonnegative()),
    }),
  },
  /** Confirms that this home, which was moved or put back, is the one to continue with. */
  'home.adopt': { input: z.strictObject({}), output: z.object({}) },
  'account.get': { input: z.strictObject({}), output: accountSchema },
  'app.info': {
    input: z.strictObject({}),
    output: z.object({
      version: z.string(),
      /** Of what it runs on: `node`, `sqlite`, on the desktop `electron` and `chromium` as well. */
      versions: z.record(z.string(), z.string()),
      startedAtMs: timeSchema,
      processId: countSchema,
      host: z.enum(['desktop', 'web']),
      platform: z.string(),
      home: z.string(),
      /** The language of the system, where the settings say so. */
      systemLanguage: z.enum(LANGUAGES),
      capabilities: z.object({
        /** `files.pick` opens a dialog of the system. */
        dialogs: z.boolean(),
        /** `folders.browse` works. */
        browse: z.boolean(),
        /** Files can be sent from the browser (`POST /upload`). */
        upload: z.boolean(),
        /** `transfer.reveal` and `diagnostics.reveal` work. */
        reveal: z.boolean(),
        startAtLogin: z.boolean(),
        tray: z.boolean(),
        /** It is known whether the machine runs on its battery. */
        battery: z.boolean(),
        /** The system shows notifications, as far as is known. */
        notifications: z.boolean(),
      }),
      /** Null where Feidi was built without a feed of versions. */
      updates: updatesViewSchema.nullable(),
      /** The system tells whether the connection is metered. */
      knowsMetered: z.boolean(),
      /** The rules of the person who manages this machine; null: there are none. */
      policy: z
        .object({
          locked: z.array(z.enum(LOCKABLE_SETTINGS)),
          /** The person to ask. */
          contact: z.string().nullable(),
        })
        .nullable(),
      /** The largest file `POST /upload` takes; null where there is no such thing. */
      mostUploadBytes: countSchema.nullable(),
      /**
       * The means that seals secrets: the system's keychain, a key in a file that only its owner
       * can read, or, on a Linux desktop without a keyring, a password that anyone can know.
       */
      keyStorage: z.enum(['system', 'key-file', 'obfuscated']),
    }),
  },
} as const

export type Account = z.output<typeof accountSchema>

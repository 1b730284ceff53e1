/** Settings and rules in a file, to take to another computer. */
import { z } from 'zod'
import { errorInfoSchema } from '../model/error-info.ts'
import { countSchema } from '../model/numbers.ts'
import { MOST_PORTABLE_CHARACTERS } from '../model/portable.ts'
import { ruleInputSchema } from './rule-channels.ts'
import { settingsChangeSchema } from './settings-schema.ts'
import { personSchema } from './value-schemas.ts'

const MOST_RULES = 500

/**
 * The settings that a file may hold. Not among them: certificates, proxies, servers and addresses, which
 * decide whom Feidi trusts, and what belongs to one computer.
 */
const portableSettingsSchema = settingsChangeSchema.pick({
  language: true,
  theme: true,
  density: true,
  lanes: true,
  bandwidthBytesPerSecond: true,
  singleCallLimitBytes: true,
  schedule: true,
  pauseOnBattery: true,
  pauseOnMetered: true,
  clearFinishedAfterDays: true,
  notifyBatchDone: true,
  notifyAttention: true,
})

/** A rule without its account: accounts stay where they are signed in. */
const portableRuleSchema = ruleInputSchema.omit({ enabled: true, account: true })

/** The whole file. Anything else in it makes it another file. */
export const portableFileSchema = z.strictObject({
  kind: z.literal('feidi-settings'),
  version: z.literal(1),
  settings: portableSettingsSchema,
  rules: z.array(portableRuleSchema).max(MOST_RULES),
})

export const PORTABLE_SETTINGS = Object.keys(
  portableSettingsSchema.shape,
) as readonly (keyof PortableFile['settings'])[]

export const PORTABLE_RULE_PARTS = Object.keys(
  portableRuleSchema.shape,
) as readonly (keyof PortableFile['rules'][number])[]

const textSchema = z.string().max(MOST_PORTABLE_CHARACTERS)

export const PORTABLE_CHANNELS = {
  'portable.export': {
    input: z.strictObject({}),
    output: z.object({ fileName: z.string(), text: z.string() }),
  },
  /** Returns what a file would change, without changing anything. Fails with `settings-file-invalid`. */
  'portable.read': {
    input: z.strictObject({ text: textSchema }),
    output: z.object({
      /** The settings that would have another value. */
      settings: z.array(z.enum(PORTABLE_SETTINGS)),
      rules: z.array(
        z.object({
          folder: z.string(),
          destination: z.string(),
          /** The person who would get access to what is uploaded. */
          shareWith: personSchema.nullable(),
          /** Files that may hold keys or passwords would be uploaded too. */
          allowSensitive: z.boolean(),
        }),
      ),
    }),
  },
  /** Takes over what a file holds. Its rules arrive paused. */
  'portable.import': {
    input: z.strictObject({ text: textSchema }),
    output: z.object({
      settings: countSchema,
      rules: countSchema,
      /** Rules that cannot be here, with the reason. */
      refused: z.array(z.object({ folder: z.string(), error: errorInfoSchema })),
    }),
  },
} as const

export type PortableFile = z.output<typeof portableFileSchema>
export type PortablePlan = z.output<(typeof PORTABLE_CHANNELS)['portable.read']['output']>

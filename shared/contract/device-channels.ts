/** The browsers that are signed in to `feidi serve`. In a window there are none. */
import { z } from 'zod'
import { countSchema, timeSchema } from '../model/numbers.ts'

const deviceSchema = z.object({
  id: z.string(),
  /** Browser and system; empty when they are unknown. */
  label: z.string(),
  createdAtMs: timeSchema,
  /** To the hour. */
  usedAtMs: timeSchema,
  /** The one that asks. */
  isThis: z.boolean(),
})

export const DEVICE_CHANNELS = {
  /** The one used last leading. */
  'devices.list': {
    input: z.strictObject({}),
    output: z.object({ devices: z.array(deviceSchema) }),
  },
  'devices.sign-out': {
    input: z.strictObject({ ids: z.array(z.string().min(1).max(64)).min(1).max(1_000) }),
    output: z.object({ signedOut: countSchema }),
  },
  /** A link that lets one more browser in, once. */
  'devices.link': {
    input: z.strictObject({}),
    output: z.object({ url: z.string(), expiresAtMs: timeSchema }),
  },
} as const

export type Device = z.output<typeof deviceSchema>

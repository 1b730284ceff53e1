/** Messages to people who do not sit in front of Feidi: a web server's, or a bot's in a group of Feishu. */
import { z } from 'zod'
import { MOST_SILENT_HOURS } from '../model/alerts.ts'
import { errorInfoSchema } from '../model/error-info.ts'

/** The address goes in and never comes back: who has that of a bot can write to its group. */
const alertsViewSchema = z.object({
  /** The receiver's host; null: messages go nowhere. */
  host: z.string().nullable(),
  kind: z.enum(['webhook', 'feishu-bot']).nullable(),
  isSigned: z.boolean(),
  /** Hours without an upload that count as trouble; null: none do. */
  silentHours: z.number().int().min(1).max(MOST_SILENT_HOURS).nullable(),
  /** From the environment it cannot be changed here. */
  source: z.enum(['none', 'environment', 'stored']),
  /** The reason why the last message was not delivered. */
  failure: errorInfoSchema.nullable(),
})

export const ALERT_CHANNELS = {
  'alerts.get': { input: z.strictObject({}), output: alertsViewSchema },
  /** Takes effect at once. */
  'alerts.set': {
    input: z.strictObject({
      /** Null: nowhere. Absent: the receiver stays, with its secret. */
      receiver: z
        .strictObject({
          url: z.string().min(1).max(2_048),
          /** Null: messages are not signed. */
          secret: z.string().min(1).max(256).nullable(),
        })
        .nullable()
        .exactOptional(),
      silentHours: alertsViewSchema.shape.silentHours.exactOptional(),
    }),
    output: alertsViewSchema,
  },
  /** Sends one message now. */
  'alerts.test': {
    input: z.strictObject({}),
    output: z.object({ error: errorInfoSchema.nullable() }),
  },
} as const

export type AlertsView = z.output<typeof alertsViewSchema>

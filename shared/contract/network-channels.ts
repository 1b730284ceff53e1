/** The way to Feishu: proxy, certificates, and whether it works. */

import { z } from 'zod'
import { errorInfoSchema } from '../model/error-info.ts'
import { countSchema, timeSchema } from '../model/numbers.ts'

/** A name or an address, IPv6 without brackets. */
const hostSchema = z
  .string()
  .regex(/^(?:[\p{L}\d](?:[\p{L}\d._-]*[\p{L}\d])?|[\da-f:.]*:[\da-f:.]*)$/iu)

const proxySchema = z.strictObject({
  /** `system`: as the system or the environment says; `none`: always directly. */
  kind: z.enum(['system', 'none', 'manual']),
  /** Empty unless `kind` is `manual`. */
  host: z.union([z.literal(''), hostSchema]),
  port: z.number().int().min(1).max(65_535),
  /** Empty: the proxy asks for no user. */
  user: z.string().max(255),
  /** Hosts that are reached directly, separated by commas. */
  noProxy: z.string().max(2_048),
})

/** A password goes in and never comes back. */
const proxyViewSchema = z.object({ ...proxySchema.shape, hasPassword: z.boolean() })

/** A password goes in and never comes back. */
const limiterViewSchema = z.object({
  /** `rediss://…`, without a password; null: each machine finds its share. */
  url: z.string().nullable(),
  hasPassword: z.boolean(),
  /** From the environment it cannot be changed here. */
  source: z.enum(['none', 'environment', 'stored']),
})

export const NETWORK_CHANNELS = {
  'limiter.get': { input: z.strictObject({}), output: limiterViewSchema },
  /** Takes effect at once. */
  'limiter.set': {
    input: z.strictObject({
      url: z.string().min(1).max(2_048).nullable(),
      /** Null: none. Absent: the one kept, if the address is the same. */
      password: z.string().min(1).max(256).nullable().exactOptional(),
    }),
    output: limiterViewSchema,
  },
  'proxy.get': { input: z.strictObject({}), output: proxyViewSchema },
  /** Takes effect at once. */
  'proxy.set': {
    input: z.strictObject({
      proxy: proxySchema.refine(({ kind, host }) => kind !== 'manual' || host !== ''),
      /** Null: none. Absent: the one kept, provided that it still goes to the same host, port and user. */
      password: z.string().min(1).max(256).nullable().exactOptional(),
    }),
    output: proxyViewSchema,
  },
  /** Goes to Feishu and back once, as things are set. */
  'network.test': {
    input: z.strictObject({}),
    output: z.object({
      host: z.string(),
      /** `host:port` of the proxy it went through; null: directly. */
      via: z.string().nullable(),
      durationMs: countSchema,
      /** The time by which this machine's clock is behind Feishu's; null when that is not known. */
      clockOffsetMs: z.number().nullable(),
      /** The reason Feishu could not be reached; null: it could. */
      error: errorInfoSchema.nullable(),
    }),
  },
  /** Returns what is in a file with root certificates. Fails with `ca-file-unreadable`. */
  'network.certificates': {
    input: z.strictObject({ path: z.string().min(1).max(4_096) }),
    output: z.object({
      certificates: z.array(
        z.object({ subject: z.string(), validUntilMs: timeSchema, isAuthority: z.boolean() }),
      ),
    }),
  },
} as const

export type ProxySetting = z.output<typeof proxySchema>
export type LimiterView = z.output<typeof limiterViewSchema>
export type ProxyView = z.output<typeof proxyViewSchema>

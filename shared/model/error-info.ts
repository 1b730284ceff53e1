import { z } from 'zod'
import { LOCAL_ERROR_CODES, type LocalErrorCode } from '../errors/error-code.ts'
import { timeSchema } from './numbers.ts'

/** A name this program does not have can come from a later one that shared this home. */
const localCodeSchema = z
  .enum(LOCAL_ERROR_CODES)
  .or(z.string().transform((): LocalErrorCode => 'internal'))

/** A file in Feishu that may be the one in question. */
const candidateSchema = z.object({
  fileToken: z.string(),
  url: z.string().exactOptional(),
  createdAtMs: timeSchema.exactOptional(),
})

/** A failure as plain data, as it is stored, shown and sent between processes; `explain` words it. */
export const errorInfoSchema = z.object({
  code: z.number().or(localCodeSchema),
  /** The time it happened at. */
  atMs: timeSchema,
  httpStatus: z.number().exactOptional(),
  logId: z.string().exactOptional(),
  endpoint: z.string().exactOptional(),
  seq: z.number().exactOptional(),
  missingScopes: z.array(z.string()).readonly().exactOptional(),
  link: z.string().exactOptional(),
  /** Files in Feishu that a person is asked about. */
  candidates: z.array(candidateSchema).readonly().exactOptional(),
  detail: z.string().exactOptional(),
})

export type Candidate = Readonly<z.output<typeof candidateSchema>>
export type ErrorInfo = Readonly<z.output<typeof errorInfoSchema>>

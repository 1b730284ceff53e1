/** What may stand in a row. Everything read back is checked: a disk can hand us anything. */
import { z } from 'zod'
import { LOCAL_ERROR_CODES } from '#shared/errors/error-code.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import type { Fingerprint, Handling, UploadPoint } from '#shared/model/transfer.ts'
import { DamagedRowError } from './store-errors.ts'

/** JSON text holding what `schema` describes. */
export function jsonText<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
}

export const bytesSchema = z.number().int().nonnegative()

export const fingerprintSchema = z.object({
  ino: z.string(),
  sizeBytes: bytesSchema,
  mtimeNs: z.string(),
  // Fingerprints from before it was kept are like no other: the content decides.
  ctimeNs: z.string().default(''),
}) satisfies z.ZodType<Fingerprint>

export const pointSchema = z.object({
  family: z.enum(['files', 'medias']),
  parentType: z.string(),
  parentNode: z.string(),
  route: z.string().exactOptional(),
  replaces: z.string().exactOptional(),
}) satisfies z.ZodType<UploadPoint>

export const handlingSchema = z.object({
  sameName: z.enum(['skip', 'overwrite', 'overwrite-ours']).exactOptional(),
  shareWith: z.string().exactOptional(),
  again: z.boolean().exactOptional(),
  watched: z.boolean().exactOptional(),
  settleMs: z.number().nonnegative().exactOptional(),
}) satisfies z.ZodType<Handling>

/** A name this program does not have can come from a later one that shared this home. */
const localCodeSchema = z
  .enum(LOCAL_ERROR_CODES)
  .or(z.string().transform(() => 'internal' as const))

export const errorInfoSchema = z.object({
  code: z.number().or(localCodeSchema),
  httpStatus: z.number().exactOptional(),
  logId: z.string().exactOptional(),
  endpoint: z.string().exactOptional(),
  seq: z.number().exactOptional(),
  missingScopes: z.array(z.string()).exactOptional(),
  link: z.string().exactOptional(),
  detail: z.string().exactOptional(),
  atMs: z.number(),
}) satisfies z.ZodType<ErrorInfo>

/**
 * Checks one row.
 * @param what names the row in the error, e.g. `transfer 12`
 */
export function readRow<S extends z.ZodType>(schema: S, row: unknown, what: string): z.output<S> {
  const result = schema.safeParse(row)
  if (result.success) return result.data
  const findings = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
  throw new DamagedRowError(`${what} is damaged: ${findings.join('; ')}`)
}

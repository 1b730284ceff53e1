/** The outcome of a check of an upload against its receipt. */
import { z } from 'zod'
import { errorInfoSchema } from './error-info.ts'
import { countSchema, timeSchema } from './numbers.ts'

const error = errorInfoSchema.optional()

/** The local file beside what was uploaded. */
const localCheckSchema = z.object({
  verdict: z.enum([
    'same',
    /** It has another content now. */
    'changed',
    'missing',
    /** It cannot be read; `error` says why. */
    'unreadable',
    /** The receipt has no content hash: it was uploaded before one was kept, or by a person's word. */
    'not-comparable',
  ]),
  error,
})

/** The file in Feishu, as its metadata tells. */
const remoteCheckSchema = z.object({
  verdict: z.enum([
    'there',
    /** It was changed since: a new version, a new name. */
    'modified',
    'missing',
    /** Feishu does not tell, or could not be asked; `error` says why, if there is a reason. */
    'unknown',
  ]),
  modifiedAtMs: timeSchema.optional(),
  error,
})

/** The bytes that Feishu holds. */
const bytesCheckSchema = z.object({
  verdict: z.enum(['same', 'different', 'unknown']),
  /** Pieces that were downloaded and compared, of all. Fewer than all: a sample. */
  compared: countSchema,
  pieces: countSchema,
  error,
})

export const verificationSchema = z.object({
  local: localCheckSchema,
  remote: remoteCheckSchema.optional(),
  bytes: bytesCheckSchema.optional(),
})

export type LocalCheck = z.output<typeof localCheckSchema>
export type RemoteCheck = z.output<typeof remoteCheckSchema>
export type BytesCheck = z.output<typeof bytesCheckSchema>
export type Verification = z.output<typeof verificationSchema>

/** Tells whether nothing that was looked at differs from what was uploaded. */
export function holdsTrue({ local, remote, bytes }: Verification): boolean {
  return (
    local.verdict === 'same' &&
    (remote === undefined || remote.verdict === 'there') &&
    (bytes === undefined || bytes.verdict === 'same')
  )
}

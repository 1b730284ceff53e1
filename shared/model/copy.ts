import { z } from 'zod'
import { timeSchema } from './numbers.ts'
import { destinationSchema, documentTypeSchema, fingerprintSchema } from './transfer.ts'

/** The proof that a file in Feishu has the content of the local one. */
const copyProofSchema = z.enum([
  /** The call that made it answered with its token. */
  'answer',
  /** The answer was lost, and closing the same upload transaction once more returned its token. */
  'finish',
  /** The answer was lost, and the bytes that Feishu holds were compared. */
  'bytes',
  /** The answer was lost, and the version history names our version. */
  'version',
  /** The answer was lost, nothing could be compared, and a person said that this one is theirs. */
  'person',
])

export type CopyProof = z.output<typeof copyProofSchema>

/**
 * A file that is known to be in Feishu: which local file it is a copy of, and what it holds. Several
 * local files may count as up through the same remote one: a copy, a twin in another spelling.
 */
export const copySchema = z.object({
  /** Absolute path of the local file. It follows the file when that is renamed. */
  path: z.string(),
  destination: destinationSchema,
  /** Folders below the destination that it lies in, outermost first. */
  remoteFolders: z.array(z.string()).readonly(),
  /** Name on the server. */
  fileName: z.string(),
  /** The identity it went up as. */
  identity: z.string(),
  fileToken: z.string(),
  /** The type of document it was asked to become; null for a file. */
  document: documentTypeSchema.nullable(),
  /** As Feishu numbers it, where an answer told. */
  version: z.string().nullable(),
  /** Hex, see `main/lib/content-hash.ts`; null where it is not known. */
  contentHash: z.string().nullable(),
  /** Of the local file at the version that went up. */
  fingerprint: fingerprintSchema,
  proof: copyProofSchema,
  transferId: z.string(),
  landedAtMs: timeSchema,
  /** The time when a listing of its folder no longer had it; null while it is there. */
  missedAtMs: timeSchema.nullable(),
})

export type Copy = Readonly<z.output<typeof copySchema>>

/**
 * Reasons a file of the same name in Feishu was left alone, and the new one was uploaded beside it.
 */
export const KEPT_BECAUSE = [
  /** Someone else put it there, and only our own files were to be replaced. */
  'not-ours',
  /** Another local file counts as up through it. */
  'in-use',
  /** There are several of that name, and none of them is ours. */
  'several',
  /** It appeared while the outcome of an upload of ours was uncertain: it may be anybody's. */
  'uncertain',
  /** Feishu does not replace it: this tenant, or this file. */
  'refused',
  /** It is a document, which people may have edited since. */
  'document',
] as const

export type KeptBecause = (typeof KEPT_BECAUSE)[number]

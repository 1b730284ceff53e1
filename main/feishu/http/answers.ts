/**
 * The answers of the calls, as far as we use them. Unknown members are ignored: Feishu adds some
 * now and then.
 */
import { z } from 'zod'
import type { LandedAnswer, PreparedUpload, RemoteFile } from '#main/engine/ports.ts'
import { httpsUrl } from './https-url.ts'

// Tokens and ids are kept as they are; only what no identifier has is refused. Numbers are too: a
// 19-digit upload_id that came as one has already lost its last digits.
export const identifier = z.string().regex(/^[\x21-\x7e]{1,256}$/)

/** A page for a person's browser, if the text is one: it is opened as it stands. */
export const pageUrl = z
  .unknown()
  .optional()
  .transform((text) => (typeof text === 'string' ? httpsUrl(text) : undefined))

/** Every block is held in memory; Feishu's are 4 MiB. */
const MAX_BLOCK_BYTES = 64 * 1024 * 1024

export const fileTokenAnswer = z
  // The version is told by the files family only, and not by every answer.
  .object({ file_token: identifier, version: z.string().max(64).nullish(), url: pageUrl })
  .transform(
    (data): LandedAnswer => ({
      fileToken: data.file_token,
      ...(data.version && { version: data.version }),
      ...(data.url && { url: data.url }),
    }),
  )

/** `upload_part` answers with nothing to read. */
export const emptyAnswer = z.unknown().transform(() => undefined)

/** The server's plan, refused unless its blocks add up to the file. */
export function preparedAnswer(sizeBytes: number): z.ZodType<PreparedUpload> {
  return z
    .object({
      upload_id: identifier,
      block_size: z.int().positive().max(MAX_BLOCK_BYTES),
      block_num: z.int().positive(),
    })
    .refine((plan) => plan.block_num === Math.ceil(sizeBytes / plan.block_size), {
      path: ['block_num'],
    })
    .transform((plan) => ({
      uploadId: plan.upload_id,
      blockSizeBytes: plan.block_size,
      blockCount: plan.block_num,
    }))
}

/** A page of a list of documents, tables, …: `items`, and the token of the next one if there is one. */
export function pageAnswer<T>(row: z.ZodType<T>) {
  return z
    .object({
      items: z.array(row).nullish(),
      has_more: z.boolean().nullish(),
      page_token: z.string().nullish(),
    })
    .refine((page) => page.has_more !== true || Boolean(page.page_token), { path: ['page_token'] })
    .transform((page) => ({
      items: page.items ?? [],
      ...(page.has_more === true && page.page_token && { nextPageToken: page.page_token }),
    }))
}

const remoteFile = z
  .object({
    token: identifier,
    name: z.string(),
    type: z.string(),
    url: pageUrl,
    // Seconds as text.
    created_time: z.union([z.string(), z.number()]).nullish(),
    modified_time: z.union([z.string(), z.number()]).nullish(),
    owner_id: z.string().nullish(),
  })
  .transform((row): RemoteFile => {
    const { token, name, type, url } = row
    const createdAtMs = secondsToMs(row.created_time)
    const modifiedAtMs = secondsToMs(row.modified_time)
    return {
      token,
      name,
      type,
      ...(url && { url }),
      ...(createdAtMs && { createdAtMs }),
      ...(modifiedAtMs && { modifiedAtMs }),
      ...(row.owner_id && { ownerId: row.owner_id }),
    }
  })

export const folderPageAnswer = z
  .object({
    // An empty folder may come without the list.
    files: z.array(remoteFile).nullish(),
    has_more: z.boolean().nullish(),
    next_page_token: z.string().nullish(),
  })
  .refine((page) => page.has_more !== true || Boolean(page.next_page_token), {
    // Half a listing taken for a whole one would make a second file of the same name.
    path: ['next_page_token'],
  })
  .transform((page) => ({
    files: page.files ?? [],
    ...(page.has_more === true && page.next_page_token && { nextPageToken: page.next_page_token }),
  }))

export const createdFolderAnswer = z
  .object({ token: identifier, url: pageUrl })
  .transform(({ token, url }) => ({ token, ...(url && { url }) }))

/** `created_time` and its like. Undefined when it is no time. */
export function secondsToMs(seconds: string | number | null | undefined): number | undefined {
  const ms = Number(seconds ?? Number.NaN) * 1000
  return Number.isSafeInteger(ms) && ms > 0 ? ms : undefined
}

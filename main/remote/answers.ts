/** What the calls answer, as far as we use it. Unknown members are ignored: Feishu adds some now and then. */
import { z } from 'zod'
import type { PreparedUpload, RemoteFile } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

// Tokens and ids are kept as they are; only what no identifier has is refused. Numbers are too: a
// 19-digit upload_id that came as one has already lost its last digits.
const identifier = z.string().regex(/^[\x21-\x7e]{1,256}$/)

/** Every block is held in memory; Feishu's are 4 MiB. */
const MAX_BLOCK_BYTES = 64 * 1024 * 1024

export const fileTokenAnswer = z
  .object({ file_token: identifier })
  .transform((data) => ({ fileToken: data.file_token }))

/** `upload_part` answers with nothing to read. */
export const emptyAnswer = z.unknown().transform(() => undefined)

export const preparedAnswer = z.object({
  upload_id: identifier,
  block_size: z.number(),
  block_num: z.number(),
})

/** Takes the server's plan if its blocks add up to the file. @throws TransferError `plan-invalid` */
export function preparedUpload(
  plan: z.infer<typeof preparedAnswer>,
  sizeBytes: number,
  endpoint: string,
): PreparedUpload {
  const { upload_id: uploadId, block_size: blockSizeBytes, block_num: blockCount } = plan
  const sane =
    isPositiveInteger(blockSizeBytes) &&
    isPositiveInteger(blockCount) &&
    blockSizeBytes <= MAX_BLOCK_BYTES &&
    blockCount === Math.ceil(sizeBytes / blockSizeBytes)
  if (sane) return { uploadId, blockSizeBytes, blockCount }
  const detail = `${blockCount} blocks of ${blockSizeBytes} bytes for ${sizeBytes} bytes`
  throw new TransferError('plan-invalid', { endpoint, detail })
}

export const folderPageAnswer = z
  .object({
    // An empty folder may come without the list.
    files: z.array(z.unknown()).nullish(),
    has_more: z.boolean().nullish(),
    next_page_token: z.string().nullish(),
  })
  .refine((page) => page.has_more !== true || Boolean(page.next_page_token), {
    // Half a listing taken for a whole one would make a second file of the same name.
    path: ['next_page_token'],
  })
  .transform((page) => ({
    files: (page.files ?? []).map((row) => remoteFile.parse(row)),
    ...(page.has_more === true && page.next_page_token && { nextPageToken: page.next_page_token }),
  }))

const remoteFile = z
  .object({
    token: identifier,
    name: z.string(),
    type: z.string(),
    url: z.string().nullish(),
    // Seconds as text.
    created_time: z.union([z.string(), z.number()]).nullish(),
  })
  .transform((row): RemoteFile => {
    const createdAtMs = secondsToMs(row.created_time)
    const { token, name, type, url } = row
    return { token, name, type, ...(url && { url }), ...(createdAtMs && { createdAtMs }) }
  })

export const createdFolderAnswer = z
  .object({ token: identifier, url: z.string().nullish() })
  .transform(({ token, url }) => ({ token, ...(url && { url }) }))

function secondsToMs(seconds: string | number | null | undefined): number | undefined {
  const ms = Number(seconds ?? Number.NaN) * 1000
  return Number.isSafeInteger(ms) && ms > 0 ? ms : undefined
}

function isPositiveInteger(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0
}

/** A destination as it crosses borders: between a page and its host, and from the disk. */
import { z } from 'zod'
import type { Destination, FileColumns } from '../model/transfer.ts'

const token = z.string().min(1)

const fileColumnsSchema = z.object({
  name: token.exactOptional(),
  path: token.exactOptional(),
  sizeBytes: token.exactOptional(),
  modifiedAt: token.exactOptional(),
}) satisfies z.ZodType<FileColumns>

const wikiNode = token.exactOptional()

/** What it parses has its keys in one order, so that equal destinations are equal as JSON text. */
export const destinationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), folderToken: z.string() }),
  z.object({ kind: z.literal('media'), parentType: z.string(), parentNode: z.string() }),
  z.object({ kind: z.literal('docx'), documentId: token, wikiNode }),
  z.object({
    kind: z.literal('sheet'),
    spreadsheetToken: token,
    sheetId: token.exactOptional(),
    wikiNode,
  }),
  z.object({
    kind: z.literal('base'),
    appToken: token,
    tableId: token,
    field: token.exactOptional(),
    recordId: token.exactOptional(),
    columns: fileColumnsSchema.exactOptional(),
    wikiNode,
  }),
  z.object({
    kind: z.literal('file'),
    fileToken: token,
    parentToken: token.exactOptional(),
    wikiNode,
  }),
]) satisfies z.ZodType<Destination>

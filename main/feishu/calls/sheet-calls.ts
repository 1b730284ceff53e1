/** The calls that put floating images on a sheet. */
import { z } from 'zod'
import type { SheetApi } from '#main/destination/document-api.ts'
import { emptyAnswer, identifier } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'
import { A_HUNDRED_A_MINUTE, describing } from './describe.ts'

const SPREADSHEET = 'sheets/v3/spreadsheets/:spreadsheet_token'
const IMAGES = `${SPREADSHEET}/sheets/:sheet_id/float_images`

const sheetRow = z
  .object({
    sheet_id: identifier,
    title: z.string(),
    grid_properties: z.object({ row_count: z.int().positive() }).nullish(),
  })
  .transform(({ sheet_id: sheetId, title, grid_properties: grid }) => ({
    sheetId,
    title,
    ...(grid && { rowCount: grid.row_count }),
  }))

const imageRow = z
  .object({ float_image_token: z.string(), range: z.string() })
  .transform((row) => ({ fileToken: row.float_image_token, range: row.range }))

export function sheetCalls(call: MakeCall): SheetApi {
  const { repeatable, once } = describing(call)
  return {
    spreadsheet: repeatable(`GET ${SPREADSHEET}`, A_HUNDRED_A_MINUTE, ({ spreadsheetToken }) => ({
      params: { spreadsheet_token: spreadsheetToken },
      schema: z
        .object({ spreadsheet: z.object({ title: z.string() }) })
        .transform(({ spreadsheet }) => ({ title: spreadsheet.title })),
    })),
    sheets: repeatable(`GET ${SPREADSHEET}/sheets/query`, A_HUNDRED_A_MINUTE, (at) => ({
      params: { spreadsheet_token: at.spreadsheetToken },
      schema: z.object({ sheets: z.array(sheetRow) }).transform(({ sheets }) => sheets),
    })),
    floatImages: repeatable(`GET ${IMAGES}/query`, A_HUNDRED_A_MINUTE, (at) => ({
      params: { spreadsheet_token: at.spreadsheetToken, sheet_id: at.sheetId },
      schema: z
        .object({ items: z.array(imageRow).nullish() })
        .transform(({ items }) => items ?? []),
    })),
    createFloatImage: once(`POST ${IMAGES}`, A_HUNDRED_A_MINUTE, ({ image, ...at }) => ({
      params: { spreadsheet_token: at.spreadsheetToken, sheet_id: at.sheetId },
      json: { float_image_token: image.fileToken, range: image.range },
      schema: emptyAnswer,
    })),
  }
}

/** The calls that put floating images on a sheet. */
import { z } from 'zod'
import type { SheetApi } from '#main/destination/document-api.ts'
import { emptyAnswer, identifier } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'

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
  return {
    spreadsheet: ({ spreadsheetToken }, options) =>
      call(
        {
          ...get(SPREADSHEET, { spreadsheet_token: spreadsheetToken }),
          schema: z
            .object({ spreadsheet: z.object({ title: z.string() }) })
            .transform(({ spreadsheet }) => ({ title: spreadsheet.title })),
        },
        options,
      ),
    sheets: ({ spreadsheetToken }, options) =>
      call(
        {
          ...get(`${SPREADSHEET}/sheets/query`, { spreadsheet_token: spreadsheetToken }),
          schema: z.object({ sheets: z.array(sheetRow) }).transform(({ sheets }) => sheets),
        },
        options,
      ),
    floatImages: ({ spreadsheetToken, sheetId }, options) =>
      call(
        {
          ...get(`${IMAGES}/query`, { spreadsheet_token: spreadsheetToken, sheet_id: sheetId }),
          schema: z
            .object({ items: z.array(imageRow).nullish() })
            .transform(({ items }) => items ?? []),
        },
        options,
      ),
    createFloatImage: ({ spreadsheetToken, sheetId, image }, options) =>
      call(
        {
          method: 'POST',
          at: 'data',
          endpoint: IMAGES,
          params: { spreadsheet_token: spreadsheetToken, sheet_id: sheetId },
          json: { float_image_token: image.fileToken, range: image.range },
          schema: emptyAnswer,
        },
        options,
      ),
  }
}

function get(endpoint: string, params: Readonly<Record<string, string>>) {
  return { method: 'GET', at: 'data', endpoint, params } as const
}

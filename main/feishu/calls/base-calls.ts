/** The calls that read a Base and write its records. */
import { z } from 'zod'
import type { BaseApi } from '#main/destination/document-api.ts'
import { emptyAnswer, identifier, pageAnswer } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'

/** The largest pages these lists allow. */
const PAGE_SIZE = '100'
const RECORD_PAGE_SIZE = '500'

const TABLE = 'bitable/v1/apps/:app_token/tables/:table_id'

const tableRow = z
  .object({ table_id: identifier, name: z.string() })
  .transform((row) => ({ tableId: row.table_id, name: row.name }))

const fieldRow = z
  .object({ field_id: identifier, field_name: z.string(), type: z.number() })
  .transform((row) => ({ fieldId: row.field_id, name: row.field_name, type: row.type }))

const recordRow = z
  .object({ record_id: identifier, fields: z.record(z.string(), z.unknown()).nullish() })
  .transform((row) => ({ recordId: row.record_id, fields: row.fields ?? {} }))

export function baseCalls(call: MakeCall): BaseApi {
  return {
    base: ({ appToken }, options) =>
      call(
        {
          ...get('bitable/v1/apps/:app_token', { app_token: appToken }),
          schema: z
            .object({ app: z.object({ name: z.string() }) })
            .transform(({ app }) => ({ name: app.name })),
        },
        options,
      ),
    tables: ({ appToken, pageToken }, options) =>
      call(
        {
          ...get('bitable/v1/apps/:app_token/tables', { app_token: appToken }),
          query: { page_size: PAGE_SIZE, page_token: pageToken },
          schema: pageAnswer(tableRow),
        },
        options,
      ),
    fields: ({ appToken, tableId, pageToken }, options) =>
      call(
        {
          ...get(`${TABLE}/fields`, { app_token: appToken, table_id: tableId }),
          query: { page_size: PAGE_SIZE, page_token: pageToken },
          schema: pageAnswer(fieldRow),
        },
        options,
      ),
    record: ({ appToken, tableId, recordId }, options) =>
      call(
        {
          ...get(`${TABLE}/records/:record_id`, {
            app_token: appToken,
            table_id: tableId,
            record_id: recordId,
          }),
          schema: z.object({ record: recordRow }).transform(({ record }) => record),
        },
        options,
      ),
    records: ({ appToken, tableId, pageToken }, options) =>
      call(
        {
          ...get(`${TABLE}/records`, { app_token: appToken, table_id: tableId }),
          query: { page_size: RECORD_PAGE_SIZE, page_token: pageToken },
          schema: pageAnswer(recordRow),
        },
        options,
      ),
    createRecord: ({ appToken, tableId, clientToken, fields }, options) =>
      call(
        {
          method: 'POST',
          at: 'data',
          endpoint: `${TABLE}/records`,
          params: { app_token: appToken, table_id: tableId },
          query: { client_token: clientToken },
          json: { fields },
          schema: z
            .object({ record: recordRow })
            .transform(({ record }) => ({ recordId: record.recordId })),
        },
        options,
      ),
    createRecords: ({ appToken, tableId, clientToken, records }, options) =>
      call(
        {
          method: 'POST',
          at: 'data',
          endpoint: `${TABLE}/records/batch_create`,
          params: { app_token: appToken, table_id: tableId },
          query: { client_token: clientToken },
          json: { records: records.map((fields) => ({ fields })) },
          schema: z.object({ records: z.array(recordRow) }).transform(({ records }) => records),
        },
        options,
      ),
    updateRecord: ({ appToken, tableId, recordId, fields }, options) =>
      call(
        {
          method: 'PUT',
          at: 'data',
          endpoint: `${TABLE}/records/:record_id`,
          params: { app_token: appToken, table_id: tableId, record_id: recordId },
          json: { fields },
          schema: emptyAnswer,
        },
        options,
      ),
  }
}

function get(endpoint: string, params: Readonly<Record<string, string>>) {
  return { method: 'GET', at: 'data', endpoint, params } as const
}

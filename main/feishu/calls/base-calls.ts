/** The calls that read a Base and write its records. */
import { z } from 'zod'
import type { BaseApi, BaseRecord, Page, Table } from '#main/destination/document-api.ts'
import { codeFor } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { emptyAnswer, identifier, pageAnswer } from '../http/answers.ts'
import type { ApiCall, MakeCall } from '../http/call.ts'
import { isAboutTheCall, newerOr } from './newer-call.ts'

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
    record: newerOr(
      async ({ recordId, ...table }, options) =>
        recordIn(await call(recordById(table, recordId), options), recordId),
      ({ recordId, ...table }, options) => call(oneRecord(table, recordId), options),
    ),
    records: newerOr(
      ({ pageToken, ...table }, options) => call(searchRecords(table, pageToken), options),
      ({ pageToken, ...table }, options) => call(listRecords(table, pageToken), options),
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
    appendAttachment: appending(call),
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

function paramsOf({ appToken, tableId }: Table) {
  return { app_token: appToken, table_id: tableId }
}

const recordsAnswer = z.object({
  records: z.array(recordRow).nullish(),
  absent_record_ids: z.array(z.string()).nullish(),
  forbidden_record_ids: z.array(z.string()).nullish(),
})

/** 批量获取记录. */
function recordById(table: Table, recordId: string): ApiCall<z.output<typeof recordsAnswer>> {
  return {
    method: 'POST',
    at: 'data',
    endpoint: `${TABLE}/records/batch_get`,
    params: paramsOf(table),
    json: { record_ids: [recordId] },
    schema: recordsAnswer,
  }
}

/** Picks the record out of an answer that names missing and forbidden records although it succeeds. */
function recordIn(answer: z.output<typeof recordsAnswer>, recordId: string): BaseRecord {
  const record = answer.records?.find((each) => each.recordId === recordId)
  if (record !== undefined) return record
  const isForbidden = answer.forbidden_record_ids?.includes(recordId) ?? false
  throw new TransferError(codeFor(isForbidden ? 'record-forbidden' : 'record-gone'))
}

/** The official client's way to add a file; not asked for any more once it was seen not to be there. */
function appending(call: MakeCall): BaseApi['appendAttachment'] {
  let isKnown = true
  return async ({ recordId, fieldId, fileToken, ...table }, options) => {
    if (!isKnown) return false
    const json = { attachments: { [recordId]: { [fieldId]: [{ file_token: fileToken }] } } }
    const endpoint = 'base/v3/bases/:app_token/tables/:table_id/append_attachments'
    const params = paramsOf(table)
    try {
      await call(
        { method: 'POST', at: 'data', endpoint, params, json, schema: emptyAnswer },
        options,
      )
      return true
    } catch (error) {
      if (!isAboutTheCall(error)) throw error
      isKnown = false
      return false
    }
  }
}

/** 检索记录: deprecated. */
function oneRecord(table: Table, recordId: string): ApiCall<BaseRecord> {
  return {
    ...get(`${TABLE}/records/:record_id`, { ...paramsOf(table), record_id: recordId }),
    schema: z.object({ record: recordRow }).transform(({ record }) => record),
  }
}

/** 查询记录, all of them. */
function searchRecords(table: Table, pageToken: string | undefined): ApiCall<Page<BaseRecord>> {
  return {
    method: 'POST',
    at: 'data',
    endpoint: `${TABLE}/records/search`,
    params: paramsOf(table),
    query: { page_size: RECORD_PAGE_SIZE, page_token: pageToken },
    json: {},
    schema: pageAnswer(recordRow),
  }
}

/** 列出记录: deprecated. */
function listRecords(table: Table, pageToken: string | undefined): ApiCall<Page<BaseRecord>> {
  return {
    ...get(`${TABLE}/records`, paramsOf(table)),
    query: { page_size: RECORD_PAGE_SIZE, page_token: pageToken },
    schema: pageAnswer(recordRow),
  }
}

/** The calls that read a Base and write its records. */
import { z } from 'zod'
import type { BaseApi, Table } from '#main/destination/document-api.ts'
import { codeFor } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { emptyAnswer, identifier, pageAnswer } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'
import { describing, paced } from './describe.ts'
import { isAboutTheCall, newerOr } from './newer-call.ts'

/** The largest pages these lists allow. */
const PAGE_SIZE = '100'
const RECORD_PAGE_SIZE = '500'

const APP = 'bitable/v1/apps/:app_token'
const TABLE = `${APP}/tables/:table_id`
const APPEND = 'POST base/v3/bases/:app_token/tables/:table_id/append_attachments'
const RECORDS_BY_ID = `POST ${TABLE}/records/batch_get`

const tableRow = z
  .object({ table_id: identifier, name: z.string() })
  .transform((row) => ({ tableId: row.table_id, name: row.name }))

const fieldRow = z
  .object({ field_id: identifier, field_name: z.string(), type: z.number() })
  .transform((row) => ({ fieldId: row.field_id, name: row.field_name, type: row.type }))

const recordRow = z
  .object({ record_id: identifier, fields: z.record(z.string(), z.unknown()).nullish() })
  .transform((row) => ({ recordId: row.record_id, fields: row.fields ?? {} }))

const oneRecord = z.object({ record: recordRow }).transform(({ record }) => record)

/** Names missing and forbidden records although the call succeeds. */
const recordsAnswer = z.object({
  records: z.array(recordRow).nullish(),
  forbidden_record_ids: z.array(z.string()).nullish(),
})

/** Limits as the page of each call has them; writes keep a slower rhythm of their own besides. */
export function baseCalls(call: MakeCall): BaseApi {
  const { plain, repeatable, once } = describing(call)
  return {
    base: repeatable(`GET ${APP}`, 20, ({ appToken }) => ({
      params: { app_token: appToken },
      schema: z
        .object({ app: z.object({ name: z.string() }) })
        .transform(({ app }) => ({ name: app.name })),
    })),
    tables: repeatable(`GET ${APP}/tables`, 20, ({ appToken, pageToken }) => ({
      params: { app_token: appToken },
      query: { page_size: PAGE_SIZE, page_token: pageToken },
      schema: pageAnswer(tableRow),
    })),
    fields: repeatable(`GET ${TABLE}/fields`, 20, ({ pageToken, ...table }) => ({
      params: paramsOf(table),
      query: { page_size: PAGE_SIZE, page_token: pageToken },
      schema: pageAnswer(fieldRow),
    })),
    record: newerOr(
      paced(RECORDS_BY_ID, 20, true, async (at, options) => {
        const { records, forbidden_record_ids: forbidden } = await plain(
          RECORDS_BY_ID,
          ({ recordId, ...table }: typeof at) => ({
            params: paramsOf(table),
            json: { record_ids: [recordId] },
            schema: recordsAnswer,
          }),
        )(at, options)
        const record = records?.find(({ recordId }) => recordId === at.recordId)
        if (record !== undefined) return record
        const isForbidden = forbidden?.includes(at.recordId) ?? false
        throw new TransferError(codeFor(isForbidden ? 'record-forbidden' : 'record-gone'))
      }),
      // 检索记录: deprecated.
      plain(`GET ${TABLE}/records/:record_id`, ({ recordId, ...table }) => ({
        params: { ...paramsOf(table), record_id: recordId },
        schema: oneRecord,
      })),
    ),
    records: newerOr(
      repeatable(`POST ${TABLE}/records/search`, 10, ({ pageToken, ...table }) => ({
        params: paramsOf(table),
        query: { page_size: RECORD_PAGE_SIZE, page_token: pageToken },
        json: {},
        schema: pageAnswer(recordRow),
      })),
      // 列出记录: deprecated.
      plain(`GET ${TABLE}/records`, ({ pageToken, ...table }) => ({
        params: paramsOf(table),
        query: { page_size: RECORD_PAGE_SIZE, page_token: pageToken },
        schema: pageAnswer(recordRow),
      })),
    ),
    createRecord: once(`POST ${TABLE}/records`, 50, ({ clientToken, fields, ...table }) => ({
      params: paramsOf(table),
      query: { client_token: clientToken },
      json: { fields },
      schema: oneRecord.transform(({ recordId }) => ({ recordId })),
    })),
    createRecords: once(
      `POST ${TABLE}/records/batch_create`,
      50,
      ({ clientToken, records, ...table }) => ({
        params: paramsOf(table),
        query: { client_token: clientToken },
        json: { records: records.map((fields) => ({ fields })) },
        schema: z.object({ records: z.array(recordRow) }).transform(({ records }) => records),
      }),
    ),
    appendAttachment: appending(call),
    updateRecord: once(`PUT ${TABLE}/records/:record_id`, 50, ({ recordId, fields, ...table }) => ({
      params: { ...paramsOf(table), record_id: recordId },
      json: { fields },
      schema: emptyAnswer,
    })),
  }
}

function paramsOf({ appToken, tableId }: Table) {
  return { app_token: appToken, table_id: tableId }
}

/**
 * The official client's way to add a file; not asked for any more once it was seen not to be there. On no page:
 * taken to have the limit of the other writes.
 */
function appending(call: MakeCall): BaseApi['appendAttachment'] {
  let isKnown = true
  const append = describing(call).plain(
    APPEND,
    ({ recordId, fieldId, fileToken, ...table }: Parameters<BaseApi['appendAttachment']>[0]) => ({
      params: paramsOf(table),
      json: { attachments: { [recordId]: { [fieldId]: [{ file_token: fileToken }] } } },
      schema: emptyAnswer,
    }),
  )
  return paced(APPEND, 50, false, async (at, options) => {
    if (!isKnown) return false
    try {
      await append(at, options)
      return true
    } catch (error) {
      if (!isAboutTheCall(error)) throw error
      isKnown = false
      return false
    }
  })
}

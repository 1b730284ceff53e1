/** 多维表格: what an upload asks of a Base, and the records it makes or changes. */
import { type Answer, success } from './answer.ts'
import { checkFields, shownFields } from './base-values.ts'
import type { Base, BaseField, BaseRecord, BaseTable } from './bases.ts'
import type { Call } from './call.ts'
import { BASE_PAGE_SIZE, MAX_BATCH, RECORD_PAGE_SIZE } from './limits.ts'
import { pageOf } from './pages.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'

const APP = '/bitable/v1/apps/:app'
const TABLES = `${APP}/tables`
const RECORDS = `${TABLES}/:table/records`
const APPEND = '/base/v3/bases/:app/tables/:table/append_attachments'

export function baseRoutes(server: Server): Route[] {
  return [
    question('get_app', APP, (call) => getBase(server, call)),
    question('list_tables', TABLES, (call) => listTables(server, call)),
    question('list_fields', `${TABLES}/:table/fields`, (call) => listFields(server, call)),
    question('list_records', RECORDS, (call) => listRecords(server, call)),
    question('get_record', `${RECORDS}/:record`, (call) => getRecord(server, call)),
    search('search_records', `${RECORDS}/search`, (call) => searchRecords(server, call)),
    search('batch_get', `${RECORDS}/batch_get`, (call) => batchGet(server, call)),
    write('POST', 'create_record', RECORDS, (call) => createRecord(server, call)),
    write('PUT', 'update_record', `${RECORDS}/:record`, (call) => updateRecord(server, call)),
    write('POST', 'batch_create', `${RECORDS}/batch_create`, (call) => batchCreate(server, call)),
    write('POST', 'batch_update', `${RECORDS}/batch_update`, (call) => batchUpdate(server, call)),
    {
      ...write('POST', '', APPEND, (call) => appendAttachments(server, call)),
      endpoint: 'base/append_attachments',
    },
  ]
}

function question(name: string, path: string, answer: (call: Call) => Answer): Route {
  return {
    method: 'GET',
    path,
    endpoint: `bitable/${name}`,
    rate: 'list',
    readOnly: true,
    handle: async (call) => () => answer(call),
  }
}

/** A question with a body. */
function search(name: string, path: string, handle: Route['handle']): Route {
  return { ...question(name, path, () => success({})), method: 'POST', badBody: 1254001, handle }
}

/** 新增记录 · 1254291: one table takes one write at a time, of any kind. */
function write(method: 'POST' | 'PUT', name: string, path: string, handle: Route['handle']): Route {
  return {
    method,
    path,
    endpoint: `bitable/${name}`,
    rate: 'record',
    exclusive: { place: ({ app, table }) => `${app}/${table}`, code: 1254291 },
    badBody: 1254001,
    handle,
  }
}

/** 获取多维表格元数据. */
function getBase(server: Server, call: Call): Answer {
  const base = requireBase(server, call, 'view')
  return success({
    app: {
      app_token: base.token,
      name: base.name,
      revision: 1,
      is_advanced: base.rules.advancedPermission,
      time_zone: 'Asia/Shanghai',
    },
  })
}

/** 列出数据表. */
function listTables(server: Server, call: Call): Answer {
  const rows = [...requireBase(server, call, 'view').tables.values()].map((table) => ({
    table_id: table.tableId,
    revision: table.revision,
    name: table.name,
  }))
  return success(pageOf(rows, call.query, BASE_PAGE_SIZE, 1254001))
}

/** 列出字段. The first field is the primary one. */
function listFields(server: Server, call: Call): Answer {
  const { table } = requireTable(server, call, 'view')
  const row = ({ fieldId, name, type }: BaseField, index: number) => {
    return { field_id: fieldId, field_name: name, type, is_primary: index === 0, property: null }
  }
  return success(pageOf(table.fields.map(row), call.query, BASE_PAGE_SIZE, 1254001))
}

/** 列出记录, deprecated and answered still; in order of creation. */
function listRecords(server: Server, call: Call): Answer {
  const { base, table } = requireTable(server, call, 'view')
  const rows = server.bases
    .recordsOf(base.token, table.tableId)
    .map((record) => recordRow(server, table, record))
  return success(pageOf(rows, call.query, RECORD_PAGE_SIZE, 1254001))
}

/** 查询记录, without a filter: what 列出记录 has, asked for with a body. */
async function searchRecords(server: Server, call: Call): Promise<Commit> {
  await call.readJson([], ['automatic_fields', 'field_names'])
  return () => listRecords(server, call)
}

/** 批量获取记录: those that are not there are named, and are no error. */
async function batchGet(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['record_ids'], ['automatic_fields'])
  return () => {
    const { base, table } = requireTable(server, call, 'view')
    const wanted = body.record_ids as string[]
    const known = server.bases.recordsOf(base.token, table.tableId)
    const found = known.filter(({ recordId }) => wanted.includes(recordId))
    const ids = new Set(found.map(({ recordId }) => recordId))
    return success({
      records: found.map((record) => recordRow(server, table, record)),
      forbidden_record_ids: [],
      absent_record_ids: wanted.filter((id) => !ids.has(id)),
    })
  }
}

/** 检索记录, deprecated and answered still. */
function getRecord(server: Server, call: Call): Answer {
  const { table } = requireTable(server, call, 'view')
  return success({ record: recordRow(server, table, requireRecord(server, call)) })
}

/** 新增记录: the same client_token makes one record. */
async function createRecord(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['fields'])
  return () => {
    const { base, table } = requireWritable(server, call)
    const [record] = onceForToken(server, call, base, body, () =>
      server.bases.addRecords(table, [checkFields(server, base, table, body.fields)]),
    )
    return success({ record: recordRow(server, table, record as BaseRecord) })
  }
}

/** 更新记录: fields that are not named stay as they are; there is no client_token. */
async function updateRecord(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['fields'])
  return () => {
    const { base, table } = requireWritable(server, call)
    const record = requireRecord(server, call)
    const fields = checkFields(server, base, table, body.fields)
    return success({
      record: recordRow(server, table, server.bases.update(table, record, fields)),
    })
  }
}

/** 新增多条记录: all of them or none. */
async function batchCreate(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['records'])
  return () => {
    const { base, table } = requireWritable(server, call)
    const rows = batchOf(body.records)
    const records = onceForToken(server, call, base, body, () => {
      const checked = rows.map(({ fields }) => checkFields(server, base, table, fields))
      return server.bases.addRecords(table, checked)
    })
    return success({ records: records.map((record) => recordRow(server, table, record)) })
  }
}

/** 更新多条记录: all of them or none. */
async function batchUpdate(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['records'])
  return () => {
    const { base, table } = requireWritable(server, call)
    const { app = '', table: tableId = '' } = call.params
    const changes = batchOf(body.records).map(({ record_id, fields }) => ({
      record: server.bases.record(app, tableId, String(record_id)),
      fields: checkFields(server, base, table, fields),
    }))
    const records = changes.map((each) => server.bases.update(table, each.record, each.fields))
    return success({ records: records.map((record) => recordRow(server, table, record)) })
  }
}

/**
 * On no page: the official client adds attachments so, by the id of the field. A repeated call looks like a
 * new one, so here it adds once more.
 */
async function appendAttachments(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['attachments'])
  return () => {
    const { base, table } = requireWritable(server, call)
    if (!base.rules.takesAppends) {
      return { status: 404, code: undefined, headers: {}, body: '404 page not found' }
    }
    const wanted = body.attachments as Record<string, Record<string, unknown[]>>
    const changes = Object.entries(wanted).map(([recordId, byField]) => {
      const record = server.bases.record(base.token, table.tableId, recordId)
      const fields = Object.entries(byField).map(([fieldId, added]) => {
        const field = table.fields.find((each) => each.fieldId === fieldId)
        if (field === undefined) throw new Refusal(1254045)
        return [field.name, [...((record.fields[field.name] as unknown[]) ?? []), ...added]]
      })
      const given = Object.fromEntries(fields) as Record<string, unknown>
      return { record, fields: checkFields(server, base, table, given) }
    })
    for (const each of changes) server.bases.update(table, each.record, each.fields)
    return success({})
  }
}

interface BatchRow {
  readonly record_id?: unknown
  readonly fields?: unknown
}

/** 新增多条记录 · 1254104. The error text says 500, the page's limit is 1,000. */
function batchOf(records: unknown): readonly BatchRow[] {
  if (!Array.isArray(records) || records.length === 0) throw new Refusal(1254001)
  if (records.length > MAX_BATCH) throw new Refusal(1254104)
  return records.map((record) => (record ?? {}) as BatchRow)
}

/** 新增记录 · client_token: a UUID v4 (1254037); used for another write it is 1255006. */
function onceForToken<T>(server: Server, call: Call, base: Base, body: unknown, work: () => T): T {
  const token = call.query.get('client_token')
  if (token !== null && token !== '' && !UUID_V4.test(token)) throw new Refusal(1254037)
  return server.repeated.once(token, [call.record.target, body], work, (sameContent) => {
    if (!sameContent) throw new Refusal(1255006)
    // Undocumented for a repeated token; the code's text suggests it.
    if (base.rules.secondWrite === 'refused') throw new Refusal(1254608)
  })
}

const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i

function requireBase(server: Server, call: Call, needed: 'view' | 'edit'): Base {
  const { app = '' } = call.params
  const base = server.bases.require(app)
  if (!server.access.allows(call.identity, app, needed)) throw new Refusal(91403)
  const { advancedPermission } = base.rules
  if (advancedPermission && !server.access.allows(call.identity, app, 'manage')) {
    throw new Refusal(1254302)
  }
  return base
}

function requireTable(server: Server, call: Call, needed: 'view' | 'edit') {
  const base = requireBase(server, call, needed)
  const { app = '', table = '' } = call.params
  return { base, table: server.bases.table(app, table) }
}

function requireRecord(server: Server, call: Call) {
  const { app = '', table = '', record = '' } = call.params
  return server.bases.record(app, table, record)
}

/** A table that takes a write now. */
function requireWritable(server: Server, call: Call) {
  const { base, table } = requireTable(server, call, 'edit')
  // 新增记录 · 注意事项 names no code for tables that are synced from elsewhere.
  if (table.readOnly) throw new Refusal(1254302)
  requireSlowness(server, base, table)
  return { base, table }
}

/** 新增记录 · 1254290. */
function requireSlowness(server: Server, base: Base, table: BaseTable): void {
  const nowMs = server.clock.nowMs()
  table.recentWritesMs = table.recentWritesMs.filter((atMs) => atMs > nowMs - 1000)
  if (table.recentWritesMs.length >= base.rules.writesPerSecond) throw new Refusal(1254290)
  table.recentWritesMs.push(nowMs)
}

function recordRow(server: Server, table: BaseTable, record: BaseRecord) {
  const { recordId, fields } = record
  return { record_id: recordId, id: recordId, fields: shownFields(server, table, fields) }
}

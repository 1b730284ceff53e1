import { describe, expect, it } from 'vitest'
import type { NewBase } from '../bases.ts'
import type { SimulatorOptions } from '../simulator.ts'
import { setUp } from './fixture.ts'
import type { RawClient } from './raw-client.ts'

const TOKEN = '6f1ed9a4-0000-4000-8000-000000000001'
const OTHER_TOKEN = '6f1ed9a4-0000-4000-8000-000000000002'

/** A Base with one table and a client that knows its paths. */
async function setUpBase(spec: NewBase = {}, options: SimulatorOptions = {}) {
  const { simulator, client } = await setUp(options)
  const base = simulator.addBase({ token: 'bascnDemo', ...spec })
  const tables = `/bitable/v1/apps/${base.token}/tables`
  const records = `${tables}/${base.tableId}/records`
  return {
    simulator,
    client,
    base,
    tables,
    records,
    stored: () => simulator.records(base.token, base.tableId),
    create: (fields: unknown, clientToken = '') =>
      client.json(`${records}?client_token=${clientToken}`, { fields }),
    update: (recordId: string, fields: unknown) =>
      client.json(`${records}/${recordId}`, { fields }, { method: 'PUT' }),
    media: () => client.uploadMedia('bitable_file', base.token),
  }
}

function recordIdOf(answer: Awaited<ReturnType<RawClient['json']>>): string {
  return (answer.data['record'] as { record_id: string }).record_id
}

describe('a Base', () => {
  it('says its name, its tables and the fields of a table', async () => {
    const table = { id: 'tbl1', name: '合同', fields: [{ name: '标题', type: 'text' }] } as const
    const { client, tables } = await setUpBase({ name: '法务', tables: [table, { id: 'tbl2' }] })
    expect((await client.get('/bitable/v1/apps/bascnDemo')).data).toMatchObject({
      app: { app_token: 'bascnDemo', name: '法务', is_advanced: false },
    })
    const first = await client.get(`${tables}?page_size=1`)
    expect(first.data).toMatchObject({ items: [{ table_id: 'tbl1' }], has_more: true, total: 2 })
    const second = await client.get(`${tables}?page_size=1&page_token=${first.data['page_token']}`)
    expect(second.data).toMatchObject({ items: [{ table_id: 'tbl2' }], has_more: false })
    expect((await client.get(`${tables}/tbl1/fields`)).data).toMatchObject({
      items: [{ field_name: '标题', type: 1, is_primary: true }],
    })
    for (const query of ['page_size=0', 'page_size=101', 'page_token=x', 'page_token=9']) {
      expect((await client.get(`${tables}?${query}`)).code).toBe(1254001)
    }
  })

  it('takes attachments by the id of their field, once more each time, where it takes them at all', async () => {
    const { client, base, create, media, stored } = await setUpBase()
    const id = recordIdOf(await create({ 文本: 'a' }))
    const fieldId = base.tables.get(base.tableId)?.fields[1]?.fieldId ?? ''
    const file_token = await media()
    const append = (field: string) => {
      const attachments = { [id]: { [field]: [{ file_token }] } }
      const path = `/base/v3/bases/${base.token}/tables/${base.tableId}/append_attachments`
      return client.json(path, { attachments })
    }
    expect((await append('fldNowhere')).code).toBe(1254045)
    for (const _ of [1, 2]) expect((await append(fieldId)).code).toBe(0)
    expect(stored()).toMatchObject([{ fields: { 附件: [{ file_token }, { file_token }] } }])
    base.rules.takesAppends = false
    expect((await append(fieldId)).status).toBe(404)
  })

  it('is missing, or its table or record is', async () => {
    const { simulator, client, tables, records, update } = await setUpBase()
    const nowhere = '/bitable/v1/apps/bascnNowhere/tables'
    expect((await client.get(nowhere)).code).toBe(1254040)
    expect((await client.get(`${tables}/tblNowhere/fields`)).code).toBe(1254041)
    expect((await client.get(`${records}/recNowhere`)).code).toBe(1254043)
    expect((await update('recNowhere', {})).code).toBe(1254043)
    simulator.removeNode('bascnDemo')
    expect((await client.get(tables)).code).toBe(1254040)
  })

  it('lies in the Drive', async () => {
    const { simulator } = await setUpBase({ name: '法务' })
    expect(simulator.tree()).toMatchObject({ 法务: [{ token: 'bascnDemo', type: 'bitable' }] })
  })
})

describe('a record', () => {
  it('is made once for a client_token, however often it is sent', async () => {
    const { create, media, stored } = await setUpBase()
    const token = await media()
    const fields = { 附件: [{ file_token: token }], 文本: 'a' }
    const first = await create(fields, TOKEN)
    expect(first.data).toMatchObject({
      record: { fields: { 附件: [{ file_token: token, name: 'a.bin', size: 100 }] } },
    })
    expect((await create(fields, TOKEN)).data).toEqual(first.data)
    expect(stored()).toMatchObject([{ recordId: recordIdOf(first), fields }])
    await create(fields)
    await create(fields, OTHER_TOKEN)
    expect(stored()).toHaveLength(3)
  })

  it('is not made for a client_token that is no UUID v4 or was used for something else', async () => {
    const { create, stored } = await setUpBase()
    expect(await create({}, 'mine')).toMatchObject({ status: 400, code: 1254037 })
    await create({ 文本: 'a' }, TOKEN)
    expect(await create({ 文本: 'b' }, TOKEN)).toMatchObject({ status: 400, code: 1255006 })
    expect(stored()).toMatchObject([{ fields: { 文本: 'a' } }])
  })

  it('may be refused the second time instead of being shown again', async () => {
    const { base, create, stored } = await setUpBase({ secondWrite: 'refused' })
    await create({ 文本: 'a' }, TOKEN)
    expect(await create({ 文本: 'a' }, TOKEN)).toMatchObject({ status: 403, code: 1254608 })
    base.rules.secondWrite = 'same-record'
    expect((await create({ 文本: 'a' }, TOKEN)).code).toBe(0)
    expect(stored()).toHaveLength(1)
  })

  it('may be made again when its client_token is forgotten', async () => {
    const options = { clock: { frozen: true }, clientTokenLifeMs: 60_000 }
    const { simulator, create, stored } = await setUpBase({}, options)
    await create({ 文本: 'a' }, TOKEN)
    simulator.clock.advance(59_999)
    await create({ 文本: 'a' }, TOKEN)
    expect(stored()).toHaveLength(1)
    simulator.clock.advance(1)
    await create({ 文本: 'a' }, TOKEN)
    expect(stored()).toHaveLength(2)
  })

  it('does not use its client_token up when it is refused', async () => {
    const { create, stored } = await setUpBase()
    expect((await create({ 没有: 'a' }, TOKEN)).code).toBe(1254045)
    expect((await create({ 文本: 'a' }, TOKEN)).code).toBe(0)
    expect(stored()).toHaveLength(1)
  })

  it('has its attachments replaced by an update, and nothing else', async () => {
    const { client, records, create, update, media } = await setUpBase()
    const [first, second] = [await media(), await media()]
    const made = await create({ 文本: 'a', 附件: [{ file_token: first }] })
    const path = `${records}/${recordIdOf(made)}`
    await update(recordIdOf(made), { 附件: [{ file_token: second }] })
    expect((await client.get(path)).data).toMatchObject({
      record: { fields: { 文本: 'a', 附件: [{ file_token: second }] } },
    })
    await update(recordIdOf(made), { 附件: null })
    const { fields } = (await client.get(path)).data['record'] as { fields: object }
    expect(fields).toEqual({ 文本: 'a' })
  })

  it('takes only media that were uploaded to this Base', async () => {
    const { client, create, stored } = await setUpBase()
    const foreign = await client.uploadMedia('bitable_file', 'bascnOther')
    const drive = String((await client.uploadAll(Buffer.alloc(5, 1))).data['file_token'])
    for (const token of [foreign, drive, 'boxcnNowhere']) {
      expect((await create({ 附件: [{ file_token: token }] })).code).toBe(1254303)
    }
    expect(stored()).toEqual([])
  })

  it.each([
    ['no object', 'a', 1254001],
    ['a list', [], 1254001],
    ['a field that is not there', { 没有: 'a' }, 1254045],
    ['a number as a text', { 文本: 5 }, 1254060],
    ['a text as a number', { 数字: '5' }, 1254061],
    ['a list as a choice', { 单选: ['a'] }, 1254062],
    ['a text as choices', { 多选: 'a' }, 1254063],
    ['a text as a date', { 日期: '2026-11-25' }, 1254064],
    ['a text as a tick', { 勾选: 'true' }, 1254065],
    ['a text as a link', { 链接: 'https://a' }, 1254068],
    ['a text as an attachment', { 附件: 'boxcn1' }, 1254069],
    ['attachments without tokens', { 附件: [{ name: 'a' }] }, 1254069],
    ['an attachment as a text', { 文本: [{ file_token: 'boxcn1' }] }, 1254015],
    ['a value for a formula', { 公式: 1 }, 1254015],
  ])('refuses %s', async (_, fields, code) => {
    const types = {
      文本: 'text',
      数字: 'number',
      单选: 'singleSelect',
      多选: 'multiSelect',
      日期: 'date',
      勾选: 'checkbox',
      链接: 'url',
      附件: 'attachment',
      公式: 'formula',
    } as const
    const columns = Object.entries(types).map(([name, type]) => ({ name, type }))
    const { create, stored } = await setUpBase({ tables: [{ fields: columns }] })
    expect((await create(fields)).code).toBe(code)
    expect(stored()).toEqual([])
  })

  it('takes values of every kind it knows', async () => {
    const values = {
      数字: ['number', 1.5],
      单选: ['singleSelect', 'a'],
      多选: ['multiSelect', ['a', 'b']],
      日期: ['date', 1_764_000_000_000],
      勾选: ['checkbox', true],
      链接: ['url', { text: 'a', link: 'https://a' }],
    } as const
    const fields = Object.entries(values).map(([name, [type]]) => ({ name, type }))
    const { create, stored } = await setUpBase({ tables: [{ fields }] })
    const given = Object.fromEntries(
      Object.entries(values).map(([name, [, value]]) => [name, value]),
    )
    expect((await create(given)).code).toBe(0)
    expect(stored()).toMatchObject([{ fields: given }])
  })

  it.each(['{', '[]', '{"record":{}}'])('refuses a body %s', async (body) => {
    const { client, records } = await setUpBase()
    const headers = { 'content-type': 'application/json' }
    const answer = await client.ask(records, { method: 'POST', headers, body })
    expect(answer.code).toBe(1254001)
  })
})

describe('many records at once', () => {
  it('are made all or none, once for a client_token', async () => {
    const { client, records, stored } = await setUpBase()
    const path = `${records}/batch_create?client_token=${TOKEN}`
    const rows = ['a', 'b'].map((text) => ({ fields: { 文本: text } }))
    const bad = await client.json(path, { records: [...rows, { fields: { 没有: 1 } }] })
    expect(bad.code).toBe(1254045)
    expect(stored()).toEqual([])
    const first = await client.json(path, { records: rows })
    expect((await client.json(path, { records: rows })).data).toEqual(first.data)
    expect(stored()).toMatchObject(rows)
  })

  it('are changed all or none', async () => {
    const { client, records, create, stored } = await setUpBase()
    const ids = [recordIdOf(await create({ 文本: 'a' })), recordIdOf(await create({ 文本: 'b' }))]
    const change = (recordIds: string[]) =>
      client.json(`${records}/batch_update`, {
        records: recordIds.map((record_id) => ({ record_id, fields: { 文本: 'c' } })),
      })
    expect((await change([...ids, 'recNowhere'])).code).toBe(1254043)
    expect(stored()).toMatchObject([{ fields: { 文本: 'a' } }, { fields: { 文本: 'b' } }])
    expect((await change(ids)).code).toBe(0)
    expect(stored()).toMatchObject([{ fields: { 文本: 'c' } }, { fields: { 文本: 'c' } }])
  })

  it('are 1,000 at most, and one at least', async () => {
    const { client, records } = await setUpBase()
    const many = (count: number) =>
      client.json(`${records}/batch_create`, { records: Array(count).fill({ fields: {} }) })
    expect((await many(1_001)).code).toBe(1254104)
    expect((await many(0)).code).toBe(1254001)
    expect((await many(1_000)).code).toBe(0)
  })
})

describe('a table', () => {
  it('takes one write at a time', async () => {
    const { simulator, client, records, create, stored } = await setUpBase()
    const gate = simulator.hold({ endpoint: 'bitable/create_record' })
    const first = create({ 文本: 'a' })
    expect(await gate.reached).toMatchObject({ target: `bascnDemo/${records.split('/')[6]}` })
    expect((await create({ 文本: 'b' })).code).toBe(1254291)
    const batch = { records: [{ fields: {} }] }
    expect((await client.json(`${records}/batch_create`, batch)).code).toBe(1254291)
    expect((await client.get(records)).code).toBe(0)
    gate.release()
    expect((await first).code).toBe(0)
    expect((await create({ 文本: 'b' })).code).toBe(0)
    expect(stored()).toHaveLength(2)
  })

  it('takes writes while another table is written', async () => {
    const { simulator, client, tables } = await setUpBase({ tables: [{ id: 'a' }, { id: 'b' }] })
    const gate = simulator.hold({ endpoint: 'bitable/create_record', target: 'bascnDemo/a' })
    const first = client.json(`${tables}/a/records`, { fields: {} })
    await gate.reached
    expect((await client.json(`${tables}/b/records`, { fields: {} })).code).toBe(0)
    gate.release()
    await first
  })

  it('can be too slow for its writers', async () => {
    const clock = { clock: { frozen: true } }
    const { simulator, base, create } = await setUpBase({ writesPerSecond: 2 }, clock)
    const codes = async (count: number) => {
      const answers = []
      for (let i = 0; i < count; i++) answers.push((await create({})).code)
      return answers
    }
    expect(await codes(3)).toEqual([0, 0, 1254290])
    simulator.clock.advance(1_000)
    expect(await codes(1)).toEqual([0])
    base.rules.writesPerSecond = 1
    expect(await codes(1)).toEqual([1254290])
  })

  it('does not know fresh records yet when replicas lag', async () => {
    const clock = { clock: { frozen: true } }
    const { simulator, base, client, records, create, update } = await setUpBase({}, clock)
    base.rules.lagMs = 2_000
    expect((await create({})).code).toBe(1254041)
    simulator.clock.advance(2_000)
    const recordId = recordIdOf(await create({}))
    expect((await client.get(`${records}/${recordId}`)).code).toBe(1254043)
    expect((await update(recordId, {})).code).toBe(1254043)
    expect((await client.get(records)).data).toMatchObject({ items: [], total: 0 })
    simulator.clock.advance(2_000)
    expect((await update(recordId, {})).code).toBe(0)
  })

  it('has room for so many records', async () => {
    const { client, records, create } = await setUpBase({ tables: [{ maxRecords: 2 }] })
    expect((await create({})).code).toBe(0)
    const two = { records: [{ fields: {} }, { fields: {} }] }
    expect((await client.json(`${records}/batch_create`, two)).code).toBe(1254103)
    expect((await create({})).code).toBe(0)
    expect((await create({})).code).toBe(1254103)
  })

  it('has room for so many attachments in a field', async () => {
    const { create, media } = await setUpBase({ maxAttachments: 1 })
    const files = [{ file_token: await media() }, { file_token: await media() }]
    expect((await create({ 附件: files })).code).toBe(1254106)
  })

  it('takes 50 writes a second from an app', async () => {
    const { create } = await setUpBase({}, { clock: { frozen: true }, rate: {} })
    for (let i = 0; i < 50; i++) expect((await create({})).code).toBe(0)
    expect(await create({})).toMatchObject({ status: 429, code: 99991400 })
  })
})

describe('permission for a Base', () => {
  it('is needed: to read, to write, and to manage when advanced permission is on', async () => {
    const { simulator, base, client, tables, create } = await setUpBase()
    simulator.setAccess(base.token, 'view')
    expect((await client.get(tables)).code).toBe(0)
    expect(await create({})).toMatchObject({ status: 403, code: 91403 })
    simulator.setAccess(base.token, 'none')
    expect((await client.get(tables)).code).toBe(91403)
    base.rules.advancedPermission = true
    simulator.setAccess(base.token, 'edit')
    expect(await create({})).toMatchObject({ status: 403, code: 1254302 })
    simulator.setAccess(base.token, 'manage', 'app:cli_demo')
    expect((await create({})).code).toBe(0)
  })

  it('does not help with a table that is synced from elsewhere', async () => {
    const { client, records, create } = await setUpBase({ tables: [{ readOnly: true }] })
    expect((await client.get(records)).code).toBe(0)
    expect((await create({})).code).toBe(1254302)
  })
})

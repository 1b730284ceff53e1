/** The official SDK at the documents of every kind: if it works, the simulator speaks the real protocol. */
import type * as lark from '@larksuiteoapi/node-sdk'
import { describe, expect, it } from 'vitest'
import { patternBytes } from './raw-client.ts'
import { setUpSdk } from './sdk-fixture.ts'

type MediaPlace = 'bitable_file' | 'docx_image' | 'docx_file' | 'sheet_image'

/** Uploads a media to a place; returns its token. */
async function mediaOf(sdk: lark.Client, parent_type: MediaPlace, parent_node: string) {
  const file = patternBytes(100)
  const data = { file_name: 'a.png', parent_type, parent_node, size: file.length, file }
  return (await sdk.drive.media.uploadAll({ data }))?.file_token ?? ''
}

describe('the official SDK', () => {
  it('finds the table and the field of a Base, makes one record for one client_token, adds a file to it', async () => {
    const { simulator, sdk } = await setUpSdk()
    const base = simulator.addBase({ name: '合同', tables: [{ id: 'tblDemo', name: '附件表' }] })
    const path = { app_token: base.token }
    expect((await sdk.bitable.app.get({ path })).data?.app?.name).toBe('合同')
    const tables = await sdk.bitable.appTable.list({ path })
    expect(tables.data?.items).toMatchObject([{ table_id: 'tblDemo', name: '附件表' }])
    const inTable = { ...path, table_id: 'tblDemo' }
    const fields = await sdk.bitable.appTableField.list({ path: inTable })
    const attachment = fields.data?.items?.find(({ type }) => type === 17)?.field_name ?? ''
    const call = {
      path: inTable,
      params: { client_token: '6f1ed9a4-0000-4000-8000-000000000001' },
      data: {
        fields: { [attachment]: [{ file_token: await mediaOf(sdk, 'bitable_file', base.token) }] },
      },
    }
    const first = await sdk.bitable.appTableRecord.create(call)
    const second = await sdk.bitable.appTableRecord.create(call)
    const recordId = first.data?.record?.record_id ?? ''
    expect(second.data?.record?.record_id).toBe(recordId)
    const inRecord = { ...inTable, record_id: recordId }
    const read = await sdk.bitable.appTableRecord.get({ path: inRecord })
    const old = read.data?.record?.fields[attachment] as { file_token: string }[]
    const files = [...old.map(({ file_token }) => ({ file_token }))]
    files.push({ file_token: await mediaOf(sdk, 'bitable_file', base.token) })
    await sdk.bitable.appTableRecord.update({
      path: inRecord,
      data: { fields: { [attachment]: files } },
    })
    expect(simulator.records(base.token, 'tblDemo')).toMatchObject([
      { recordId, fields: { [attachment]: files } },
    ])
  })

  it('makes and changes many records at once, made once for one client_token', async () => {
    const { simulator, sdk } = await setUpSdk()
    const base = simulator.addBase()
    const path = { app_token: base.token, table_id: base.tableId }
    const call = {
      path,
      params: { client_token: '6f1ed9a4-0000-4000-8000-000000000002' },
      data: { records: [{ fields: { 文本: 'a' } }, { fields: { 文本: 'b' } }] },
    }
    const made = await sdk.bitable.appTableRecord.batchCreate(call)
    expect((await sdk.bitable.appTableRecord.batchCreate(call)).data).toEqual(made.data)
    const records = (made.data?.records ?? []).map(({ record_id = '' }) => {
      return { record_id, fields: { 文本: 'c' } }
    })
    await sdk.bitable.appTableRecord.batchUpdate({ path, data: { records } })
    const listed = await sdk.bitable.appTableRecord.list({ path })
    expect(listed.data?.items).toMatchObject(records)
    const params = { page_size: 1 }
    const first = await sdk.bitable.appTableRecord.search({ path, params, data: {} })
    expect(first.data).toMatchObject({ items: records.slice(0, 1), has_more: true })
    const record_ids = ['recNowhere', ...records.map(({ record_id }) => record_id)]
    const got = await sdk.bitable.appTableRecord.batchGet({ path, data: { record_ids } })
    expect(got.data).toMatchObject({ records, absent_record_ids: ['recNowhere'] })
  })

  it('puts an image and a file into a document: block, media, both joined', async () => {
    const { simulator, sdk } = await setUpSdk()
    const { token: document_id } = simulator.addDocument({ title: '周报' })
    const path = { document_id }
    expect((await sdk.docx.document.get({ path })).data?.document?.title).toBe('周报')
    const created = await sdk.docx.documentBlockChildren.create({
      path: { ...path, block_id: document_id },
      params: { document_revision_id: -1, client_token: 'fe599b60-450f-46ff-b2ef-9f6675625b97' },
      data: {
        children: [
          { block_type: 27, image: {} },
          { block_type: 23, file: { view_type: 1 } },
        ],
        index: -1,
      },
    })
    const [image, view] = created.data?.children ?? []
    const [imageId = '', fileId = ''] = [image?.block_id, view?.children?.[0]]
    const imageToken = await mediaOf(sdk, 'docx_image', imageId)
    const fileToken = await mediaOf(sdk, 'docx_file', fileId)
    await sdk.docx.documentBlock.patch({
      path: { ...path, block_id: imageId },
      data: { replace_image: { token: imageToken } },
    })
    await sdk.docx.documentBlock.batchUpdate({
      path,
      data: { requests: [{ block_id: fileId, replace_file: { token: fileToken } }] },
    })
    const shown = await sdk.docx.documentBlock.list({ path })
    expect(shown.data?.items).toMatchObject([
      { block_type: 1 },
      { block_type: 27, image: { token: imageToken } },
      { block_type: 33 },
      { block_type: 23, file: { token: fileToken } },
    ])
  })

  it('finds the place of a block in a document and removes it', async () => {
    const { simulator, sdk } = await setUpSdk()
    const document = simulator.addDocument({ paragraphs: 2 })
    const path = { document_id: document.token, block_id: document.token }
    const [, second] = document.blocks
    const listed = await sdk.docx.documentBlockChildren.get({ path })
    const index = listed.data?.items?.findIndex(({ block_id }) => block_id === second?.blockId)
    const data = { start_index: index ?? -1, end_index: (index ?? -1) + 1 }
    await sdk.docx.documentBlockChildren.batchDelete({ path, data })
    expect(document.blocks).toHaveLength(1)
    const inOne = { document_id: document.token, block_id: document.blocks[0]?.blockId ?? '' }
    const left = await sdk.docx.documentBlock.get({ path: inOne })
    expect(left.data?.block?.block_type).toBe(2)
  })

  it('puts an image on a sheet', async () => {
    const { simulator, sdk } = await setUpSdk()
    const spreadsheet = simulator.addSpreadsheet({ title: '预算' })
    const path = { spreadsheet_token: spreadsheet.token }
    const meta = await sdk.sheets.spreadsheet.get({ path })
    expect(meta.data?.spreadsheet?.title).toBe('预算')
    const sheets = await sdk.sheets.spreadsheetSheet.query({ path })
    const sheet_id = sheets.data?.sheets?.[0]?.sheet_id ?? ''
    const float_image_token = await mediaOf(sdk, 'sheet_image', spreadsheet.token)
    const inSheet = { path: { ...path, sheet_id } }
    await sdk.sheets.spreadsheetSheetFloatImage.create({
      ...inSheet,
      data: { float_image_token, range: `${sheet_id}!A1:A1` },
    })
    const images = await sdk.sheets.spreadsheetSheetFloatImage.query(inSheet)
    expect(images.data?.items).toMatchObject([{ float_image_token }])
  })

  it('resolves a wiki node and asks for titles', async () => {
    const { simulator, sdk } = await setUpSdk()
    const { token: objToken } = simulator.addDocument({ title: '周报' })
    simulator.addWikiNode({ token: 'wikDemo', objType: 'docx', objToken, title: '周报' })
    const node = await sdk.wiki.space.getNode({ params: { token: 'wikDemo' } })
    expect(node.data?.node).toMatchObject({ obj_type: 'docx', obj_token: objToken })
    const metas = await sdk.drive.meta.batchQuery({
      data: { request_docs: [{ doc_token: objToken, doc_type: 'docx' }], with_url: true },
    })
    expect(metas.data?.metas).toMatchObject([
      { title: '周报', url: `https://demo.feishu.cn/docx/${objToken}` },
    ])
  })

  it('brings a file below a page of a wiki and lists what is there', async () => {
    const { simulator, sdk } = await setUpSdk()
    const { token: objToken } = simulator.addDocument()
    const page = { token: 'wikDemo', objType: 'docx', objToken }
    simulator.addWikiNode({ ...page, spaceId: '7000000000000000001' })
    const point = { parent_type: 'wiki', parent_node: 'wikDemo' } as const
    const file = Buffer.from('bytes')
    const data = { file_name: 'a.txt', ...point, size: file.length, file }
    const answer = await sdk.drive.file.uploadAll({ data })
    const listed = await sdk.wiki.spaceNode.list({
      path: { space_id: '7000000000000000001' },
      params: { parent_node_token: 'wikDemo' },
    })
    expect(listed.data?.items).toMatchObject([
      { title: 'a.txt', obj_type: 'file', obj_token: answer?.file_token },
    ])
    simulator.wiki.rules.takesFiles = false
    const refused = sdk.drive.file.uploadPrepare({ data: { file_name: 'a', ...point, size: 9 } })
    expect((await refused).code).toBe(1061001)
  })

  it('gives a person access to a file and asks what an app may do', async () => {
    const { simulator, sdk } = await setUpSdk()
    const token = await simulator.addFile({ name: 'a.pdf' })
    await sdk.drive.permissionMember.create({
      path: { token },
      params: { type: 'file' },
      data: { member_type: 'openid', member_id: 'ou_1', perm: 'full_access' },
    })
    const members = await sdk.drive.permissionMember.list({
      path: { token },
      params: { type: 'file' },
    })
    expect(members.data?.items).toMatchObject([{ member_id: 'ou_1', perm: 'full_access' }])
    const params = { type: 'file', action: 'edit' } as const
    const may = await sdk.drive.permissionMember.auth({ path: { token }, params })
    expect(may.data?.auth_result).toBe(true)
  })
})

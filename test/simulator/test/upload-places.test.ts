import { describe, expect, it } from 'vitest'
import { setUp } from './fixture.ts'
import { patternBytes } from './raw-client.ts'

const bytes = patternBytes(100)

describe('the place of a media', () => {
  it('is what it says: not another kind of document, nor a wiki node', async () => {
    const { simulator, client } = await setUp()
    const [base, spreadsheet] = [simulator.addBase(), simulator.addSpreadsheet()]
    simulator.addWikiNode({ token: 'wikDemo', objType: 'bitable', objToken: base.token })
    const upload = async (parent_type: string, parent_node: string) =>
      (await client.uploadAll(bytes, { parent_type, parent_node }, 'medias')).code
    expect(await upload('bitable_file', base.token)).toBe(0)
    expect(await upload('sheet_image', spreadsheet.token)).toBe(0)
    expect(await upload('bitable_file', spreadsheet.token)).toBe(1061044)
    expect(await upload('sheet_image', base.token)).toBe(1061044)
    expect(await upload('bitable_file', 'wikDemo')).toBe(1061044)
    simulator.removeNode(base.token)
    expect(await upload('bitable_file', base.token)).toBe(1061044)
  })

  it('is not in a document that was deleted', async () => {
    const { simulator, client } = await setUp()
    const document = simulator.addDocument({ paragraphs: 1 })
    const point = { parent_type: 'docx_file', parent_node: document.blocks[0]?.blockId ?? '' }
    simulator.removeNode(document.token)
    expect((await client.uploadAll(bytes, point, 'medias')).code).toBe(1061041)
  })

  it('needs the right to edit its document', async () => {
    const { simulator, client } = await setUp()
    const document = simulator.addDocument({ paragraphs: 1 })
    simulator.setAccess(document.token, 'view')
    const point = { parent_type: 'docx_file', parent_node: document.blocks[0]?.blockId ?? '' }
    expect(await client.uploadAll(bytes, point, 'medias')).toMatchObject({
      status: 403,
      code: 1061004,
    })
  })

  it.each([
    [undefined, 1061002],
    ['{}', 1061002],
    ['{"drive_route_token":"doxOther"}', 1061044],
    ['{"drive_route_token":"doxDemo"}', 0],
    ['{', 1061002],
  ])('may need its document in extra: %s', async (extra, code) => {
    const { simulator, client } = await setUp({ requireRouteToken: true })
    const document = simulator.addDocument({ token: 'doxDemo', paragraphs: 1 })
    const parent_node = document.blocks[0]?.blockId ?? ''
    const point = { parent_type: 'docx_file', parent_node, extra }
    expect((await client.uploadAll(bytes, point, 'medias')).code).toBe(code)
  })
})

describe('the folder of a file', () => {
  it('needs the right to edit it', async () => {
    const { simulator, client } = await setUp()
    const folder = simulator.createFolder(simulator.createFolder('', '资料'), '2026')
    simulator.setAccess(simulator.childrenOf('fldcnFeishuSimulatorRoot000')[0]?.token ?? '', 'view')
    const answer = await client.uploadAll(bytes, { parent_node: folder })
    expect(answer).toMatchObject({ status: 403, code: 1061004 })
    expect((await client.prepare(10, { parent_node: folder })).code).toBe(1061004)
  })
})

describe('file_token in an upload to a folder', () => {
  const other = patternBytes(50, 7)

  it('replaces the content where the tenant supports it', async () => {
    const { simulator, client } = await setUp({ overwrite: 'supported' })
    const file_token = String((await client.uploadAll(bytes)).data['file_token'])
    const answer = await client.uploadAll(other, { file_token, file_name: 'b.bin' })
    expect(answer.data).toMatchObject({ file_token, version: '2' })
    const { data } = await client.prepare(other.length, { file_token })
    await client.part(data['upload_id'], 0, other)
    const finished = await client.finish(data['upload_id'], 1)
    expect(finished.data).toMatchObject({ file_token, version: '3' })
    expect(simulator.files()).toMatchObject([{ token: file_token, name: 'big.bin', version: 3 }])
    expect(Object.keys(simulator.tree())).toEqual(['big.bin'])
    expect(await simulator.bytesOf(file_token)).toEqual(other)
  })

  it('needs a file that is there and may be edited', async () => {
    const { simulator, client } = await setUp({ overwrite: 'supported' })
    const file_token = await simulator.addFile({ name: 'a' })
    const folder = simulator.createFolder('', '资料')
    const replace = async (token: string) =>
      (await client.uploadAll(other, { file_token: token })).code
    expect(await replace('boxcnNowhere')).toBe(1061003)
    expect(await replace(folder)).toBe(1061003)
    simulator.setAccess(file_token, 'view')
    expect(await replace(file_token)).toBe(1061004)
    simulator.removeNode(file_token)
    expect(await replace(file_token)).toBe(1061007)
  })

  it('is refused by other tenants', async () => {
    const { simulator, client } = await setUp()
    const file_token = await simulator.addFile({ name: 'a' })
    expect((await client.uploadAll(other, { file_token })).code).toBe(1061002)
    expect((await client.prepare(10, { file_token })).code).toBe(1061002)
    expect(simulator.files()).toHaveLength(1)
  })

  it('makes a second file where it is not looked at', async () => {
    const { simulator, client } = await setUp({ overwrite: 'second-file' })
    const file_token = await simulator.addFile({ name: 'a' })
    const answer = await client.uploadAll(other, { file_token, file_name: 'a' })
    expect(answer.data['file_token']).not.toBe(file_token)
    expect(answer.data['version']).toBeUndefined()
    expect(simulator.tree()['a']).toHaveLength(2)
  })
})

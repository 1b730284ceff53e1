import { describe, expect, it } from 'vitest'
import { setUp } from './fixture.ts'

describe('wiki/get_node', () => {
  it('resolves a registered node to what it stands for', async () => {
    const { simulator, client } = await setUp()
    simulator.addWikiNode({ token: 'wikDemo', objType: 'docx', objToken: 'doxDemo', title: '周报' })
    expect((await client.get('/wiki/v2/spaces/get_node?token=wikDemo')).data).toMatchObject({
      node: { obj_type: 'docx', obj_token: 'doxDemo', node_type: 'origin', title: '周报' },
    })
    const other = await client.get('/wiki/v2/spaces/get_node?token=wikOther')
    expect(other).toMatchObject({ status: 400, code: 131005 })
  })
})

describe('docx blocks', () => {
  const DOCUMENT = '/docx/v1/documents/doxDemo/blocks'
  const children = `${DOCUMENT}/doxDemo/children?document_revision_id=-1&client_token=`

  it('answer a file block as a view block with the file block in it', async () => {
    const { simulator, client } = await setUp()
    const body = { children: [{ block_type: 23, file: { token: '' } }], index: -1 }
    const created = await client.json(`${children}c1`, body)
    const [view] = created.data['children'] as { block_id: string; children: string[] }[]
    expect(view).toMatchObject({ block_type: 33, parent_id: 'doxDemo' })
    const blockId = view?.children[0] ?? ''
    const token = await client.uploadMedia('docx_file', blockId)
    const replace = { replace_file: { token } }
    const wrong = await client.json(`${DOCUMENT}/${view?.block_id}`, replace, { method: 'PATCH' })
    expect(wrong).toMatchObject({ status: 400, code: 1770013 })
    const right = await client.json(`${DOCUMENT}/${blockId}`, replace, { method: 'PATCH' })
    expect(right).toMatchObject({ code: 0, data: { block: { file: { token } } } })
    expect(simulator.blocks('doxDemo')).toContainEqual(
      expect.objectContaining({ blockId, type: 23, fileToken: token }),
    )
  })

  it('answer an image block as it is, once per client_token', async () => {
    const { simulator, client } = await setUp()
    const body = { children: [{ block_type: 27, image: {} }] }
    const first = await client.json(`${children}c1`, body)
    expect((await client.json(`${children}c1`, body)).data).toMatchObject({
      children: first.data['children'],
    })
    expect(simulator.blocks('doxDemo')).toHaveLength(1)
    const [block] = first.data['children'] as { block_id: string }[]
    const elsewhere = await client.uploadMedia('docx_image', 'blkOther')
    const path = `${DOCUMENT}/${block?.block_id}`
    const replace = { replace_image: { token: elsewhere } }
    expect((await client.json(path, replace, { method: 'PATCH' })).code).toBe(1770013)
    const file = { replace_file: { token: elsewhere } }
    expect((await client.json(path, file, { method: 'PATCH' })).code).toBe(1770001)
    const token = await client.uploadMedia('docx_image', block?.block_id ?? '')
    const done = await client.json(path, { replace_image: { token } }, { method: 'PATCH' })
    expect(done.code).toBe(0)
  })

  it.each([
    ['no children', []],
    ['51 children', Array(51).fill({ block_type: 27, image: {} })],
    ['a text block', [{ block_type: 2 }]],
  ])('refuse %s', async (_, list) => {
    const { client } = await setUp()
    expect((await client.json(`${children}c`, { children: list })).code).toBe(1770001)
  })

  it('are not found where there are none, nor is a missing document', async () => {
    const { simulator, client } = await setUp()
    const answer = await client.json(`${DOCUMENT}/blkNowhere`, {}, { method: 'PATCH' })
    expect(answer).toMatchObject({ status: 404, code: 1770002 })
    simulator.removeNode('doxDemo')
    const body = { children: [{ block_type: 27, image: {} }] }
    expect((await client.json(`${children}c1`, body)).code).toBe(1770002)
  })
})

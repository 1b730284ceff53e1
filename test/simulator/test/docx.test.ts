import { describe, expect, it } from 'vitest'
import type { NewDocument } from '../docx.ts'
import type { SimulatorOptions } from '../simulator.ts'
import { setUp } from './fixture.ts'
import type { RawAnswer } from './raw-client.ts'

const IMAGE = { block_type: 27, image: {} }
const FILE = { block_type: 23, file: { token: '' } }

interface BlockRow {
  readonly block_id: string
  readonly block_type: number
  readonly children: string[]
}

/** A document and a client that knows its paths. */
async function setUpDocument(spec: NewDocument = {}, options: SimulatorOptions = {}) {
  const { simulator, client } = await setUp(options)
  const document = simulator.addDocument({ token: 'doxDemo', ...spec })
  const blocks = `/docx/v1/documents/${document.token}/blocks`
  const patch = { method: 'PATCH' } as const
  return {
    simulator,
    client,
    document,
    blocks,
    create: (children: unknown, query = '', index?: number) =>
      client.json(`${blocks}/${document.token}/children?${query}`, { children, index }),
    update: (blockId: string, change: object) => client.json(`${blocks}/${blockId}`, change, patch),
    remove: (start: unknown, end: unknown) =>
      client.json(
        `${blocks}/${document.token}/children/batch_delete`,
        { start_index: start, end_index: end },
        { method: 'DELETE' },
      ),
    shown: () => simulator.blocks(document.token).map(({ type }) => type),
  }
}

function childrenOf(answer: RawAnswer): BlockRow[] {
  return answer.data['children'] as BlockRow[]
}

describe('blocks of a document', () => {
  it('come with a file block inside a view block', async () => {
    const { simulator, client, create, update } = await setUpDocument()
    const [view] = childrenOf(await create([FILE]))
    expect(view).toMatchObject({ block_type: 33, parent_id: 'doxDemo' })
    const blockId = view?.children[0] ?? ''
    const token = await client.uploadMedia('docx_file', blockId)
    const wrong = await update(view?.block_id ?? '', { replace_file: { token } })
    expect(wrong).toMatchObject({ status: 400, code: 1770013 })
    const right = await update(blockId, { replace_file: { token } })
    expect(right).toMatchObject({ code: 0, data: { block: { file: { token } } } })
    expect(simulator.blocks('doxDemo')).toContainEqual(
      expect.objectContaining({ blockId, type: 23, fileToken: token }),
    )
  })

  it('are made once for a client_token', async () => {
    const { create, document } = await setUpDocument()
    const first = await create([IMAGE], 'client_token=c1')
    expect(first.data).toMatchObject({ client_token: 'c1', document_revision_id: 3 })
    expect((await create([IMAGE], 'client_token=c1')).data).toEqual(first.data)
    expect(document.blocks).toHaveLength(1)
    await create([IMAGE], 'client_token=c2')
    await create([IMAGE])
    expect(document.blocks).toHaveLength(3)
  })

  it('show only media that were uploaded to them, as what they are', async () => {
    const { client, create, update } = await setUpDocument()
    const [image] = childrenOf(await create([IMAGE]))
    const blockId = image?.block_id ?? ''
    const strangers = [
      await client.uploadMedia('docx_image', 'doxDemo'),
      await client.uploadMedia('docx_image', 'blkOther'),
      await client.uploadMedia('docx_file', blockId),
      'boxcnNowhere',
    ]
    for (const token of strangers) {
      expect((await update(blockId, { replace_image: { token } })).code).toBe(1770013)
    }
    const token = await client.uploadMedia('docx_image', blockId)
    expect((await update(blockId, { replace_file: { token } })).code).toBe(1770001)
    expect((await update(blockId, { replace_image: { token } })).code).toBe(0)
    expect((await update(blockId, { replace_image: { token } })).code).toBe(0)
  })

  it('show nothing that was uploaded before them', async () => {
    const { client, create, update } = await setUpDocument()
    const token = await client.uploadMedia('docx_file', 'doxDemo')
    const [view] = childrenOf(await create([FILE]))
    const change = { replace_file: { token } }
    expect((await update(view?.children[0] ?? '', change)).code).toBe(1770013)
  })

  it('go where they are told, at the end by default', async () => {
    const { create, shown } = await setUpDocument({ paragraphs: 2 })
    await create([IMAGE], '', 1)
    await create([FILE], '', -1)
    await create([IMAGE])
    expect(shown()).toEqual([2, 27, 2, 33, 23, 27])
    expect((await create([IMAGE], '', 9)).code).toBe(1770001)
  })

  it('are removed by their place among their siblings', async () => {
    const { client, create, remove, shown, blocks } = await setUpDocument({ paragraphs: 1 })
    const [view] = childrenOf(await create([FILE, IMAGE]))
    expect((await remove(1, 2)).code).toBe(0)
    expect(shown()).toEqual([2, 27])
    expect((await client.get(`${blocks}/${view?.children[0]}`)).code).toBe(1770002)
    for (const [start, end] of [
      [0, 0],
      [1, 3],
      [-1, 1],
      ['0', 1],
    ]) {
      expect((await remove(start, end)).code).toBe(1770001)
    }
  })

  it('are read whole, one by one, and page by page', async () => {
    const { client, document, blocks } = await setUpDocument({ title: '周报', paragraphs: 3 })
    expect((await client.get('/docx/v1/documents/doxDemo')).data).toMatchObject({
      document: { document_id: 'doxDemo', title: '周报', revision_id: document.revision },
    })
    const [first] = document.blocks
    expect((await client.get(`${blocks}/${first?.blockId}`)).data).toMatchObject({
      block: { block_type: 2, parent_id: 'doxDemo' },
    })
    const all = (await client.get(blocks)).data['items'] as BlockRow[]
    expect(all.map(({ block_type }) => block_type)).toEqual([1, 2, 2, 2])
    const children = `${blocks}/doxDemo/children`
    const page = await client.get(`${children}?page_size=2`)
    expect(page.data).toMatchObject({ has_more: true, items: [{}, {}] })
    const next = await client.get(`${children}?page_size=2&page_token=${page.data['page_token']}`)
    expect(next.data).toMatchObject({ has_more: false, items: [{}] })
    expect((await client.get(`${blocks}?page_size=501`)).code).toBe(1770001)
  })

  it('are changed many at once, all or none, each once', async () => {
    const { client, create, blocks, document } = await setUpDocument()
    const made = childrenOf(await create([IMAGE, IMAGE]))
    const requests = []
    for (const { block_id } of made) {
      const token = await client.uploadMedia('docx_image', block_id)
      requests.push({ block_id, replace_image: { token } })
    }
    const change = (list: unknown) =>
      client.json(`${blocks}/batch_update`, { requests: list }, { method: 'PATCH' })
    const stranger = { block_id: made[1]?.block_id, replace_image: { token: 'boxcnNowhere' } }
    expect((await change([requests[0], stranger])).code).toBe(1770013)
    expect(document.blocks.map(({ fileToken }) => fileToken)).toEqual(['', ''])
    expect((await change([requests[0], requests[0]])).code).toBe(1770001)
    expect((await change([])).code).toBe(1770001)
    expect((await change(requests)).code).toBe(0)
    expect(document.blocks.map(({ fileToken }) => fileToken)).toEqual(
      requests.map(({ replace_image }) => replace_image.token),
    )
  })

  it.each([
    ['no children', [], 1770001],
    ['51 children', Array(51).fill(FILE), 1770001],
    ['21 images', Array(21).fill(IMAGE), 1770035],
    ['a text block', [{ block_type: 2 }], 1770001],
    ['an image with a media in it', [{ block_type: 27, image: { token: 'boxcn1' } }], 1770001],
    ['a file without content', [{ block_type: 23 }], 1770001],
    ['an unknown view', [{ block_type: 23, file: { token: '', view_type: 4 } }], 1770001],
  ])('refuse %s', async (_, list, code) => {
    const { create, shown } = await setUpDocument()
    expect((await create(list)).code).toBe(code)
    expect(shown()).toEqual([])
  })

  it('refuse to be put into a block that holds none', async () => {
    const { client, blocks, document } = await setUpDocument({ paragraphs: 1 })
    const [paragraph] = document.blocks
    const answer = await client.json(`${blocks}/${paragraph?.blockId}/children`, {
      children: [IMAGE],
    })
    expect(answer.code).toBe(1770001)
  })
})

describe('a document', () => {
  it('is not there, or not any more', async () => {
    const { simulator, client, create, update } = await setUpDocument()
    expect(await update('blkNowhere', {})).toMatchObject({ status: 404, code: 1770002 })
    expect((await client.get('/docx/v1/documents/doxNowhere')).code).toBe(1770002)
    simulator.removeNode('doxDemo')
    expect((await create([IMAGE])).code).toBe(1770003)
  })

  it('needs permission to be read and to be edited', async () => {
    const { simulator, client, create, blocks } = await setUpDocument()
    simulator.setAccess('doxDemo', 'view')
    expect((await client.get(blocks)).code).toBe(0)
    expect(await create([IMAGE])).toMatchObject({ status: 403, code: 1770032 })
    simulator.setAccess('doxDemo', 'none')
    expect((await client.get(blocks)).code).toBe(1770032)
  })

  it('is edited in its newest version, whatever version of the last 1,000 is named', async () => {
    const { client, document, create, blocks } = await setUpDocument()
    expect((await create([IMAGE], 'document_revision_id=-1')).code).toBe(0)
    const revision = document.revision
    expect((await create([IMAGE], `document_revision_id=${revision}`)).code).toBe(0)
    expect((await create([IMAGE], `document_revision_id=${revision}`)).code).toBe(0)
    expect((await create([IMAGE], `document_revision_id=${document.revision + 1}`)).code).toBe(
      1770001,
    )
    document.revision += 1_000
    expect((await create([IMAGE], `document_revision_id=${revision}`)).code).toBe(1770021)
    const children = `${blocks}/doxDemo/children?document_revision_id=`
    expect((await client.get(`${children}${revision}`)).code).toBe(1770021)
    expect((await client.get(`${children}${document.revision}`)).code).toBe(0)
  })

  it('takes 3 calls a second from an app (400), and 3 edits a second from all (429)', async () => {
    const options = { clock: { frozen: true }, rate: {} }
    const { simulator, client, create, remove, blocks } = await setUpDocument({}, options)
    for (let i = 0; i < 3; i++) expect((await create([IMAGE])).code).toBe(0)
    expect(await create([IMAGE])).toMatchObject({
      status: 400,
      code: 99991400,
      headers: { 'x-ogw-ratelimit-reset': '1' },
    })
    expect(await remove(0, 1)).toMatchObject({ status: 429, code: 99991400 })
    for (let i = 0; i < 5; i++) expect((await client.get(blocks)).code).toBe(0)
    expect(await client.get(blocks)).toMatchObject({ status: 400, code: 99991400 })
    simulator.clock.advance(1_000)
    expect((await remove(0, 1)).code).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { setUp } from './fixture.ts'

describe('wiki/get_node', () => {
  it.each(['docx', 'sheet', 'bitable', 'file', 'doc', 'mindnote', 'slides'])(
    'resolves a node that stands for a %s',
    async (objType) => {
      const { simulator, client } = await setUp()
      simulator.addWikiNode({ token: 'wikDemo', objType, objToken: 'objDemo', title: '周报' })
      expect((await client.get('/wiki/v2/spaces/get_node?token=wikDemo')).data).toMatchObject({
        node: { obj_type: objType, obj_token: 'objDemo', node_type: 'origin', title: '周报' },
      })
    },
  )

  it('resolves a shortcut to what it leads to, and a document to its node', async () => {
    const { simulator, client } = await setUp()
    const target = { objType: 'docx', objToken: 'doxDemo' }
    simulator.addWikiNode({ token: 'wikDemo', ...target, shortcut: true })
    expect((await client.get('/wiki/v2/spaces/get_node?token=wikDemo')).data).toMatchObject({
      node: { node_type: 'shortcut', obj_token: 'doxDemo' },
    })
    const query = 'token=doxDemo&obj_type=docx'
    expect((await client.get(`/wiki/v2/spaces/get_node?${query}`)).data).toMatchObject({
      node: { node_token: 'wikDemo' },
    })
  })

  it('finds nothing, may not say, or knows that it is gone', async () => {
    const { simulator, client } = await setUp()
    simulator.addWikiNode({ token: 'wikDemo', objType: 'docx', objToken: 'doxDemo' })
    const get = (token: string) => client.get(`/wiki/v2/spaces/get_node?token=${token}`)
    expect(await get('wikOther')).toMatchObject({ status: 400, code: 131005 })
    expect((await get('')).code).toBe(131002)
    simulator.setAccess('wikDemo', 'none')
    expect((await get('wikDemo')).code).toBe(131006)
    simulator.removeNode('wikDemo')
    expect((await get('wikDemo')).code).toBe(131005)
  })

  it('answers 100 calls a minute', async () => {
    const { simulator, client } = await setUp({ clock: { frozen: true }, rate: {} })
    simulator.addWikiNode({ token: 'wikDemo', objType: 'docx', objToken: 'doxDemo' })
    const get = () => client.get('/wiki/v2/spaces/get_node?token=wikDemo')
    for (let i = 0; i < 100; i++) expect((await get()).code).toBe(0)
    expect(await get()).toMatchObject({
      status: 429,
      code: 99991400,
      headers: { 'x-ogw-ratelimit-reset': '60' },
    })
    simulator.clock.advance(60_000)
    expect((await get()).code).toBe(0)
  })
})

describe('wiki/node_by_token', () => {
  it('resolves a node by its own token or that of its document, and refuses with HTTP 200', async () => {
    const { simulator, client } = await setUp()
    const document = simulator.addDocument()
    const loose = simulator.addDocument()
    simulator.addWikiNode({ token: 'wikDemo', objType: 'docx', objToken: document.token })
    const get = (token: string) => client.get(`/wiki/v2/spaces/node_by_token?token=${token}`)
    for (const token of ['wikDemo', document.token]) {
      expect((await get(token)).data).toMatchObject({ node: { node_token: 'wikDemo' } })
    }
    expect(await get('wikOther')).toMatchObject({ status: 200, code: 131005 })
    expect((await get('wik')).code).toBe(131016)
    expect((await get(loose.token)).code).toBe(131014)
    simulator.setAccess('wikDemo', 'none')
    expect((await get('wikDemo')).code).toBe(131006)
    simulator.wiki.remove('wikDemo')
    expect((await get('wikDemo')).code).toBe(131012)
    simulator.wiki.rules.knowsNodeByToken = false
    expect((await client.send('/wiki/v2/spaces/node_by_token', { method: 'GET' })).status).toBe(404)
  })
})

describe('metas/batch_query', () => {
  it('tells titles and links, and what it cannot tell', async () => {
    const { simulator, client } = await setUp()
    const folder = simulator.createFolder('', '资料')
    const file = await simulator.addFile({ name: 'a.pdf' })
    const document = simulator.addDocument({ title: '周报' })
    const base = simulator.addBase({ name: '合同' })
    const hidden = simulator.addSpreadsheet({ title: '预算' })
    simulator.addWikiNode({ token: 'wikDemo', objType: 'docx', objToken: document.token })
    simulator.setAccess(hidden.token, 'none')
    const wanted = [
      [folder, 'folder'],
      [file, 'file'],
      [base.token, 'bitable'],
      ['wikDemo', 'wiki'],
      [hidden.token, 'sheet'],
      [base.token, 'sheet'],
      ['doxNowhere', 'docx'],
    ]
    const answer = await client.json('/drive/v1/metas/batch_query', {
      request_docs: wanted.map(([doc_token, doc_type]) => ({ doc_token, doc_type })),
      with_url: true,
    })
    expect(answer.data).toMatchObject({
      metas: [
        { title: '资料', url: `https://demo.feishu.cn/drive/folder/${folder}` },
        { title: 'a.pdf', url: `https://demo.feishu.cn/file/${file}` },
        { title: '合同', url: `https://demo.feishu.cn/base/${base.token}` },
        { title: '周报', doc_type: 'docx', request_doc_info: { doc_type: 'wiki' } },
      ],
      failed_list: [
        { token: hidden.token, code: 970003 },
        { token: base.token, code: 970005 },
        { token: 'doxNowhere', code: 970005 },
      ],
    })
  })

  it('takes 1 to 200 at once', async () => {
    const { client } = await setUp()
    const ask = (count: number) => {
      const request_docs = Array(count).fill({ doc_token: 'a', doc_type: 'file' })
      return client.json('/drive/v1/metas/batch_query', { request_docs })
    }
    expect((await ask(0)).code).toBe(1061002)
    expect((await ask(201)).code).toBe(1061002)
    expect((await ask(200)).code).toBe(0)
  })
})

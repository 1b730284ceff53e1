import { describe, expect, it } from 'vitest'
import { ROOT_FOLDER_TOKEN } from '../limits.ts'
import type { Simulator, SimulatorOptions } from '../simulator.ts'
import { setUp } from './fixture.ts'
import type { RawClient } from './raw-client.ts'

interface Row {
  readonly token: string
  readonly name: string
  readonly type: string
}

async function list(client: RawClient, query = '') {
  const answer = await client.get(`/drive/v1/files${query}`)
  const files = (answer.data['files'] ?? []) as Row[]
  return { ...answer, names: files.map((row) => row.name), files }
}

function create(client: RawClient, name: unknown, folderToken: unknown = '') {
  return client.json('/drive/v1/files/create_folder', { name, folder_token: folderToken })
}

/** A folder with files n0, n1, …, each made a second after the one before. */
async function setUpFolder(count: number, options: SimulatorOptions = {}) {
  const { simulator, client } = await setUp({ clock: { frozen: true }, ...options })
  const folder = simulator.createFolder('', 'many')
  await addFiles(simulator, folder, count)
  return { simulator, client, folder }
}

async function addFiles(simulator: Simulator, parentToken: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    simulator.clock.advance(1_000)
    await simulator.addFile({ parentToken, name: `n${i}` })
  }
}

describe('files/list', () => {
  it('gives rows without size, with times in seconds as text', async () => {
    const clock = { startMs: Date.UTC(2026, 0, 1) + 999, frozen: true }
    const { simulator, client } = await setUp({ clock })
    const folder = simulator.createFolder('', 'docs')
    simulator.clock.advance(1)
    const token = await simulator.addFile({ parentToken: folder, name: 'a.pdf' })
    expect((await list(client, `?folder_token=${folder}`)).data).toEqual({
      files: [
        {
          token,
          name: 'a.pdf',
          type: 'file',
          parent_token: folder,
          url: `https://demo.feishu.cn/file/${token}`,
          created_time: '1767225601',
          modified_time: '1767225601',
          owner_id: 'ou_somebody',
        },
      ],
      has_more: false,
    })
    const [row] = (await list(client)).files
    expect(row).toMatchObject({
      token: folder,
      type: 'folder',
      parent_token: ROOT_FOLDER_TOKEN,
      url: `https://demo.feishu.cn/drive/folder/${folder}`,
      created_time: '1767225600',
    })
  })

  it('gives the root at once, without paging', async () => {
    const { simulator, client } = await setUp()
    await addFiles(simulator, ROOT_FOLDER_TOKEN, 5)
    const root = await list(client, '?page_size=2')
    expect(root.names).toHaveLength(5)
    expect(root.data).toMatchObject({ has_more: false })
    // Asked for by its token it is a folder like others.
    expect(
      (await list(client, `?folder_token=${ROOT_FOLDER_TOKEN}&page_size=2`)).names,
    ).toHaveLength(2)
  })

  it('does not look into folders', async () => {
    const { client } = await setUpFolder(2)
    expect((await list(client)).names).toEqual(['many'])
  })

  it('turns pages, newest first, to the exact end', async () => {
    const { client, folder } = await setUpFolder(6)
    const pages: string[][] = []
    let pageToken: unknown = ''
    do {
      const page = await list(client, `?folder_token=${folder}&page_size=2&page_token=${pageToken}`)
      pages.push(page.names)
      pageToken = page.data['next_page_token']
      expect(page.data['has_more']).toBe(pageToken !== undefined)
    } while (pageToken !== undefined)
    expect(pages).toEqual([
      ['n5', 'n4'],
      ['n3', 'n2'],
      ['n1', 'n0'],
    ])
  })

  it('holds its place when files come between two pages', async () => {
    const { simulator, client, folder } = await setUpFolder(4)
    const first = await list(client, `?folder_token=${folder}&page_size=2`)
    await simulator.addFile({ parentToken: folder, name: 'late' })
    const token = String(first.data['next_page_token'])
    const second = await list(client, `?folder_token=${folder}&page_size=2&page_token=${token}`)
    expect([...first.names, ...second.names]).toEqual(['n3', 'n2', 'n1', 'n0'])
  })

  it('sorts upwards when asked to', async () => {
    const { client, folder } = await setUpFolder(3)
    const query = `?folder_token=${folder}&order_by=CreatedTime&direction=ASC`
    expect((await list(client, query)).names).toEqual(['n0', 'n1', 'n2'])
  })

  it('has 100 rows a page unless asked otherwise, and 200 at most', async () => {
    const { client, folder } = await setUpFolder(201)
    expect((await list(client, `?folder_token=${folder}`)).names).toHaveLength(100)
    expect((await list(client, `?folder_token=${folder}&page_size=200`)).names).toHaveLength(200)
  })

  it.each([
    ['page_size=201', 400, 1064001],
    ['page_size=0', 400, 1061002],
    ['page_size=many', 400, 1061002],
    ['folder_token=fldcnNowhere', 404, 1061003],
    ['page_token=nonsense', 400, 1061002],
  ])('refuses %s', async (query, status, code) => {
    const { client, folder } = await setUpFolder(1)
    const full = query.includes('folder_token') ? query : `folder_token=${folder}&${query}`
    expect(await list(client, `?${full}`)).toMatchObject({ status, code })
  })

  it('refuses a deleted folder, and shows deleted files no more', async () => {
    const { simulator, client, folder } = await setUpFolder(2)
    const [first] = simulator.childrenOf(folder)
    simulator.removeNode(first?.token ?? '')
    expect((await list(client, `?folder_token=${folder}`)).names).toEqual(['n1'])
    expect(simulator.files().map((file) => file.name)).toEqual(['n1'])
    simulator.removeNode(folder)
    expect(await list(client, `?folder_token=${folder}`)).toMatchObject({
      status: 404,
      code: 1061007,
    })
    expect(simulator.files()).toEqual([])
  })
})

describe('files/create_folder', () => {
  it('makes a folder and says where it is', async () => {
    const { simulator, client } = await setUp()
    const { code, data } = await create(client, '项目')
    expect(code).toBe(0)
    expect(data['url']).toBe(`https://demo.feishu.cn/drive/folder/${data['token']}`)
    expect((await create(client, 'inner', data['token'])).code).toBe(0)
    expect(Object.keys(simulator.tree())).toEqual(['项目/', '项目/inner/'])
  })

  it('makes a second folder of the same name', async () => {
    const { simulator, client } = await setUp()
    const [first, second] = [await create(client, 'a'), await create(client, 'a')]
    expect(first.data['token']).not.toBe(second.data['token'])
    expect(simulator.tree()['a/']).toHaveLength(2)
  })

  it.each([
    ['an empty name', '', '', 1061002],
    ['257 bytes', 'a'.repeat(257), '', 1061002],
    ['86 Chinese characters, which are 258 bytes', '文'.repeat(86), '', 1061002],
    ['a name that is no text', 5, '', 1061002],
    ['no folder_token', 'a', undefined, 1061002],
    ['an unknown parent', 'a', 'fldcnNowhere', 1061044],
  ])('refuses %s', async (_, name, parent, code) => {
    const { client } = await setUp()
    const body = parent === undefined ? { name } : { name, folder_token: parent }
    expect((await client.json('/drive/v1/files/create_folder', body)).code).toBe(code)
  })

  it('takes 85 Chinese characters and 256 bytes', async () => {
    const { client } = await setUp()
    expect((await create(client, '文'.repeat(85))).code).toBe(0)
    expect((await create(client, 'a'.repeat(256))).code).toBe(0)
  })

  it('goes 15 levels deep', async () => {
    const { simulator, client } = await setUp()
    let parent = ''
    for (let level = 1; level <= 15; level++) parent = simulator.createFolder(parent, 'x')
    expect(await create(client, 'x', parent)).toMatchObject({ status: 400, code: 1062506 })
    expect((await client.uploadAll(Buffer.from('a'), { parent_node: parent })).code).toBe(0)
  })

  it('fills a folder with 1,500 children', async () => {
    const { simulator, client, folder } = await setUpFolder(1_499)
    expect((await create(client, 'last', folder)).code).toBe(0)
    expect((await create(client, 'more', folder)).code).toBe(1062507)
    simulator.removeNode(simulator.childrenOf(folder)[0]?.token ?? '')
    expect((await create(client, 'again', folder)).code).toBe(0)
  })
})

describe('root_folder/meta', () => {
  it('names the root folder', async () => {
    const { client } = await setUp()
    const { data } = await client.get('/drive/explorer/v2/root_folder/meta')
    expect(data).toMatchObject({ token: ROOT_FOLDER_TOKEN })
    expect((await create(client, 'a', data['token'])).code).toBe(0)
  })
})

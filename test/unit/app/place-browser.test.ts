/** The places a person may choose from, as Feishu lists them, against the simulator. */
import { describe, expect, it, type TestContext } from 'vitest'
import type { Worker } from '#main/app/accounts/worker.ts'
import { Destinations } from '#main/app/adding/destinations.ts'
import { PlaceBrowser } from '#main/app/adding/place-browser.ts'
import { assembleTools } from '#main/app/run-tools.ts'
import { checkPlace } from '#main/destination/check-place.ts'
import { fileSources } from '#main/engine/source.ts'
import { createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import type { Credentials } from '#main/feishu/credentials.ts'
import { prepareHome } from '#main/store/home.ts'
import { openStores } from '#main/store/open-stores.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { PlaceRef } from '#shared/model/place-ref.ts'
import { placeWords } from '#shared/text/place-words.ts'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { openScene } from '#test/kit/feidi/scene.ts'
import { DEFAULT_APP, ROOT_FOLDER_TOKEN } from '#test/simulator/limits.ts'

const SPACE = '7000000000000000001'
const MINE: PlaceRef = { kind: 'mine' }
const inFolder = (folderToken: string): PlaceRef => ({ kind: 'folder', folderToken })

/** A drive with `Projects/2026`, asked as a person or as an app. */
async function openDrive(test: TestContext, who: 'person' | 'app' = 'person') {
  const { simulator, home } = await openScene(test, { rate: 'off' })
  const projects = simulator.createFolder('', 'Projects')
  const year = simulator.createFolder(projects, '2026')
  const clock = fastClock(simulator)
  const app = { appId: DEFAULT_APP.id, appSecret: DEFAULT_APP.secret }
  const token = simulator.issueUserToken({ app: DEFAULT_APP.id })
  const credentials: Credentials =
    who === 'app' ? { kind: 'app', ...app } : { kind: 'access-token', accessToken: token }
  const api = createFeishuApi({ baseUrl: simulator.baseUrl, credentials, clock, env: {} })
  prepareHome(home)
  const stores = openStores(home)
  test.onTestFinished(async () => {
    stores.close()
    await api.close()
  })
  const tools = assembleTools({ api, stores, sources: fileSources(home), clock, lanes: 'auto' })
  const { lists, places } = tools
  const connection = {
    lists,
    identity: api.identity,
    demandDestination: () => undefined,
    checkPlace: (given: GivenDestination, signal: AbortSignal) => checkPlace(places, given, signal),
  }
  const worker = { connection, connectionOf: () => connection } as unknown as Worker
  const destinations = new Destinations(
    stores.memos,
    worker,
    clock,
    () => 'feishu',
    () => undefined,
  )
  const browser = new PlaceBrowser(worker, destinations, clock)
  const names = async (at: PlaceRef, query = '') => {
    const { entries } = await browser.list({ at, query })
    return entries.map(({ name, place }) => (place === null ? name : placeWords(place, 'en')))
  }
  const check = async (text: string) => {
    const found = await destinations.check({ text }, browser)
    if (found.kind === 'ok') return placeWords(found.name, 'en')
    return found.kind === 'refused' ? found.error : found.kind
  }
  const asked = (endpoint: string) =>
    simulator.calls.filter((call) => call.endpoint === endpoint).length
  return { simulator, projects, year, destinations, browser, names, check, asked, clock }
}

describe('folders', () => {
  it('are listed from My Space down, and a chosen one is called by its path without a further call', async (test) => {
    const { names, check, asked, projects, year, simulator } = await openDrive(test)
    await simulator.addFile({ parentToken: projects, name: 'a.txt', bytes: Buffer.from('a') })
    expect(await names(MINE)).toContain('Projects')
    expect(await names(inFolder(projects))).toEqual(['2026'])
    expect(await names(inFolder(year))).toEqual([])
    const listed = asked('files/list')
    expect(await check(`folder:${year}`)).toBe('My Space › Projects › 2026')
    expect(asked('files/list')).toBe(listed)
    expect(asked('metas/batch_query')).toBe(0)
  })

  it('come page by page, and pages of files alone are passed over', async (test) => {
    const { simulator, browser } = await openDrive(test)
    const parent = simulator.createFolder('', 'Many')
    for (let n = 0; n < 410; n++) simulator.createFolder(parent, `F${n}`)
    const first = await browser.list({ at: inFolder(parent) })
    expect(first.entries).toHaveLength(200)
    const { nextPageToken } = first
    const second = await browser.list({ at: inFolder(parent), pageToken: nextPageToken ?? '' })
    expect(second.entries).toHaveLength(200)
    expect(new Set([...first.entries, ...second.entries].map(({ id }) => id)).size).toBe(400)
    const files = simulator.createFolder('', 'Files')
    simulator.createFolder(files, 'Last')
    for (let n = 0; n < 250; n++) {
      await simulator.addFile({ parentToken: files, name: `${n}.txt`, bytes: Buffer.from('a') })
    }
    const { entries } = await browser.list({ at: inFolder(files) })
    expect(entries.map(({ name }) => name)).toEqual(['Last'])
  })

  it('that may not be seen, or are gone, say so and can not be chosen', async (test) => {
    const { simulator, browser, check, projects, year } = await openDrive(test)
    simulator.setAccess(projects, 'none')
    await expect(browser.list({ at: inFolder(projects) })).rejects.toMatchObject({ code: 1061004 })
    expect(await check(`folder:${projects}`)).toMatchObject({ code: 1061004 })
    simulator.setAccess(projects, 'manage')
    simulator.removeNode(year)
    await expect(browser.list({ at: inFolder(year) })).rejects.toMatchObject({ code: 1061007 })
  })

  it('are read once a minute, and again when asked to', async (test) => {
    const { browser, asked } = await openDrive(test)
    await browser.list({ at: MINE })
    await browser.list({ at: MINE })
    expect(asked('files/list')).toBe(1)
    await browser.list({ at: MINE, again: true })
    expect(asked('files/list')).toBe(2)
  })
})

describe('a new folder', () => {
  it('is made once, also when the answer is lost, and stands in the list', async (test) => {
    const { simulator, browser, names, asked } = await openDrive(test)
    await browser.list({ at: MINE })
    simulator.faults.add({ endpoint: 'files/create_folder', do: { kind: 'lose-answer' } })
    const made = await browser.makeFolder({ parentToken: ROOT_FOLDER_TOKEN, name: '新品' })
    expect(made.wasThere).toBe(false)
    expect((await names(MINE)).filter((name) => name === '新品')).toHaveLength(1)
    const again = await browser.makeFolder({ parentToken: ROOT_FOLDER_TOKEN, name: '新品' })
    expect(again).toMatchObject({ wasThere: true, entry: { id: made.entry.id } })
    expect(asked('files/create_folder')).toBe(1)
  })

  it('is made again after it was deleted, and refused with its reason', async (test) => {
    const { simulator, browser, projects, clock } = await openDrive(test)
    const first = await browser.makeFolder({ parentToken: projects, name: 'New' })
    simulator.removeNode(first.entry.id)
    // A list may lag behind: for a moment what was just made counts as there.
    await clock.sleep(20_000)
    const second = await browser.makeFolder({ parentToken: projects, name: 'New' })
    expect(second.entry.id).not.toBe(first.entry.id)
    simulator.setAccess(projects, 'view')
    const refused = browser.makeFolder({ parentToken: projects, name: 'Other' })
    await expect(refused).rejects.toMatchObject({ code: 1061004 })
    const tooLong = browser.makeFolder({ parentToken: projects, name: '长'.repeat(86) })
    await expect(tooLong).rejects.toMatchObject({ code: 'folder-name-too-long' })
  })
})

describe('other people’s folders', () => {
  it('are those a search finds that are not one’s own', async (test) => {
    const { simulator, browser, names, year } = await openDrive(test)
    simulator.setOwner(year, 'ou_colleague')
    simulator.setAccess(simulator.createFolder('', 'Hidden'), 'none')
    // A token of the occasion does not tell whose it is: all that is seen is shown then.
    expect(await names({ kind: 'shared' })).toEqual(expect.arrayContaining(['2026', 'Projects']))
    const { entries } = await browser.list({ at: MINE, query: '202' })
    expect(entries.map(({ name }) => name)).toEqual(['2026'])
  })

  it('can not be searched for by an app: the list has to do', async (test) => {
    const { browser } = await openDrive(test, 'app')
    const found = await browser.list({ at: MINE, query: 'zzz' })
    expect(found.unsearched).toMatchObject({ code: 'search-needs-person' })
    expect(found.entries.map(({ name }) => name)).toContain('Projects')
    const shared = browser.list({ at: { kind: 'shared' } })
    await expect(shared).rejects.toMatchObject({ code: 'search-needs-person' })
  })
})

describe('wikis', () => {
  it('are listed with their pages, and a page is a place', async (test) => {
    const { simulator, names, check } = await openDrive(test)
    const { token } = simulator.addDocument({ title: '周报' })
    simulator.wiki.addSpace(SPACE, '产品')
    const page = {
      token: 'wikcnTop',
      objType: 'docx',
      objToken: token,
      title: '周报',
      spaceId: SPACE,
    }
    simulator.addWikiNode(page)
    simulator.addWikiNode({ ...page, token: 'wikcnLow', title: '三月', parentToken: 'wikcnTop' })
    expect(await names({ kind: 'wikis' })).toEqual(['产品'])
    const wiki = { kind: 'wiki', spaceId: SPACE } as const
    expect(await names(wiki)).toEqual(['周报'])
    expect(await names({ kind: 'page', spaceId: SPACE, nodeToken: 'wikcnTop' })).toEqual(['三月'])
    expect(await names(wiki, '三')).toEqual(['三月'])
    expect(await check('wiki:wikcnTop')).toBe('产品 › 周报')
  })
})

describe('a path of names', () => {
  it.for([
    ['my-space:/Projects/2026', 'My Space › Projects › 2026'],
    ['my-space:', 'My Space'],
    ['https://demo.feishu.cn/drive/me/', 'My Space'],
  ] as const)('%s leads to the folder', async ([text, words], test) => {
    const { check } = await openDrive(test)
    expect(await check(text)).toBe(words)
  })

  it('is refused where nothing, or more than one thing, has the name', async (test) => {
    const { check, simulator, projects, year } = await openDrive(test)
    expect(await check('my-space:/Projects/2027')).toMatchObject({
      code: 'path-missing',
      detail: 'my-space:/Projects/2027',
    })
    const other = simulator.createFolder(projects, '2026')
    expect(await check('my-space:/Projects/2026')).toMatchObject({
      code: 'path-ambiguous',
      detail: expect.stringMatching(
        new RegExp(`folder:${other}.*folder:${year}|folder:${year}.*folder:${other}`),
      ),
    })
    expect(await check('wiki-space:/Nowhere/Page')).toMatchObject({ code: 'path-missing' })
  })

  it('belongs to the app when an app asks', async (test) => {
    const { check } = await openDrive(test, 'app')
    expect(await check('my-space:/Projects')).toBe('The app’s space › Projects')
  })
})

it('pinned places stay until they are taken away, the last in front', async (test) => {
  const { browser, names, projects, year, check } = await openDrive(test)
  await check(`my-space:/Projects`)
  await check(`my-space:/Projects/2026`)
  browser.pin({ text: `folder:${projects}`, isPinned: true })
  browser.pin({ text: `folder:${year}`, isPinned: true })
  expect(await names({ kind: 'pinned' })).toEqual([
    'My Space › Projects › 2026',
    'My Space › Projects',
  ])
  browser.pin({ text: `folder:${year}`, isPinned: false })
  expect(await names({ kind: 'pinned' })).toEqual(['My Space › Projects'])
})

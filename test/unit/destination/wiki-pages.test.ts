/** Pages of a wiki: how they are looked up, and files that go below them. */
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import { assembleTools } from '#main/app/run-tools.ts'
import { checkPlace } from '#main/destination/check-place.ts'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { fileSources } from '#main/engine/source.ts'
import { createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import { prepareHome } from '#main/store/home.ts'
import { openStores } from '#main/store/open-stores.ts'
import type { Handling } from '#shared/model/transfer.ts'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { KiB, openScene, type Scene, type SceneOptions } from '#test/kit/feidi/scene.ts'
import { DEFAULT_APP } from '#test/simulator/limits.ts'

const NODE = 'wikcnProject'
const SPACE = '7000000000000000001'

/** A wiki with one page, which shows a document unless told. */
async function openWiki(test: TestContext, options: SceneOptions = {}, objType = 'docx') {
  const scene = await openScene(test, { rate: 'off', ...options })
  const { simulator, home } = scene
  const document = simulator.addDocument({ title: '项目' })
  const shown = { objType, objToken: document.token, title: '项目' }
  simulator.addWikiNode({ token: NODE, spaceId: SPACE, ...shown })
  const clock = fastClock(simulator)
  const bring = (paths: readonly string[], handling?: Handling) =>
    work({
      ...{ baseUrl: simulator.baseUrl, home, paths, clock, to: `page:${NODE}` },
      ...{ longestWaitMs: 60_000, ...(handling && { handling }) },
    })
  const below = () => simulator.wiki.childrenOf(SPACE, NODE).map(({ title }) => title)
  return { ...scene, document, bring, below, clock }
}

/** Looks up the destination that a text means, asked with an app that has these scopes. */
async function lookUp(
  { simulator, clock, home }: Awaited<ReturnType<typeof openWiki>>,
  text: string,
  scopes?: readonly string[],
) {
  simulator.registerApp(DEFAULT_APP.id, DEFAULT_APP.secret, scopes && { scopes })
  const credentials = { kind: 'app', appId: DEFAULT_APP.id, appSecret: DEFAULT_APP.secret } as const
  const api = createFeishuApi({ baseUrl: simulator.baseUrl, credentials, clock, env: {} })
  prepareHome(home)
  const stores = openStores(home)
  try {
    const sources = fileSources(home)
    const { places } = assembleTools({ api, stores, sources, clock, lanes: 'auto' })
    const { signal } = new AbortController()
    return await checkPlace(places, parseDestination(text).destination, signal)
  } finally {
    stores.close()
    await api.close()
  }
}

const calls = ({ simulator }: Scene) =>
  simulator.calls.map(({ endpoint }) => endpoint).filter((endpoint) => endpoint.startsWith('wiki/'))

describe('a wiki page', () => {
  it('is what it shows, or the place below it', async (test) => {
    const wiki = await openWiki(test)
    const documentId = wiki.document.token
    const into = await lookUp(wiki, `https://example.feishu.cn/wiki/${NODE}`)
    expect(into).toMatchObject({
      destination: { kind: 'docx', documentId, wikiNode: NODE },
      page: { nodeToken: NODE, takesFiles: true },
    })
    const below = await lookUp(wiki, `page:${NODE}`)
    expect(below).toMatchObject({
      destination: { kind: 'page', nodeToken: NODE },
      names: { title: '项目' },
      page: { takesFiles: true },
    })
    expect(calls(wiki)).toEqual(['wiki/node_by_token', 'wiki/node_by_token'])
  })

  it('that takes no files itself takes them below it', async (test) => {
    const wiki = await openWiki(test, {}, 'mindnote')
    expect(await lookUp(wiki, `wiki:${NODE}`)).toMatchObject({
      destination: { kind: 'page', nodeToken: NODE },
      page: { takesFiles: false },
    })
  })

  it.each([
    ['the newer call is not known', undefined, false],
    ['the app may only make the older one', ['wiki:node:read', 'docx:document'], true],
  ])('is looked up with the documented call when %s', async (_, scopes, isKnown) => {
    const wiki = await openWiki({ onTestFinished } as TestContext)
    wiki.simulator.wiki.rules.knowsNodeByToken = isKnown
    const place = await lookUp(wiki, `wiki:${NODE}`, scopes)
    expect(place.destination).toMatchObject({ kind: 'docx' })
    expect(calls(wiki)).toEqual(['wiki/node_by_token', 'wiki/get_node'])
  })

  it.each([
    ['is gone', 131012],
    ['may not be seen', 131006],
    ['was never there', 131005],
  ])('that %s is refused after one call', async (what, code) => {
    const wiki = await openWiki({ onTestFinished } as TestContext)
    if (what === 'is gone') wiki.simulator.wiki.remove(NODE)
    if (what === 'may not be seen') wiki.simulator.setAccess(NODE, 'none')
    const text = what === 'was never there' ? 'wiki:wikcnNobody' : `wiki:${NODE}`
    await expect(lookUp(wiki, text)).rejects.toMatchObject({ code })
    expect(calls(wiki)).toHaveLength(1)
  })
})

describe('files below a wiki page', () => {
  it('arrive, small and in parts, under their names', async (test) => {
    const wiki = await openWiki(test, { blockSizeBytes: 64 * KiB, alwaysInParts: true })
    const small = await wiki.write('a.txt', 1_000)
    const large = await wiki.write('b.mov', 200 * KiB)
    const { transfers } = await wiki.bring([small.path, large.path])
    expect(transfers.map(({ state }) => state.kind)).toEqual(['done', 'done'])
    expect(wiki.below()).toEqual(['a.txt', 'b.mov'])
    const [, { objToken } = { objToken: '' }] = wiki.simulator.wiki.childrenOf(SPACE, NODE)
    expect((await wiki.simulator.bytesOf(objToken)).equals(large.bytes)).toBe(true)
  })

  it.each(['upload_all', 'upload_finish'])(
    'are there once when the answer to %s is lost',
    async (call) => {
      const test = { onTestFinished } as TestContext
      const inParts = call === 'upload_finish'
      const wiki = await openWiki(test, { blockSizeBytes: 64 * KiB, alwaysInParts: inParts })
      wiki.simulator.faults.add({ endpoint: `files/${call}`, do: { kind: 'lose-answer' } })
      const { path } = await wiki.write('a.bin', 200 * KiB)
      expect((await wiki.bring([path])).stateOf(path)).toMatchObject({ kind: 'done' })
      expect(wiki.below()).toEqual(['a.bin'])
    },
  )

  it('are left alone when a colleague has brought one of that name and ours was lost', async (test) => {
    const wiki = await openWiki(test)
    const { simulator } = wiki
    simulator.faults.add({ endpoint: 'files/upload_all', do: { kind: 'reset', where: 'mid-body' } })
    const theirs = await simulator.addFile({ name: 'a.bin', bytes: Buffer.from('theirs') })
    simulator.on('arrived', ({ endpoint }) => {
      if (endpoint !== 'files/upload_all' || wiki.below().length > 0) return
      const page = { objType: 'file', objToken: theirs, title: 'a.bin', parentToken: NODE }
      simulator.addWikiNode({ token: 'wikcnTheirs', spaceId: SPACE, ...page })
    })
    const { path } = await wiki.write('a.bin', 1_000)
    const state = (await wiki.bring([path])).stateOf(path)
    expect(state).toMatchObject({ kind: 'done' })
    expect(state).not.toMatchObject({ fileToken: theirs })
  })

  it.each([
    ['skip', { sameName: 'skip' }, 'skipped', ['a.txt']],
    [
      'overwrite, which no wiki is known to do,',
      { sameName: 'overwrite' },
      'done',
      ['a.txt', 'a.txt'],
    ],
  ] as const)('of a name that is there: %s is minded', async (_, handling, kind, names) => {
    const wiki = await openWiki({ onTestFinished } as TestContext)
    const first = await wiki.write('a.txt', 1_000)
    await wiki.bring([first.path])
    wiki.clock.advance(60_000)
    await wiki.write('a.txt', 2_000)
    expect((await wiki.bring([first.path], handling)).stateOf(first.path)?.kind).toBe(kind)
    expect(wiki.below()).toEqual(names)
  })

  it('are refused with a reason where Feishu takes none, and wait', async (test) => {
    const wiki = await openWiki(test)
    wiki.simulator.wiki.rules.takesFiles = false
    const { path } = await wiki.write('a.txt', 1_000)
    const state = (await wiki.bring([path])).stateOf(path)
    expect(state).toMatchObject({ kind: 'blocked', error: { code: 'wiki-refused' } })
    expect(wiki.simulator.callsTo('files/upload_all')).toHaveLength(1)
  })

  it('say which right is missing', async (test) => {
    const wiki = await openWiki(test)
    wiki.simulator.setAccess(NODE, 'view')
    const { path } = await wiki.write('a.txt', 1_000)
    const state = (await wiki.bring([path])).stateOf(path)
    expect(state).toMatchObject({ kind: 'blocked', error: { code: 1061004 } })
  })
})

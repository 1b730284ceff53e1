/** `kill -9` while a call of a destination is at the server: before it takes effect, or before its answer. */
import { describe, expect, it } from 'vitest'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { openScene } from '#test/kit/feidi/scene.ts'
import {
  handlingOptions,
  PLACE_NAMES,
  PLACES,
  type PlaceName,
  SMALL_BLOCKS,
  writeFiles,
} from './places.ts'

/** The outcomes of a call whose client is gone. */
const FATES = {
  'is lost': { when: 'before-commit', end: 'abandon' },
  'takes effect later': { when: 'before-commit', end: 'release' },
  'took effect': { when: 'after-commit', end: 'release' },
} as const

interface Case {
  readonly place: PlaceName
  readonly call: string
  readonly fate: keyof typeof FATES
  /** The file is up by then: it must not be sent once more. */
  readonly isUp: boolean
}

const ALL_FATES = Object.keys(FATES) as Case['fate'][]

const CASES: readonly Case[] = PLACE_NAMES.flatMap((place) => {
  const { callsBefore, callsAfter, family, names } = PLACES[place]
  const cases = (calls: readonly string[], fates: readonly Case['fate'][], isUp = false) =>
    calls.flatMap((call) => fates.map((fate) => ({ place, call, fate, isUp })))
  const uploads = ['upload_part', 'upload_finish', ...(names.length > 1 ? ['upload_all'] : [])]
  return [
    ...cases(callsBefore, place === 'a document' ? ALL_FATES : ['is lost']),
    ...cases(
      uploads.map((name) => `${family}/${name}`),
      ['took effect'],
    ),
    ...cases(callsAfter, ALL_FATES, true),
  ]
})

describe.concurrent('killed on the way to', () => {
  it.for(CASES)('$place, while $call $fate', async ({ place, call, fate, isUp }, test) => {
    const { when, end } = FATES[fate]
    const scene = await openScene(test, SMALL_BLOCKS)
    const kind = PLACES[place]
    const { to, uploaded, expectShownOnce } = await kind.open(scene.simulator)
    const both = await writeFiles(scene, kind)
    const options = handlingOptions(kind)
    // Alone, so that no other file is on its way up when the kill comes, or at its import, which has no mark: that
    // takes five minutes to settle.
    const isAlone = isUp || options.includes('--as-document')
    const files = both.filter((_, at) => !isAlone || at === (call.endsWith('/upload_all') ? 1 : 0))
    const paths = files.map(({ path }) => path)
    const args = ['upload', ...paths, '--to', to, ...options]
    const gate = scene.simulator.hold({ endpoint: call, when })
    const feidi = scene.start(['--json', ...args])
    // A command that ends by itself never gets there.
    await Promise.race([gate.reached, feidi.ended.then(({ stdout }) => expect.fail(stdout))])
    const up = uploaded()
    feidi.signal('SIGKILL')
    expect((await feidi.ended).signal).toBe('SIGKILL')
    gate[end]()
    const run = await scene.run(args)
    expect(run.exitCode, run.stdout).toBe(0)
    expect(run.summary, run.stdout).toMatchObject({ failed: 0, unfinished: 0 })
    await expectShownOnce(files)
    if (!isUp) return
    expect(uploaded(), 'uploaded, all in all').toHaveLength(files.length)
    expect(uploaded()).toEqual(expect.arrayContaining(up))
  })
})

it('killed while it is moved below a wiki page, a document is there once', async (test) => {
  const scene = await openScene(test)
  const { simulator } = scene
  const page = { token: 'wikcnManual', objType: 'docx', objToken: simulator.addDocument().token }
  simulator.addWikiNode(page)
  const file = await scene.write('周报.md', Buffer.from('# 一'))
  const args = ['upload', file.path, '--to', `page:${page.token}`, '--as-document']
  const gate = simulator.hold({ endpoint: 'wiki/move_docs', when: 'before-commit' })
  const feidi = scene.start(['--json', ...args])
  // A command that ends by itself never gets there.
  await Promise.race([gate.reached, feidi.ended.then(({ stdout }) => expect.fail(stdout))])
  feidi.signal('SIGKILL')
  expect((await feidi.ended).signal).toBe('SIGKILL')
  gate.release()
  const run = await scene.run(args)
  expect(run.exitCode, run.stdout).toBe(0)
  const below = simulator.wikiNodes.filter(({ parentToken }) => parentToken === page.token)
  expect(below.map(({ title }) => title)).toEqual(['周报'])
  expect(run.stdout).toContain(`https://demo.feishu.cn/wiki/${below[0]?.token}`)
  expect([simulator.imported.length, simulator.callsTo('medias/upload_all').length]).toEqual([1, 1])
})

it('killed while its import task was made, a file asks the person and makes no second document', async (test) => {
  const scene = await openScene(test)
  const { simulator, home, to } = scene
  const file = await scene.write('周报.md', Buffer.from('字'.repeat(100)))
  const gate = simulator.hold({ endpoint: 'import/create_task', when: 'after-commit' })
  const feidi = scene.start(['upload', file.path, '--to', to, '--as-document'])
  // A command that ends by itself never gets there.
  await Promise.race([gate.reached, feidi.ended.then(({ stdout }) => expect.fail(stdout))])
  feidi.signal('SIGKILL')
  expect((await feidi.ended).signal).toBe('SIGKILL')
  gate.release()
  // The five minutes that an uploaded file is good for pass quickly here.
  const clock = fastClock(simulator, 1_000)
  const request = { baseUrl: simulator.baseUrl, home, paths: [file.path], to, clock }
  const { stateOf } = await work({ ...request, handling: { asDocument: {} } })
  const error = { code: 'document-uncertain', candidates: [expect.anything()] }
  expect(stateOf(file.path)).toMatchObject({ kind: 'failed', error })
  expect(simulator.imported).toHaveLength(1)
})

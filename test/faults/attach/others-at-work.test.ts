/** Destinations that other people and programs work in at the same time. */
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, type TestContext } from 'vitest'
import type { Engine } from '#main/engine/engine.ts'
import type { Handling } from '#shared/model/transfer.ts'
import type { RunNote } from '#shared/model/work.ts'
import { type FastClock, fastClock } from '#test/kit/feidi/fast-clock.ts'
import { type WorkResult, work } from '#test/kit/feidi/in-process.ts'
import { openScene, type Scene, type SourceFile } from '#test/kit/feidi/scene.ts'
import { DEFAULT_APP } from '#test/simulator/limits.ts'
import {
  PLACE_NAMES,
  PLACES,
  type PlaceKind,
  type PlaceName,
  SMALL_BLOCKS,
  writeFiles,
} from './places.ts'

const SPEED = 50

async function openPlace(test: TestContext, place: PlaceName) {
  const scene = await openScene(test, { ...SMALL_BLOCKS, rate: 'off' })
  const kind: PlaceKind = PLACES[place]
  const { handling } = kind
  const opened = await kind.open(scene.simulator)
  return { scene, kind, handling, clock: fastClock(scene.simulator, SPEED), ...opened }
}

function bring(
  { simulator, home }: Pick<Scene, 'simulator' | 'home'>,
  to: string,
  files: readonly SourceFile[],
  clock: FastClock,
  { handling, onNote }: { handling?: Handling | undefined; onNote?: (note: RunNote) => void } = {},
): Promise<WorkResult> {
  const paths = files.map(({ path }) => path)
  const onEngine = ({ events }: Engine) => void events.on('note', ({ note }) => onNote?.(note))
  const { baseUrl } = simulator
  return work({ baseUrl, home, paths, to, ...(handling && { handling }), clock, onEngine })
}

function statesOf({ transfers }: WorkResult): string[] {
  return transfers.map(({ state }) => state.kind)
}

const SHOWN_AFTERWARDS = PLACE_NAMES.filter((place) => PLACES[place].family === 'medias')

/** Calls after which a file is in Feishu, and not yet where it belongs. */
const UPLOADED_BY = new Set<string>(['medias/upload_all', 'medias/upload_finish'])

describe.concurrent('a table that others write to', () => {
  it.for(['new records of a Base', 'one record of a Base'] as const)(
    '%s: conflicts are waited out, every file is there once',
    async (place, test) => {
      const { scene, to, clock, expectShownOnce, uploaded, kind } = await openPlace(test, place)
      const files = await writeFiles(scene, kind)
      const conflict = { kind: 'answer', status: 200, code: 1254291 } as const
      const [write = ''] = kind.callsAfter.slice(-1)
      scene.simulator.faults.add({ endpoint: write, times: 6, do: conflict })
      const tooFast = { kind: 'answer', status: 200, code: 1254290 } as const
      scene.simulator.faults.add({ endpoint: write, times: 2, do: tooFast })
      expect(statesOf(await bring(scene, to, files, clock))).toEqual(['done', 'done'])
      await expectShownOnce(files)
      expect(uploaded()).toHaveLength(files.length)
    },
  )

  it.for([
    ['new records of a Base', 'base/append_attachments'],
    ['one record of a Base', 'base/append_attachments'],
    ['one record of a Base', 'bitable/update_record'],
  ] as const)(
    '%s, by two homes at once with %s: every file is there once, and no attachment is lost',
    async ([place, call], test) => {
      const { scene, to, clock, expectShownOnce } = await openPlace(test, place)
      for (const { rules } of scene.simulator.bases) {
        rules.takesAppends = call === 'base/append_attachments'
      }
      const files = await Promise.all(
        Array.from({ length: 12 }, (_, index) => scene.write(`${index}.txt`, 100 + index)),
      )
      const homes = [scene.home, `${scene.home}-2`]
      const runs = homes.map((home, index) => {
        const own = files.filter((_, at) => at % 2 === index)
        return bring({ simulator: scene.simulator, home }, to, own, clock)
      })
      for (const run of await Promise.all(runs)) {
        expect(statesOf(run)).toEqual(Array(6).fill('done'))
      }
      await expectShownOnce(files)
      if (place === 'new records of a Base') return
      expect(scene.simulator.callsTo(call).length).toBeGreaterThanOrEqual(12)
    },
  )

  it('a record whose answer is lost, and which may only be read the old way: the file is there once', async (test) => {
    const { scene, to, clock, expectShownOnce } = await openPlace(test, 'one record of a Base')
    const files = await writeFiles(scene, PLACES['one record of a Base'])
    const scopes = ['docs:document.media:upload', 'base:field:read', 'base:record:retrieve']
    const app = DEFAULT_APP
    scene.simulator.registerApp(app.id, app.secret, { scopes: [...scopes, 'base:record:update'] })
    const endpoint = 'base/append_attachments'
    scene.simulator.faults.add({ endpoint, do: { kind: 'lose-answer' } })
    expect(statesOf(await bring(scene, to, files, clock))).toEqual(['done', 'done'])
    await expectShownOnce(files)
    expect(scene.simulator.callsTo('bitable/batch_get')).toHaveLength(1)
    expect(scene.simulator.callsTo('bitable/get_record').length).toBeGreaterThan(2)
  })

  it('knows new records only after a while: nothing is made twice', async (test) => {
    const { scene, to, clock, expectShownOnce } = await openPlace(test, 'new records of a Base')
    const [base] = scene.simulator.bases
    if (base === undefined) throw new Error('there is no Base')
    clock.advance(10_000)
    base.rules.lagMs = 3_000
    scene.simulator.faults.add({ endpoint: 'bitable/create_record', do: { kind: 'lose-answer' } })
    const files = await writeFiles(scene, PLACES['new records of a Base'])
    expect(statesOf(await bring(scene, to, files, clock))).toEqual(['done', 'done'])
    await expectShownOnce(files)
  })
})

describe.concurrent('permission that is taken away while the file goes up', () => {
  it.for(SHOWN_AFTERWARDS)('%s: the file waits, and is not sent again', async (place, test) => {
    const opened = await openPlace(test, place)
    const { scene, to, clock, kind, handling, uploaded, expectShownOnce } = opened
    const [file] = await writeFiles(scene, kind)
    if (file === undefined) throw new Error('there is no file')
    const { simulator } = scene
    const token = tokenOf(scene, to)
    const stop = simulator.on('committed', ({ endpoint }) => {
      if (UPLOADED_BY.has(endpoint)) simulator.setAccess(token, 'view')
    })
    const refused = await bring(scene, to, [file], clock, { handling })
    stop()
    expect(statesOf(refused)).toEqual(['blocked'])
    const state = refused.stateOf(file.path)
    expect(state?.kind === 'blocked' && state.error.code).toBeTypeOf('number')
    expect(uploaded()).toHaveLength(1)
    simulator.setAccess(token, 'manage')
    expect(statesOf(await bring(scene, to, [file], clock, { handling }))).toEqual(['done'])
    await expectShownOnce([file])
    expect(uploaded()).toHaveLength(1)
  })
})

describe.concurrent('a place that is deleted while the file goes up', () => {
  it.for(SHOWN_AFTERWARDS)('%s: the file says so and stops', async (place, test) => {
    const { scene, to, clock, kind, handling } = await openPlace(test, place)
    const [file] = await writeFiles(scene, kind)
    if (file === undefined) throw new Error('there is no file')
    const { simulator } = scene
    const token = tokenOf(scene, to)
    simulator.on('committed', ({ endpoint }) => {
      if (UPLOADED_BY.has(endpoint)) simulator.removeNode(token)
    })
    const { stateOf } = await bring(scene, to, [file], clock, { handling })
    expect(stateOf(file.path)).toMatchObject({ kind: 'blocked' })
    expect(simulator.calls.length, 'calls, all in all').toBeLessThan(60)
  })

  it('a record: the file says so and stops', async (test) => {
    const { scene, to, clock, kind, uploaded } = await openPlace(test, 'one record of a Base')
    const [file] = await writeFiles(scene, kind)
    if (file === undefined) throw new Error('there is no file')
    const [base] = scene.simulator.bases
    scene.simulator.on('committed', ({ endpoint }) => {
      if (endpoint === 'medias/upload_finish') base?.tables.get(base.tableId)?.records.clear()
    })
    expect(statesOf(await bring(scene, to, [file], clock))).toEqual(['blocked'])
    expect(uploaded()).toHaveLength(1)
  })
})

describe.concurrent('a document that people edit meanwhile', () => {
  it('loses the block of a file that is up: the file gets another', async (test) => {
    const { scene, to, clock, kind, expectShownOnce } = await openPlace(test, 'a document')
    const [file] = await writeFiles(scene, kind)
    if (file === undefined) throw new Error('there is no file')
    const [document] = scene.simulator.documents
    const stop = scene.simulator.on('committed', ({ endpoint }) => {
      if (endpoint !== 'medias/upload_finish') return
      stop()
      document?.remove(document.page.children.at(-1) ?? '')
    })
    expect(statesOf(await bring(scene, to, [file], clock))).toEqual(['done'])
    await expectShownOnce([file])
  })

  /** A document with two paragraphs and an empty block for a file that Feishu does not take. */
  async function withEmptyBlock(test: TestContext) {
    const opened = await openPlace(test, 'a document')
    const { scene, to, clock, kind } = opened
    const [file] = await writeFiles(scene, kind)
    const [document] = scene.simulator.documents
    if (file === undefined || document === undefined) throw new Error('there is no document')
    const refusal = { kind: 'answer', status: 400, code: 1061043 } as const
    scene.simulator.faults.add({ endpoint: 'medias/upload_prepare', do: refusal })
    const notes: unknown[] = []
    const begin = () => bring(scene, to, [file], clock, { onNote: (note) => notes.push(note.kind) })
    return { ...opened, document, begin, notes }
  }

  it('keeps what they type between the look and the deletion of an empty block', async (test) => {
    const { scene, document, begin } = await withEmptyBlock(test)
    const { simulator } = scene
    const gate = simulator.hold({ endpoint: 'docx/list_children', when: 'after-commit' })
    const run = begin()
    await gate.reached
    document.insert(document.token, 0, [{ type: 2 }])
    gate.release()
    expect(statesOf(await run)).toEqual(['failed'])
    await waitUntil(() => document.blocks.every(({ type }) => type === 2))
    expect(document.blocks.map(({ type }) => type)).toEqual([2, 2, 2])
    expect(simulator.callsTo('docx/delete_blocks')).toHaveLength(1)
  })

  it('leaves the block alone when they have put something in it, and says so', async (test) => {
    const { scene, document, begin, notes } = await withEmptyBlock(test)
    const { simulator } = scene
    const gate = simulator.hold({ endpoint: 'medias/upload_prepare' })
    const run = begin()
    const { target } = await gate.reached
    const media = document.blocks.find(({ type }) => type === 23 || type === 27)
    document.show(new Map([[media?.blockId ?? String(target), 'boxTheirs']]))
    gate.release()
    expect(statesOf(await run)).toEqual(['failed'])
    await waitUntil(() => notes.includes('block-left'))
    expect(notes).toContain('block-left')
    expect(document.blocks.map(({ fileToken }) => fileToken)).toContain('boxTheirs')
    expect(simulator.callsTo('docx/delete_blocks')).toEqual([])
  })
})

/** The one document, Base or spreadsheet of the scene. */
function tokenOf({ simulator }: Scene, to: string): string {
  const [place] = [...simulator.bases, ...simulator.documents, ...simulator.spreadsheets]
  return place?.token ?? to.replace('folder:', '')
}

async function waitUntil(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !isSo(); tries++) await delay(20)
}

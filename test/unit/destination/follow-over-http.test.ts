/** The steps of rules that follow, over real HTTP: what Feishu answers, and what it does all the same. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { assembleTools } from '#main/app/run-tools.ts'
import type { CallContext } from '#main/engine/ports.ts'
import { fileSources } from '#main/engine/source.ts'
import { createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { FollowStep, RemotePlace } from '#shared/model/follow.ts'
import { DEMO_APP, signIn } from '#test/kit/feidi/signed-in.ts'
import { Adler32 } from '#test/simulator/adler.ts'
import type { FaultAction } from '#test/simulator/faults.ts'
import { aNewTransfer, aResult, openTempStores } from '../store/store-kit.ts'

const never = new AbortController().signal
const CONTEXT: CallContext = { rank: 0, stopping: never, aborted: never, onHold: () => {} }

type World = Awaited<ReturnType<typeof openWorld>>

/** A person's Drive with `a/old.txt` of ours and a colleague's file, and one step to take. */
async function openWorld() {
  const {
    simulator,
    identity,
    vault,
    home,
    clock: local,
    advance,
  } = await signIn({ scopes: ['offline_access', 'drive:drive'] })
  const { openId } = simulator.signIns.person
  const clock: Clock = {
    nowMs: local.nowMs,
    steadyMs: local.steadyMs,
    sleep: async (ms) => advance(ms),
  }
  const api = createFeishuApi({
    ...{ baseUrl: simulator.baseUrl, clock, env: {} },
    credentials: { kind: 'user', ...DEMO_APP, openId, vault },
  })
  onTestFinished(() => api.close())
  const stores = openTempStores()
  const { follow } = assembleTools({
    ...{ api, stores, clock, sources: fileSources(home), lanes: 'auto' },
  })
  const root = simulator.createFolder('', 'Inbox')
  const destination = { kind: 'folder', folderToken: root } as const
  const folder = (name: string) => {
    const token = simulator.createFolder(root, name)
    stores.folders.saveFolder(identity, root, name, token, true)
    return token
  }
  const a = folder('a')
  const b = folder('b')
  const bytes = Buffer.from('ours')
  const sum = new Adler32()
  sum.update(bytes)
  const { fileToken: token } = await api.uploadAll(
    {
      point: { family: 'files', parentType: 'explorer', parentNode: a },
      ...{ fileName: 'old.txt', bytes, checksum: sum.value },
    },
    { signal: never },
  )
  const item = {
    ...aNewTransfer('old.txt', { path: '/w/a/old.txt' }),
    ...{ destination, remoteFolders: ['a'], account: identity },
  }
  const [transfer] = stores.transfers.enqueue([item], 'b', 1)
  stores.transfers.complete(transfer?.id ?? '', aResult(token, clock.nowMs()))
  await simulator.addFile({ parentToken: b, name: 'theirs.txt', bytes: Buffer.from('y') })
  const plan = (
    kind: FollowStep['kind'],
    from: RemotePlace,
    to: RemotePlace | null,
    fileToken: string | null,
  ) => {
    const step = { kind, path: 'x', fileToken, from, to, plannedAtMs: 1, dueAtMs: 1 }
    stores.follow.revise('r1', { drop: [], add: [step], stop: null, nowMs: 1 })
  }
  const step = (): FollowStep => {
    const [only] = stores.follow.steps('r1')
    if (only === undefined) throw new Error('no step')
    return only
  }
  return {
    ...{ simulator, stores, token, a, b, plan, step },
    /** Takes the step as often as it has to be, with the pauses of a watch between. */
    async takeUntilOver() {
      for (let tries = 0; tries < 4 && isOpen(step()); tries++) {
        try {
          await follow.take(step(), destination, true, CONTEXT)
        } catch (error) {
          expect(error).not.toBeInstanceOf(TypeError)
          advance(60_000)
        }
      }
      return step()
    },
    /** All below the destination; folders end with a slash. */
    get paths() {
      const tree = Object.keys(simulator.tree()).filter((path) => path.startsWith('Inbox/'))
      return tree.map((path) => path.slice('Inbox/'.length)).filter((path) => path !== '')
    },
    /** Counts the calls of an endpoint that took effect. */
    done: (endpoint: string) =>
      simulator.callsTo(endpoint).filter(({ fate }) => fate === 'committed').length,
  }
}

function isOpen({ state }: FollowStep): boolean {
  return state === 'planned' || state === 'calling'
}

const FILE = { folders: ['a'], name: 'old.txt' }

interface Scene {
  readonly type: 'file' | 'folder'
  readonly endpoints: readonly string[]
  plan(world: World): void
  readonly paths: readonly string[]
}

const SCENES: Readonly<Record<string, Scene>> = {
  'a file that is moved and renamed': {
    type: 'file',
    endpoints: ['files/move', 'files/rename'],
    plan: ({ plan, token }) => plan('move', FILE, { folders: ['b'], name: 'new.txt' }, token),
    paths: ['a/', 'b/', 'b/new.txt', 'b/theirs.txt'],
  },
  'a folder that is moved and renamed': {
    type: 'folder',
    endpoints: ['files/move', 'files/rename'],
    plan: ({ plan }) =>
      plan('folder', { folders: [], name: 'a' }, { folders: ['b'], name: 'c' }, null),
    paths: ['b/', 'b/c/', 'b/c/old.txt', 'b/theirs.txt'],
  },
  'a file that goes to the recycle bin': {
    type: 'file',
    endpoints: ['files/delete'],
    plan: ({ plan, token }) => plan('trash', FILE, null, token),
    paths: ['a/', 'b/', 'b/theirs.txt'],
  },
}

const TROUBLES: readonly (readonly [string, FaultAction])[] = [
  ['loses its answer', { kind: 'lose-answer' }],
  ['loses its connection before', { kind: 'reset', where: 'after-body' }],
  [
    'answers with an error although it was carried out',
    { kind: 'late-error', status: 500, code: 1061001 },
  ],
  ['is busy', { kind: 'answer', status: 400, code: 1061045 }],
  ['comes too often', { kind: 'answer', status: 429, code: 99991400 }],
]

describe.each(Object.entries(SCENES))('%s', (_, { type, endpoints, plan, paths }) => {
  it('is so', async () => {
    const world = await openWorld()
    plan(world)
    expect(await world.takeUntilOver()).toMatchObject({ state: 'done', error: null })
    expect(world.paths.sort()).toEqual(paths)
  })

  it.each(TROUBLES)('is so, once, when a call %s', async (_what, trouble) => {
    for (const endpoint of endpoints) {
      const world = await openWorld()
      plan(world)
      world.simulator.faults.add({ endpoint, do: trouble })
      expect(await world.takeUntilOver(), endpoint).toMatchObject({ state: 'done', error: null })
      expect(world.paths.sort()).toEqual(paths)
      // A folder on its way is told to go there once more: no task is known to ask about.
      const most = type === 'folder' ? 2 : 1
      for (const each of endpoints) expect(world.done(each), each).toBeLessThanOrEqual(most)
    }
  })

  it.each([1061004, 1062501])(
    'is left as it is when it is refused with %i, and says so',
    async (code) => {
      const [endpoint = ''] = endpoints
      const world = await openWorld()
      plan(world)
      const before = world.paths
      world.simulator.faults.add({
        endpoint,
        do: { kind: 'answer', status: 403, code },
        times: 'always',
      })
      expect(await world.takeUntilOver()).toMatchObject({ state: 'left', error: { code } })
      expect(world.paths).toEqual(before)
      expect(world.simulator.callsTo(endpoint)).toHaveLength(1)
    },
  )
})

it('takes a file that somebody has deleted a moment before for deleted', async () => {
  const world = await openWorld()
  SCENES['a file that goes to the recycle bin']?.plan(world)
  const held = world.simulator.hold({ endpoint: 'files/delete' })
  const taken = world.takeUntilOver()
  await held.reached
  world.simulator.removeNode(world.token)
  held.release()
  expect(await taken).toMatchObject({ state: 'done', error: null })
  expect(world.simulator.callsTo('files/delete')).toMatchObject([{ code: 1061007 }])
})

import { describe, expect, it } from 'vitest'
import { FolderMirror } from '#main/destination/folder-mirror.ts'
import { FollowSteps } from '#main/destination/follow-steps.ts'
import type { CallContext } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { FollowStep, RemotePlace } from '#shared/model/follow.ts'
import { aNewTransfer, aResult, openTempStores } from '../store/store-kit.ts'
import { FollowDrive, Killed, type Mishap } from './follow-drive.ts'

const IDENTITY = 'user:ou_li@cli_a@open.feishu.cn'
const ROOT = { kind: 'folder', folderToken: 'root' } as const
const never = new AbortController().signal
const CONTEXT: CallContext = { rank: 0, stopping: never, aborted: never, onHold: () => {} }
const MISHAPS: readonly Mishap[] = ['lost', 'lost-without-effect', 'killed', 'killed-after']

/** A home with files in Feishu, and the steps it means to take. */
function openWorld() {
  const stores = openTempStores()
  const drive = new FollowDrive()
  /** Feishu's clock less that of this machine. */
  const offset = { ms: 0 }
  let elapsedMs = 2_000_000
  const clock: Clock = {
    nowMs: () => elapsedMs,
    steadyMs: () => elapsedMs,
    async sleep(ms) {
      elapsedMs += ms
    },
  }
  const { folders, copies, follow: store } = stores
  store.save('r1', { sinceMs: 0, pins: {}, stop: null })
  /** Another process: nothing but the disk is remembered. */
  const open = () => {
    const mirror = new FolderMirror({
      ...{ calls: drive.folderCalls, folders, copies, clock, identity: IDENTITY },
    })
    return new FollowSteps({
      ...{ calls: drive.documentCalls, mirror, folders, copies, store, clock },
      ...{ identity: IDENTITY, clockOffsetMs: () => offset.ms },
    })
  }
  const folder = (parent: string, name: string, isMade = true) => {
    const token = drive.add(parent, name, { type: 'folder' })
    folders.saveFolder(IDENTITY, parent, name, token, isMade)
    return token
  }
  const file = (
    parent: string,
    folderNames: readonly string[],
    name: string,
    isTimeKnown = true,
  ) => {
    const token = drive.add(parent, name)
    const item = {
      ...aNewTransfer(name, { path: `/w/${[...folderNames, name].join('/')}` }),
      ...{ destination: ROOT, remoteFolders: folderNames, account: IDENTITY },
    }
    const [transfer] = stores.transfers.enqueue([item], 'b', 1)
    const { landedAtServerMs, ...result } = aResult(token, drive.nowMs)
    const landed = isTimeKnown ? { ...result, landedAtServerMs } : result
    stores.transfers.complete(transfer?.id ?? '', landed)
    return token
  }
  const plan = (
    kind: FollowStep['kind'],
    from: RemotePlace,
    to: RemotePlace | null,
    fileToken: string | null,
  ) => {
    const step = { kind, path: 'x', fileToken, from, to, plannedAtMs: 1, dueAtMs: 1 }
    store.revise('r1', { drop: [], add: [step], stop: null, nowMs: 1 })
  }
  const step = (): FollowStep => {
    const [only] = store.steps('r1')
    if (only === undefined) throw new Error('no step')
    return only
  }
  /** Takes the step until it has ended, as a new process after each failure. */
  const takeUntilOver = async () => {
    for (let tries = 0; tries < 6; tries++) {
      const { state } = step()
      if (state !== 'planned' && state !== 'calling') return
      try {
        await open().take(step(), ROOT, true, CONTEXT)
      } catch (error) {
        if (error instanceof TransferError) throw error
      }
    }
  }
  return { stores, drive, clock, offset, open, folder, file, plan, step, takeUntilOver }
}

type World = ReturnType<typeof openWorld>

const SCENES: Readonly<Record<string, (world: World) => string>> = {
  'a file that is moved and renamed'({ folder, file, plan }) {
    const token = file(folder('root', 'a'), ['a'], 'old.txt')
    plan('move', { folders: ['a'], name: 'old.txt' }, { folders: ['b'], name: 'new.txt' }, token)
    return 'b/new.txt'
  },
  'a folder that is moved and renamed'({ folder, file, plan }) {
    const a = folder('root', 'a')
    folder('root', 'z')
    file(folder(a, 'deep'), ['a', 'deep'], 'f.txt')
    plan('folder', { folders: [], name: 'a' }, { folders: ['z'], name: 'b' }, null)
    return 'z/b/deep/f.txt'
  },
  'a file that goes to the recycle bin'({ folder, file, plan }) {
    const token = file(folder('root', 'a'), ['a'], 'old.txt')
    plan('trash', { folders: ['a'], name: 'old.txt' }, null, token)
    return ''
  },
}

describe.each(Object.entries(SCENES))('%s', (_, scene) => {
  it('is so in the end, whatever happens to each of its calls', async () => {
    for (const mishap of MISHAPS) {
      for (let call = 0; ; call++) {
        const world = openWorld()
        const { drive, stores } = world
        const expected = scene(world)
        drive.mishaps.set(call, mishap)
        await world.takeUntilOver()
        expect(world.step(), `${mishap} at call ${call}`).toMatchObject({ state: 'done' })
        const files = [...drive.nodes.values()].filter(({ type }) => type === 'file')
        expect(files.map(({ token }) => drive.pathOf(token)).join()).toBe(expected)
        expect(drive.bin).toHaveLength(expected === '' ? 1 : 0)
        const copies = stores.follow.copies('/w', ROOT)
        const places = copies.map(({ place }) => [...place.folders, place.name].join('/'))
        expect(places.join()).toBe(expected)
        if (drive.calls <= call) break
      }
    }
  })

  it('is so in the end, whichever write to the disk the process dies at', async () => {
    for (const isAfter of [false, true]) {
      for (let write = 0; ; write++) {
        const world = openWorld()
        const expected = scene(world)
        const { follow } = world.stores
        let writes = 0
        for (const name of ['note', 'moved', 'done', 'folderMoved', 'trashed'] as const) {
          const method = follow[name] as (...values: unknown[]) => unknown
          Object.assign(follow, {
            [name]: (...values: unknown[]) => {
              const isTheOne = writes++ === write
              if (isTheOne && !isAfter) throw new Killed()
              const result = method(...values)
              if (isTheOne) throw new Killed()
              return result
            },
          })
        }
        await world.takeUntilOver()
        expect(world.step(), `write ${write}`).toMatchObject({ state: 'done' })
        const files = [...world.drive.nodes.values()].filter(({ type }) => type === 'file')
        expect(files.map(({ token }) => world.drive.pathOf(token)).join()).toBe(expected)
        if (writes <= write) break
      }
    }
  })
})

describe('what a colleague has done', () => {
  const trash = (world: World) => {
    const token = world.file(world.folder('root', 'a'), ['a'], 'old.txt')
    world.plan('trash', { folders: ['a'], name: 'old.txt' }, null, token)
    return token
  }

  it.each([
    ['replaced its content', { modifiedAtMs: 10_000_000 }],
    ['renamed it', { name: 'theirs.txt' }],
    ['moved it', { parent: 'root' }],
    ['become its owner', { owner: 'ou_han' }],
  ])('stays when they have %s', async (_, change) => {
    const world = openWorld()
    const token = trash(world)
    world.drive.touch(token, change)
    await world.takeUntilOver()
    expect(world.step()).toMatchObject({ state: 'left', error: { code: 'follow-changed-there' } })
    expect(world.drive.changes).toEqual([])
    expect(world.drive.nodes.has(token)).toBe(true)
  })

  it('stays when they have replaced its content before it was renamed here', async () => {
    const world = openWorld()
    const token = world.file('root', [], 'old.txt')
    const [before, after] = [
      { folders: [], name: 'old.txt' },
      { folders: [], name: 'new.txt' },
    ]
    world.drive.touch(token, { modifiedAtMs: 1_500_000 })
    world.plan('move', before, after, token)
    await world.takeUntilOver()
    expect(world.step().state).toBe('done')
    world.stores.follow.revise('r1', { drop: [world.step().id], add: [], stop: null, nowMs: 1 })
    world.plan('trash', after, null, token)
    await world.takeUntilOver()
    expect(world.step()).toMatchObject({ state: 'left', error: { code: 'follow-changed-there' } })
    expect(world.drive.bin).toEqual([])
  })

  it('cannot be ruled out where Feishu’s time was not known at the upload: the file stays', async () => {
    const world = openWorld()
    const token = world.file('root', [], 'old.txt', false)
    world.plan('trash', { folders: [], name: 'old.txt' }, null, token)
    await world.takeUntilOver()
    expect(world.step()).toMatchObject({ state: 'left', error: { code: 'follow-changed-there' } })
    expect(world.drive.bin).toEqual([])
  })

  it('stays where a folder has something of theirs in it, however deep: it is not renamed', async () => {
    const world = openWorld()
    const a = world.folder('root', 'a')
    const deep = world.folder(a, 'deep')
    world.file(deep, ['a', 'deep'], 'ours.txt')
    world.drive.add(deep, 'theirs.txt', { owner: 'ou_han' })
    world.plan('folder', { folders: [], name: 'a' }, { folders: [], name: 'b' }, null)
    await world.takeUntilOver()
    expect(world.step().state).toBe('split')
    expect(world.drive.changes).toEqual([])
  })

  it('stays where they have a folder of the new name', async () => {
    const world = openWorld()
    world.file(world.folder('root', 'a'), ['a'], 'ours.txt')
    world.drive.add('root', 'b', { type: 'folder', owner: 'ou_han' })
    world.plan('folder', { folders: [], name: 'a' }, { folders: [], name: 'b' }, null)
    await world.takeUntilOver()
    expect(world.step().state).toBe('split')
    expect(world.drive.changes).toEqual([])
  })

  it('is no trouble when they deleted the file while our call was not answered', async () => {
    const world = openWorld()
    const token = trash(world)
    world.drive.mishaps.set(0, 'killed')
    await world.takeUntilOver().catch(() => {})
    world.drive.nodes.delete(token)
    await world.takeUntilOver()
    expect(world.step().state).toBe('done')
  })
})

describe('a refusal', () => {
  it('of the renaming leaves the file as it is, and is told', async () => {
    const world = openWorld()
    const token = world.file('root', [], 'old.txt')
    world.plan('move', { folders: [], name: 'old.txt' }, { folders: [], name: 'new.txt' }, token)
    world.drive.refusals.set('rename', 981004)
    await world.takeUntilOver()
    expect(world.step()).toMatchObject({ state: 'left', error: { code: 981004 } })
    expect(world.drive.pathOf(token)).toBe('old.txt')
  })
})

describe('a file that has come back', () => {
  it('stays there when the process had died right before the call', async () => {
    const world = openWorld()
    const token = world.file(world.folder('root', 'a'), ['a'], 'old.txt')
    world.plan('trash', { folders: ['a'], name: 'old.txt' }, null, token)
    world.drive.mishaps.set(0, 'killed')
    await world
      .open()
      .take(world.step(), ROOT, true, CONTEXT)
      .catch(() => {})
    expect(world.step().state).toBe('calling')
    await world.open().take(world.step(), ROOT, false, CONTEXT)
    expect(world.step().state).toBe('planned')
    expect(world.drive.nodes.has(token)).toBe(true)
  })
})

it('deletes nothing before its time by Feishu’s clock, because one here may have been set forward', async () => {
  const world = openWorld()
  const token = world.file(world.folder('root', 'a'), ['a'], 'old.txt')
  world.plan('trash', { folders: ['a'], name: 'old.txt' }, null, token)
  world.offset.ms = -3_600_000
  const taken = world.open().take(world.step(), ROOT, true, CONTEXT)
  await expect(taken).rejects.toMatchObject({ code: 'clock-wrong' })
  expect(world.drive.bin).toEqual([])
  expect(world.step().state).toBe('planned')
  world.offset.ms = 0
  await world.takeUntilOver()
  expect(world.drive.bin).toHaveLength(1)
})

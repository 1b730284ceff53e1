import { describe, expect, it } from 'vitest'
import type { Handling, Transfer } from '#shared/model/transfer.ts'
import { type ApiCall, failure } from './engine-kit.ts'
import { openWorld, someBytes, type World } from './engine-world.ts'

const OURS = someBytes(100, 1)
const NEWER = someBytes(110, 3)
const THEIRS = someBytes(60, 2)

/** The first call of this kind does not arrive, and at that moment somebody puts a file of its name there. */
function losing(world: World, method: ApiCall['method'], theirs = THEIRS) {
  let losses = 1
  world.line.before = (call) => {
    if (call.method !== method || losses-- < 1) return
    world.drive.addFile('a.txt', 'root', theirs)
    throw failure('connection-lost')
  }
}

function put(world: World, bytes: Uint8Array, handling: Handling = {}): Transfer {
  return world.put('a.txt', bytes, [], undefined, handling)
}

function contents({ drive }: World): Uint8Array[] {
  return drive.filesIn('root').map(({ bytes }) => Uint8Array.from(bytes ?? []))
}

function proofOf({ stores }: World) {
  return stores.copies.at('/in/a.txt', { kind: 'folder', folderToken: 'root' }, [])?.proof
}

describe("a colleague's file of the same name that appears while an answer is lost", () => {
  it.for(['uploadAll', 'finish'] as const)('is never taken for ours: %s', async (method) => {
    const world = openWorld()
    const bytes = method === 'finish' ? someBytes(3_000, 1) : OURS
    if (method === 'finish') world.slowLine()
    losing(world, method)
    const transfer = put(world, bytes)
    await world.work()
    expect(contents(world)).toEqual([THEIRS, bytes])
    const [, ours] = world.drive.filesIn('root')
    expect(world.stateOf(transfer)).toMatchObject({ kind: 'done', fileToken: ours?.token })
  })

  it('is not replaced by the next version', async () => {
    const world = openWorld()
    losing(world, 'uploadAll')
    put(world, OURS, { sameName: 'overwrite-ours' })
    await world.work()
    put(world, NEWER, { sameName: 'overwrite-ours' })
    await world.work()
    expect(contents(world)).toEqual([THEIRS, NEWER])
  })

  it('leaves it uncertain where nothing can be compared: said, and nothing is repeated', async () => {
    const world = openWorld()
    world.drive.mayDownload = false
    losing(world, 'uploadAll')
    const transfer = put(world, OURS)
    await world.work()
    expect(world.stateOf(transfer)).toMatchObject({
      kind: 'failed',
      error: { code: 'outcome-unknown' },
    })
    expect(contents(world)).toEqual([THEIRS])
  })

  it('is left alone by an overwrite afterwards, though it is the only one of that name', async () => {
    const world = openWorld()
    world.drive.mayDownload = false
    losing(world, 'uploadAll')
    put(world, OURS, { sameName: 'overwrite' })
    await world.work()
    put(world, OURS, { sameName: 'overwrite' })
    await world.work()
    expect(contents(world), 'asked for again, ours goes up beside it').toEqual([THEIRS, OURS])
  })

  it('is a reason to skip for who wants to skip', async () => {
    const world = openWorld()
    world.drive.mayDownload = false
    losing(world, 'uploadAll')
    const transfer = put(world, OURS, { sameName: 'skip' })
    await world.work()
    expect(world.stateOf(transfer)).toMatchObject({
      kind: 'skipped',
      error: { code: 'name-taken' },
    })
  })
})

describe('our own file whose answer was lost', () => {
  it('is recognised by its bytes, once, and is ours from then on', async () => {
    const world = openWorld()
    let losses = 1
    world.line.after = ({ method }) => {
      if (method === 'uploadAll' && losses-- > 0) throw failure('connection-lost')
    }
    put(world, OURS, { sameName: 'overwrite-ours' })
    await world.work()
    expect(proofOf(world)).toBe('bytes')
    put(world, NEWER, { sameName: 'overwrite-ours' })
    await world.work()
    expect(contents(world)).toEqual([NEWER])
  })

  it('is told by its transaction where it can not be compared', async () => {
    const world = openWorld()
    world.drive.mayDownload = false
    world.slowLine()
    let losses = 1
    world.line.before = ({ method }) => {
      if (method === 'finish' && losses-- > 0) throw failure('connection-lost')
    }
    put(world, someBytes(3_000, 1))
    await world.work()
    expect(proofOf(world)).toBe('finish')
    expect(world.drive.filesIn('root')).toHaveLength(1)
  })
})

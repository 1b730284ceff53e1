import { describe, expect, it } from 'vitest'
import { confirmMine } from '#main/app/settle-uncertain.ts'
import type { Handling, Transfer } from '#shared/model/transfer.ts'
import { type ApiCall, failure } from './engine-kit.ts'
import {
  BLOCK_BYTES,
  bytesUp,
  failing,
  openWorld,
  seqsSent,
  someBytes,
  type World,
} from './engine-world.ts'

const OURS = someBytes(100, 1)
const NEWER = someBytes(110, 3)
const THEIRS = someBytes(60, 2)

/**
 * Loses the first call of this kind; at that moment another person puts a file of its name there.
 */
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

/** An upload whose answer was lost while a file of its name appeared, and nothing can be compared. */
async function uncertain(handling: Handling = {}, theirs = THEIRS) {
  const world = openWorld()
  world.drive.mayDownload = false
  losing(world, 'uploadAll', theirs)
  const transfer = put(world, OURS, handling)
  await world.work()
  return { world, transfer, token: world.drive.filesIn('root')[0]?.token ?? '' }
}

function current({ store }: World, { id }: Transfer): Transfer {
  const transfer = store.get(id)
  if (transfer === undefined) throw new Error(`${id} is gone`)
  return transfer
}

/** The person tries it again. */
function again({ stores, clock }: World, { id }: Transfer): void {
  stores.controls.moveStates([id], clock.nowMs(), () => ({ kind: 'queued' }))
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

  it('is asked about: which files it may be, and which right would tell', async () => {
    const { world, transfer } = await uncertain()
    const [theirs] = world.drive.filesIn('root')
    expect(world.stateOf(transfer)).toMatchObject({
      error: {
        candidates: [{ fileToken: theirs?.token, createdAtMs: theirs?.createdAtMs }],
        missingScopes: ['drive:file:download'],
      },
    })
  })

  it('is ours when the person says so: done without a call, and replaced by the next version', async () => {
    const { world, transfer, token } = await uncertain({ sameName: 'overwrite-ours' })
    confirmMine(world.store, current(world, transfer), token)
    again(world, transfer)
    const calls = world.api.calls.length
    await world.work()
    expect(world.api.calls).toHaveLength(calls)
    expect(world.stateOf(transfer)).toMatchObject({ kind: 'done', fileToken: token })
    expect(proofOf(world)).toBe('person')
    put(world, NEWER, { sameName: 'overwrite-ours' })
    await world.work()
    expect(contents(world)).toEqual([NEWER])
  })

  it('is no answer that was never asked for', async () => {
    const { world, transfer, token } = await uncertain()
    expect(() => confirmMine(world.store, current(world, transfer), 'boxOther')).toThrow()
    again(world, transfer)
    await world.work()
    expect(() => confirmMine(world.store, current(world, transfer), token)).toThrow()
  })

  it('goes up beside it when the person wants that, and is not asked about again', async () => {
    const { world, transfer } = await uncertain()
    again(world, transfer)
    await world.work()
    expect(contents(world)).toEqual([THEIRS, OURS])
    expect(world.stateOf(transfer)?.kind).toBe('done')
  })

  it('is settled by its bytes, tried again with the right to download', async () => {
    const { world, transfer, token } = await uncertain({}, OURS)
    world.drive.mayDownload = true
    again(world, transfer)
    await world.work()
    expect(world.stateOf(transfer)).toMatchObject({ kind: 'done', fileToken: token })
    expect(proofOf(world)).toBe('bytes')
    expect(contents(world)).toEqual([OURS])
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

describe('the lost answer', () => {
  it('of upload_all: the file is found in the folder, and not sent again', async () => {
    const world = openWorld({ line: { after: failing('uploadAll', failure('connection-lost')) } })
    const transfer = world.put('a', someBytes(10))
    await world.work()
    expect(world.stateOf(transfer)).toMatchObject({ kind: 'done' })
    expect(world.api.made('uploadAll')).toHaveLength(1)
  })

  it('of upload_all that did not arrive: sent again, after more than one look', async () => {
    const world = openWorld({ line: { before: failing('uploadAll', failure('connection-lost')) } })
    world.put('a', someBytes(10))
    await world.work()
    expect(bytesUp(world, 'a')).toEqual([someBytes(10)])
    expect(world.api.made('uploadAll')).toHaveLength(2)
  })

  it('of upload_finish: the file is found in the folder', async () => {
    const world = openWorld({ line: { after: failing('finish', failure('connection-lost')) } })
    world.slowLine()
    world.put('big', someBytes(3 * BLOCK_BYTES))
    await world.work()
    expect(bytesUp(world, 'big')).toHaveLength(1)
    expect(world.api.made('finish')).toHaveLength(1)
  })

  it('of upload_finish that did not arrive: no part is sent again', async () => {
    const world = openWorld({ line: { before: failing('finish', failure('connection-lost')) } })
    world.slowLine()
    world.put('big', someBytes(3 * BLOCK_BYTES))
    await world.work()
    expect(bytesUp(world, 'big')).toHaveLength(1)
    expect(seqsSent(world)).toEqual([0, 1, 2])
  })

  it('of upload_finish, ten times: no part is sent again', async () => {
    const world = openWorld({ line: { before: failing('finish', failure('connection-lost'), 10) } })
    world.slowLine()
    const transfer = world.put('big', someBytes(3 * BLOCK_BYTES))
    await world.work()
    expect(world.stateOf(transfer)).toMatchObject({ kind: 'done' })
    expect(bytesUp(world, 'big')).toHaveLength(1)
    expect(seqsSent(world)).toEqual([0, 1, 2])
  })

  it('of upload_finish, whose transaction is over and whose file is nowhere: starts again', async () => {
    const world = openWorld({
      line: {
        after: (call) => {
          if (call.method !== 'finish' || world.drive.nodes.length === 0) return
          if (world.api.made('finish').length > 1) return
          world.drive.nodes.splice(0)
          throw failure('connection-lost')
        },
      },
    })
    world.slowLine()
    world.put('big', someBytes(3 * BLOCK_BYTES))
    await world.work()
    expect(bytesUp(world, 'big')).toHaveLength(1)
    expect(seqsSent(world)).toEqual([0, 1, 2, 0, 1, 2])
  })

  it('of a process that then crashed is settled at the next start', async () => {
    const world = openWorld()
    const transfer = world.put('a', someBytes(10))
    const engine = world.engine()
    world.line.after = ({ method, options }) => {
      if (method !== 'uploadAll') return undefined
      void engine.stop(0)
      return world.clock.sleep(60_000, options.signal)
    }
    await world.clock.runUntil(engine.work())
    expect(world.stateOf(transfer)?.kind).toBe('queued')
    delete world.line.after
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(world.api.made('uploadAll')).toHaveLength(1)
  })

  it('does not make an older file of the same name pass for ours', async () => {
    const world = openWorld()
    world.put('a', someBytes(10))
    await world.work()
    const token = world.drive.nodes[0]?.token
    world.line.before = failing('uploadAll', failure('connection-lost'))
    const second = world.put('a', someBytes(11, 2))
    await world.work()
    const state = world.stateOf(second)
    expect(state?.kind === 'done' && state.fileToken !== token).toBe(true)
    expect(bytesUp(world, 'a')).toHaveLength(2)
  })

  it('is settled again when its folder was deleted meanwhile', async () => {
    const world = openWorld()
    const transfer = world.put('a', someBytes(10), ['reports'])
    const engine = world.engine()
    world.line.after = ({ method, options }) => {
      if (method !== 'uploadAll') return undefined
      void engine.stop(0)
      return world.clock.sleep(60_000, options.signal)
    }
    await world.clock.runUntil(engine.work())
    delete world.line.after
    const folder = world.drive.nodes.find(({ type }) => type === 'folder')
    world.drive.removeFolder(folder?.token ?? '')
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(world.drive.nodes.map(({ name }) => name)).toEqual(['reports', 'a'])
  })

  it('of the finish of a media: it goes up again, and nothing shows of the first', async () => {
    const world = openWorld({ line: { after: failing('finish', failure('connection-lost')) } })
    world.slowLine()
    const place = { kind: 'media', parentType: 'docx_file', parentNode: 'root' } as const
    const transfer = world.put('big', someBytes(3 * BLOCK_BYTES), [], place)
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(world.api.made('prepare')).toHaveLength(2)
  })
})

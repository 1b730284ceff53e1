import { describe, expect, it } from 'vitest'
import { failure } from './engine-kit.ts'
import { BLOCK_BYTES, bytesUp, failing, openWorld, seqsSent, someBytes } from './engine-world.ts'

describe('resuming', () => {
  it('sends no part again whose acknowledgement is on disk', async () => {
    const world = openWorld()
    world.slowLine()
    const { id } = world.put('big', someBytes(6 * BLOCK_BYTES))
    const engine = world.engine()
    world.line.before = ({ method, request, options }) => {
      if (method === 'sendPart' && request.seq === 3) {
        void engine.stop(0)
        return world.clock.sleep(60_000, options.signal)
      }
      return undefined
    }
    expect(await world.clock.runUntil(engine.work())).toEqual({ kind: 'stopped' })
    world.line.before = () => {}
    await world.work()
    expect(seqsSent(world)).toEqual([0, 1, 2, 3, 3, 4, 5])
    expect(bytesUp(world, 'big')).toEqual([someBytes(6 * BLOCK_BYTES)])
    expect(world.stores.receipts.ofTransfer(id)?.calls).toBe(world.api.calls.length)
  })

  it('counts every call for the receipt: repeats, those that a pause cuts off, and an upload begun again', async () => {
    const world = openWorld()
    world.slowLine()
    const { id } = world.put('big', someBytes(4 * BLOCK_BYTES), ['reports'])
    const engine = world.engine()
    let sent = 0
    world.line.before = ({ method, options }) => {
      if (method !== 'sendPart') return undefined
      sent += 1
      if (sent === 1) throw failure('connection-lost')
      if (sent === 5) throw failure(1061021)
      if (sent !== 3) return undefined
      world.stores.controls.moveStates([id], world.clock.nowMs(), () => ({ kind: 'paused' }))
      void engine.halt([id])
      return world.clock.sleep(60_000, options.signal)
    }
    await world.clock.runUntil(engine.work())
    expect(world.store.get(id)?.state.kind).toBe('paused')
    world.stores.controls.moveStates([id], world.clock.nowMs(), () => ({ kind: 'queued' }))
    await world.work()
    expect(world.store.get(id)?.state.kind).toBe('done')
    expect(sent).toBe(9)
    expect(world.stores.receipts.ofTransfer(id)?.calls).toBe(world.api.calls.length)
  })

  it('goes on when only the time of the file has changed', async () => {
    const world = openWorld()
    world.slowLine()
    world.line.before = failing('sendPart', failure(1061004))
    const transfer = world.put('big', someBytes(4 * BLOCK_BYTES))
    // The first part is refused: the transaction is there, and nothing acknowledged.
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('blocked')
    world.store.takeUp('batch', { failed: false })
    world.sources.write(transfer.path, someBytes(4 * BLOCK_BYTES))
    await world.work()
    expect(world.api.made('prepare')).toHaveLength(1)
    expect(bytesUp(world, 'big')).toEqual([someBytes(4 * BLOCK_BYTES)])
  })

  it('starts again when a part that was sent is not what the file has now', async () => {
    const world = openWorld()
    world.slowLine()
    const transfer = world.put('big', someBytes(4 * BLOCK_BYTES))
    let changed = false
    world.sources.beforeRead = (path, start) => {
      if (start !== 2 * BLOCK_BYTES || changed) return
      changed = true
      world.sources.write(path, someBytes(4 * BLOCK_BYTES, 2))
    }
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(bytesUp(world, 'big')).toEqual([someBytes(4 * BLOCK_BYTES, 2)])
  })

  it('looks for the mirrored folder again when it was deleted meanwhile', async () => {
    const world = openWorld()
    world.slowLine()
    const transfer = world.put('big', someBytes(3 * BLOCK_BYTES), ['reports'])
    world.line.before = failing('sendPart', failure(1061004))
    await world.work()
    const [folder] = world.drive.nodes
    world.drive.removeFolder(folder?.token ?? '')
    world.store.takeUp('batch', { failed: false })
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
    const folders = world.drive.nodes.filter(({ type }) => type === 'folder')
    expect(folders).toHaveLength(1)
    expect(world.drive.filesIn(folders[0]?.token ?? '')).toHaveLength(1)
  })
})

describe('a part that arrives damaged', () => {
  it('is read and sent again', async () => {
    const world = openWorld()
    world.slowLine()
    world.put('big', someBytes(3 * BLOCK_BYTES))
    let reads = 0
    world.sources.beforeRead = () => {
      reads += 1
    }
    world.line.before = ({ method, request }) => {
      if (method === 'sendPart' && request.seq === 1 && reads < 5) throw failure(1062008)
    }
    await world.work()
    expect(seqsSent(world).filter((seq) => seq === 1)).toHaveLength(3)
    expect(world.api.made('prepare')).toHaveLength(1)
    expect(bytesUp(world, 'big')).toEqual([someBytes(3 * BLOCK_BYTES)])
  })

  it('is not read for ever', async () => {
    const world = openWorld()
    world.slowLine()
    const transfer = world.put('big', someBytes(2 * BLOCK_BYTES))
    world.line.before = failing('sendPart', failure(1062008), 1_000)
    await world.work()
    expect(world.stateOf(transfer)).toMatchObject({
      kind: 'failed',
      error: { code: 'restarted-too-often' },
    })
  })
})

describe('a failing disk', () => {
  it('does not make us forget a file that is up', async () => {
    const world = openWorld()
    const transfer = world.put('a', someBytes(10))
    const full = () => {
      throw failure('disk-full')
    }
    const end = await world.clock.runUntil(world.engine({ complete: full }).work())
    expect(end).toMatchObject({ kind: 'fatal', error: { code: 'disk-full' } })
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(world.api.made('uploadAll')).toHaveLength(1)
  })

  it.each(['saveState', 'ready', 'requeueInterrupted', 'nextWakeMs', 'get', 'saveSource'] as const)(
    'ends the work with its reason when %s fails, and nothing is left hanging',
    async (method) => {
      const world = openWorld()
      const transfer = world.put('a', someBytes(10))
      // It has changed since, so that the version it has now is noted.
      world.sources.write(transfer.path, someBytes(10))
      const full = () => {
        throw failure('disk-full')
      }
      const end = await world.clock.runUntil(world.engine({ [method]: full }).work())
      expect(end).toMatchObject({ kind: 'fatal', error: { code: 'disk-full' } })
      await world.work()
      expect(world.stateOf(transfer)?.kind).toBe('done')
      expect(bytesUp(world, 'a')).toHaveLength(1)
    },
  )

  it('lets an acknowledged part be sent again at most when its acknowledgement was not saved', async () => {
    const world = openWorld({ lanes: 3 })
    world.slowLine()
    world.put('big', someBytes(6 * BLOCK_BYTES))
    let acknowledgements = 0
    const store = {
      acknowledgePart: (...args: Parameters<typeof world.store.acknowledgePart>) => {
        if (++acknowledgements === 3) throw failure('disk-full')
        world.store.acknowledgePart(...args)
      },
    }
    const end = await world.clock.runUntil(world.engine(store).work())
    expect(end).toMatchObject({ kind: 'fatal', error: { code: 'disk-full' } })
    expect(world.gate.inFlight).toBe(0)
    await world.work()
    expect(bytesUp(world, 'big')).toEqual([someBytes(6 * BLOCK_BYTES)])
    const counts = [0, 1, 2, 3, 4, 5].map((seq) => seqsSent(world).filter((sent) => sent === seq))
    expect(counts.map(({ length }) => length)).toEqual([1, 1, 2, 1, 1, 1])
  })
})

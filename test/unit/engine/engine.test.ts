import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Transfer } from '#shared/model/transfer.ts'
import { quotaDay } from '#shared/transfer/quota-day.ts'
import { settle } from '#test/kit/fake-clock.ts'
import { failure } from './engine-kit.ts'
import { BLOCK_BYTES, failing, openWorld, someBytes, type World } from './engine-world.ts'

const HOUR_MS = 3_600_000
const lost = () => failure('connection-lost')

function bytesUp(world: World, name: string, folder = 'root'): Uint8Array[] {
  const files = world.drive.filesIn(folder).filter((file) => file.name === name)
  return files.map(({ bytes }) => new Uint8Array(bytes ?? []))
}

function seqsSent({ api }: World): number[] {
  return api.made('sendPart').map(({ request }) => request.seq)
}

describe('a good day', () => {
  it('brings small files up in one call each', async () => {
    const world = openWorld()
    const transfers = ['a', 'b', 'c'].map((name, seed) => world.put(name, someBytes(3_000, seed)))
    expect(await world.work()).toEqual({ kind: 'settled' })
    for (const [seed, transfer] of transfers.entries()) {
      expect(world.stateOf(transfer)).toMatchObject({ kind: 'done' })
      expect(bytesUp(world, transfer.fileName)).toEqual([someBytes(3_000, seed)])
    }
    expect(world.api.made('uploadAll')).toHaveLength(3)
  })

  it('sends parts in seq order, however many lanes there are', async () => {
    const world = openWorld({ lanes: 4 })
    world.slowLine()
    world.put('big', someBytes(20 * BLOCK_BYTES + 1))
    await world.work()
    expect(seqsSent(world)).toEqual(Array.from({ length: 21 }, (_, seq) => seq))
    expect(bytesUp(world, 'big')).toEqual([someBytes(20 * BLOCK_BYTES + 1)])
  })

  it('saves every state before it shows it', async () => {
    const world = openWorld()
    world.slowLine()
    world.put('big', someBytes(3 * BLOCK_BYTES))
    const engine = world.engine()
    const shown: string[] = []
    engine.events.on('transfer', (transfer: Transfer) => {
      expect(world.store.get(transfer.id)?.state).toEqual(transfer.state)
      shown.push(transfer.state.kind)
    })
    engine.events.on('progress', ({ id, sentBytes }) => {
      expect(world.store.get(id)?.sentBytes).toBeGreaterThanOrEqual(sentBytes)
    })
    await world.clock.runUntil(engine.work())
    expect(shown).toEqual(['preparing', 'sending', 'finishing', 'done'])
  })
})

describe('stopping one file', () => {
  it('does not wait for another that looks at the same folder', async () => {
    const world = openWorld({ lanes: 2 })
    const [first, second] = [world.put('a', someBytes(9)), world.put('b', someBytes(9))]
    const answered = Promise.withResolvers<void>()
    world.line.before = ({ method }) => (method === 'listFolder' ? answered.promise : undefined)
    const engine = world.engine()
    const work = engine.work()
    await settle()
    expect(engine.isAtWork(second.id)).toBe(true)
    world.store.saveState(second.id, { kind: 'paused' })
    await engine.halt([second.id])
    expect(engine.isAtWork(second.id)).toBe(false)
    answered.resolve()
    await world.clock.runUntil(work)
    expect(world.stateOf(first)).toMatchObject({ kind: 'done' })
    expect(world.stateOf(second)).toEqual({ kind: 'paused' })
  })
})

describe('resuming', () => {
  it('sends no part again whose acknowledgement is on disk', async () => {
    const world = openWorld()
    world.slowLine()
    world.put('big', someBytes(6 * BLOCK_BYTES))
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

  it('looks for the mirrored folder anew when it was deleted meanwhile', async () => {
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

describe('lost answers', () => {
  it('of upload_all: the file is found in the folder, and not sent again', async () => {
    const world = openWorld({ line: { after: failing('uploadAll', lost()) } })
    const transfer = world.put('a', someBytes(10))
    await world.work()
    expect(world.stateOf(transfer)).toMatchObject({ kind: 'done' })
    expect(world.api.made('uploadAll')).toHaveLength(1)
  })

  it('of upload_all that did not arrive: sent again, after more than one look', async () => {
    const world = openWorld({ line: { before: failing('uploadAll', lost()) } })
    world.put('a', someBytes(10))
    await world.work()
    expect(bytesUp(world, 'a')).toEqual([someBytes(10)])
    expect(world.api.made('uploadAll')).toHaveLength(2)
  })

  it('of upload_all, again and again: with growing pauses, and not for ever', async () => {
    const world = openWorld({ line: { before: failing('uploadAll', failure(1061001), 1_000) } })
    const transfer = world.put('a', someBytes(10))
    expect(await world.work()).toEqual({ kind: 'settled' })
    expect(world.stateOf(transfer)).toMatchObject({ kind: 'failed', error: { code: 1061001 } })
    expect(world.api.made('uploadAll').length).toBeLessThanOrEqual(6)
  })

  it('of upload_finish: the file is found in the folder', async () => {
    const world = openWorld({ line: { after: failing('finish', lost()) } })
    world.slowLine()
    world.put('big', someBytes(3 * BLOCK_BYTES))
    await world.work()
    expect(bytesUp(world, 'big')).toHaveLength(1)
    expect(world.api.made('finish')).toHaveLength(1)
  })

  it('of upload_finish that did not arrive: no part is sent again', async () => {
    const world = openWorld({ line: { before: failing('finish', lost()) } })
    world.slowLine()
    world.put('big', someBytes(3 * BLOCK_BYTES))
    await world.work()
    expect(bytesUp(world, 'big')).toHaveLength(1)
    expect(seqsSent(world)).toEqual([0, 1, 2])
  })

  it('of upload_finish, ten times: no part is sent again', async () => {
    const world = openWorld({ line: { before: failing('finish', lost(), 10) } })
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
          throw lost()
        },
      },
    })
    world.slowLine()
    world.put('big', someBytes(3 * BLOCK_BYTES))
    await world.work()
    expect(bytesUp(world, 'big')).toHaveLength(1)
    expect(seqsSent(world)).toEqual([0, 1, 2, 0, 1, 2])
  })

  it('and a crash before they could be settled: settled at the next start', async () => {
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

  it('do not make a file of the same name that was there before pass for ours', async () => {
    const world = openWorld()
    world.put('a', someBytes(10))
    await world.work()
    const token = world.drive.nodes[0]?.token
    world.line.before = failing('uploadAll', lost())
    const second = world.put('a', someBytes(11, 2))
    await world.work()
    const state = world.stateOf(second)
    expect(state?.kind === 'done' && state.fileToken !== token).toBe(true)
    expect(bytesUp(world, 'a')).toHaveLength(2)
  })

  it('are settled anew when their folder was deleted meanwhile', async () => {
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

  it('of the finish of a media: it goes up again, which nobody sees', async () => {
    const world = openWorld({ line: { after: failing('finish', lost()) } })
    world.slowLine()
    const place = { kind: 'media', parentType: 'docx_file', parentNode: 'root' } as const
    const transfer = world.put('big', someBytes(3 * BLOCK_BYTES), [], place)
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(world.api.made('prepare')).toHaveLength(2)
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

describe('holds', () => {
  it('never lets a held transfer be started a second time', async () => {
    const refusals = failing('uploadAll', failure(99991400, { retryAfterMs: 3_000 }), 6)
    const world = openWorld({ line: { before: refusals }, lanes: 'serial' })
    const engine = world.engine()
    const started: string[] = []
    engine.events.on('transfer', ({ id, state }) => {
      if (state.kind === 'preparing') started.push(id)
    })
    const transfers = Array.from({ length: 8 }, (_, seed) =>
      world.put(`f${seed}`, someBytes(9, seed)),
    )
    await world.clock.runUntil(engine.work())
    expect(started.sort()).toEqual(transfers.map(({ id }) => id).sort())
    for (const { fileName } of transfers) expect(bytesUp(world, fileName)).toHaveLength(1)
  })

  it('never lets one that pauses for the server be started a second time', async () => {
    const world = openWorld({ line: { before: failing('prepare', failure(1061006), 4) } })
    // The engine's own alarm goes off before the run that pauses has a chance to go on.
    world.clock.lastToSleepWakesFirst = true
    world.slowLine()
    world.put('a', someBytes(3 * BLOCK_BYTES))
    await world.work()
    expect(world.sources.inspections).toBe(1)
    expect(world.api.made('prepare')).toHaveLength(4 + 1)
    expect(seqsSent(world)).toEqual([0, 1, 2])
    expect(bytesUp(world, 'a')).toHaveLength(1)
  })

  it('does not spin while a held run waits for its turn', async () => {
    const world = openWorld()
    let asked = 0
    const store = {
      ready: (...args: Parameters<typeof world.store.ready>) => {
        asked += 1
        return world.store.ready(...args)
      },
    }
    world.line.before = failing('uploadAll', failure(99991400, { retryAfterMs: 600_000 }))
    for (const name of ['a', 'b', 'c']) world.put(name, someBytes(10))
    await world.clock.runUntil(world.engine(store).work())
    expect(asked).toBeLessThan(60)
  })

  it('lets other endpoints go on while one has used up its day, then gives up', async () => {
    const world = openWorld({ longestWaitMs: 15 * 60_000 })
    const path = 'drive/v1/files/upload_part'
    const dayKey = quotaDay(world.clock.nowMs())
    world.usedUp(path, dayKey)
    world.slowLine()
    const big = world.put('big', someBytes(2 * BLOCK_BYTES))
    const small = ['a', 'b', 'c', 'd'].map((name) => world.put(name, someBytes(1)))
    const end = await world.work()
    expect(small.map((transfer) => world.stateOf(transfer)?.kind)).toEqual(small.map(() => 'done'))
    expect(end).toMatchObject({ kind: 'waiting', error: { code: 'daily-quota-used' } })
    expect(world.stateOf(big)).toMatchObject({ kind: 'waiting', reason: 'quota' })
    // Its 24 hours have not begun.
    expect(world.api.made('prepare')).toEqual([])
  })

  it('sends small files while many big ones wait for the next day', async () => {
    const world = openWorld({ longestWaitMs: 15 * 60_000 })
    world.usedUp('drive/v1/files/upload_part', quotaDay(world.clock.nowMs()))
    world.slowLine()
    for (let count = 0; count < 40; count++) world.put(`big-${count}`, someBytes(2 * BLOCK_BYTES))
    const small = ['a', 'b', 'c', 'd'].map((name) => world.put(name, someBytes(1)))
    await world.work()
    expect(small.map((transfer) => world.stateOf(transfer)?.kind)).toEqual(small.map(() => 'done'))
  })

  it('gives up when nothing will get through for too long', async () => {
    const world = openWorld({ longestWaitMs: 60_000 })
    world.line.before = () => {
      throw failure('dns-failed')
    }
    const transfer = world.put('a', someBytes(10))
    const startMs = world.clock.nowMs()
    const end = await world.work()
    expect(end).toMatchObject({ kind: 'waiting', error: { code: 'dns-failed' } })
    expect(world.clock.nowMs() - startMs).toBeLessThanOrEqual(60_000)
    expect(world.stateOf(transfer)?.kind).toBe('queued')
  })
})

describe('a plan of absurd blocks', () => {
  /** What `upload_prepare` answers: a block for every byte. */
  const tinyBlocks = { uploadId: 'u-tiny', blockSizeBytes: 1, blockCount: 30_000 }

  it('is refused before it is stored', async () => {
    const world = openWorld()
    world.slowLine()
    world.line.instead = ({ method }) => (method === 'prepare' ? tinyBlocks : undefined)
    const transfer = world.put('big', someBytes(30_000))
    expect(await world.work()).toEqual({ kind: 'settled' })
    expect(world.stateOf(transfer)).toMatchObject({
      kind: 'failed',
      error: { code: 'plan-invalid' },
    })
    expect(world.api.made('prepare').length).toBeLessThanOrEqual(3)
    expect(world.api.made('sendPart')).toEqual([])
  })

  it('does no harm when it was stored', async () => {
    const world = openWorld()
    world.slowLine()
    const transfer = world.put('big', someBytes(30_000))
    world.store.openTransaction(transfer.id, {
      ...tinyBlocks,
      identity: world.api.identity,
      point: { family: 'files', parentType: 'explorer', parentNode: 'root' },
      fingerprint: await world.sources.inspect(transfer),
      preparedAtMs: world.clock.nowMs(),
      expiresAtMs: world.clock.nowMs() + HOUR_MS,
    })
    expect(await world.work()).toEqual({ kind: 'settled' })
    expect(bytesUp(world, 'big')).toEqual([someBytes(30_000)])
    expect(seqsSent(world)).toHaveLength(30)
  })
})

describe('failures', () => {
  it('stops parts that wait their turn when another part has failed for good', async () => {
    const world = openWorld({ lanes: 2 })
    world.slowLine()
    const transfer = world.put('big', someBytes(8 * BLOCK_BYTES))
    world.line.before = async ({ method, request }) => {
      if (method !== 'sendPart') return
      if (request.seq === 0) {
        await world.clock.sleep(50)
        throw failure(1061004)
      }
      throw failure(99991400, { retryAfterMs: 8 * HOUR_MS })
    }
    const startMs = world.clock.nowMs()
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('blocked')
    expect(world.clock.nowMs() - startMs).toBeLessThan(HOUR_MS)
  })

  it('tries a file again that could not be read, three times', async () => {
    const world = openWorld()
    const transfer = world.put('a', someBytes(10))
    let failures = 3
    world.sources.beforeRead = () => {
      if (failures-- > 0) throw failure('source-io-error')
    }
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
  })

  it('gives a file up that can not be read four times', async () => {
    const world = openWorld()
    const transfer = world.put('a', someBytes(10))
    world.sources.beforeRead = () => {
      throw failure('source-io-error')
    }
    await world.work()
    expect(world.stateOf(transfer)).toMatchObject({
      kind: 'failed',
      error: { code: 'source-io-error' },
    })
  })

  it.each([
    [{ watched: true }, 'skipped', 'source-moved'],
    [{}, 'failed', 'source-missing'],
  ] as const)('ends with a file that is gone, handled as %j: %s', async (handling, kind, code) => {
    const world = openWorld()
    world.slowLine()
    const queued = world.put('queued', someBytes(10))
    const begun = world.put('begun', someBytes(3 * BLOCK_BYTES))
    for (const { state: _state, ...transfer } of [queued, begun]) {
      world.store.enqueue([{ ...transfer, handling }], 'batch', 0)
    }
    world.sources.files.delete(queued.path)
    world.sources.beforeRead = (path, start) => {
      if (start > 0) world.sources.files.delete(path)
    }
    await world.work()
    for (const transfer of [queued, begun]) {
      expect(world.stateOf(transfer)).toMatchObject({ kind, error: { code } })
    }
  })

  it('gives a file up that changes all the time', async () => {
    const world = openWorld()
    const transfer = world.put('a', someBytes(10))
    world.sources.beforeRead = (path) => {
      world.sources.write(path, someBytes(10))
    }
    await world.work()
    expect(world.stateOf(transfer)).toMatchObject({
      kind: 'failed',
      error: { code: 'source-unstable' },
    })
  })

  it('restarts an upload as often as the catalogue says', async () => {
    const world = openWorld()
    world.slowLine()
    world.line.before = failing('sendPart', failure(1062013), 100)
    const transfer = world.put('a', someBytes(2 * BLOCK_BYTES))
    await world.work()
    expect(world.stateOf(transfer)).toMatchObject({ kind: 'failed', error: { code: 1062013 } })
    expect(world.api.made('prepare')).toHaveLength(2)
  })

  it('does not wake a transfer that was cancelled while it was about to start again', async () => {
    const world = openWorld()
    world.slowLine()
    const transfer = world.put('a', someBytes(2 * BLOCK_BYTES))
    world.line.before = ({ method }) => {
      if (method !== 'sendPart') return
      world.store.saveState(transfer.id, { kind: 'cancelled' })
      throw failure(1061021)
    }
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('cancelled')
    expect(world.api.made('prepare')).toHaveLength(1)
  })

  it('blocks what goes to the same place, and nothing else', async () => {
    const world = openWorld()
    // Two runs are at work at once; the third learns from them.
    world.line.before = failing('uploadAll', failure(1062507), 2)
    const full = ['a', 'b', 'c'].map((name) => world.put(name, someBytes(10), ['full']))
    const other = world.put('d', someBytes(10), ['other'])
    await world.work()
    const kinds = [...full, other].map((transfer) => world.stateOf(transfer)?.kind)
    expect(kinds).toEqual(['blocked', 'blocked', 'blocked', 'done'])
    expect(world.api.made('uploadAll')).toHaveLength(3)
  })

  it('ends when the account is blocked, and says why', async () => {
    const world = openWorld()
    world.line.before = failing('uploadAll', failure(1061101))
    world.put('a', someBytes(10))
    const end = await world.work()
    expect(end).toMatchObject({ kind: 'account-blocked', error: { code: 1061101 } })
  })

  it('leaves every file of a blocked account in the queue, with what is up of it', async () => {
    const world = openWorld()
    world.slowLine()
    world.line.before = ({ method, request }) => {
      if (method === 'sendPart' && request.seq === 2) throw refusedToken(10014)
    }
    const files = ['a', 'b', 'c'].map((name) => world.put(name, someBytes(3 * BLOCK_BYTES)))
    expect(await world.work()).toMatchObject({ kind: 'account-blocked', error: { code: 10014 } })
    expect(files.map((file) => world.stateOf(file)?.kind)).toEqual(['queued', 'queued', 'queued'])
    world.line.before = () => {}
    expect(await world.work()).toEqual({ kind: 'settled' })
    expect(seqsSent(world).filter((seq) => seq === 0)).toHaveLength(3)
  })

  it('asks every 15 minutes again when nobody knows why, as long as more may come', async () => {
    const world = openWorld()
    const asked: number[] = []
    world.line.before = () => {
      asked.push(world.clock.nowMs())
      if (asked.length < 6) throw refusedToken(4_711_000)
    }
    const file = world.put('a', someBytes(10))
    const engine = world.engine({}, { moreToCome: true })
    const waits: unknown[] = []
    engine.events.on('waiting', ({ error }) => waits.push(error.code))
    engine.events.on('transfer', ({ state }) => {
      if (state.kind === 'done') engine.noMore()
    })
    expect(await world.clock.runUntil(engine.work())).toEqual({ kind: 'settled' })
    expect(world.stateOf(file)?.kind).toBe('done')
    const [first = 0] = asked
    const quarters = asked.map((atMs) => Math.round((atMs - first) / 900_000))
    expect(quarters.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5])
    expect(waits).toEqual(Array(5).fill(4_711_000))
  })

  it('asks again at once when the person says so', async () => {
    const world = openWorld()
    let refused = true
    world.line.before = () => {
      if (refused) throw refusedToken(4_711_000)
    }
    world.put('a', someBytes(10))
    const engine = world.engine({}, { moreToCome: true })
    const work = engine.work()
    const startMs = world.clock.nowMs()
    engine.events.on('waiting', () => {
      refused = false
      engine.forgetRefusals()
      engine.noMore()
    })
    expect(await world.clock.runUntil(work)).toEqual({ kind: 'settled' })
    expect(world.clock.nowMs() - startMs).toBeLessThan(60_000)
  })

  it('holds back only the kind of destination that a scope is missing for', async () => {
    const world = openWorld()
    const scope = failure(99991672, { missingScopes: ['docs:document.media:upload'] })
    world.line.before = ({ method, request }) => {
      if (method === 'uploadAll' && request.point.family === 'medias') throw scope
    }
    const media = { kind: 'media', parentType: 'docx_file', parentNode: 'doxcnA' } as const
    const other = { ...media, parentNode: 'doxcnB' }
    const medias = ['a', 'b', 'c'].map((name) => world.put(name, someBytes(10), [], media))
    const elsewhere = world.put('d', someBytes(10), [], other)
    const file = world.put('e', someBytes(10))
    expect(await world.work()).toEqual({ kind: 'settled' })
    for (const each of [...medias, elsewhere]) {
      expect(world.stateOf(each)).toMatchObject({ kind: 'blocked', error: { code: 99991672 } })
    }
    expect(world.stateOf(file)?.kind).toBe('done')
    // Two were under way when the first was refused.
    expect(world.api.made('uploadAll')).toHaveLength(3)
  })
})

/** What a call fails with when there is no token for it. */
function refusedToken(code: number) {
  const endpoint = 'auth/v3/tenant_access_token/internal'
  return failure(code, { endpoint, httpStatus: 200, neverArrived: true })
}

describe('stopping', () => {
  it('comes to rest when it never began', async () => {
    const world = openWorld()
    await world.clock.runUntil(world.engine().stop(1_000))
  })

  it('lets a call that is under way come back within the grace', async () => {
    const world = openWorld()
    const transfer = world.put('a', someBytes(10))
    const engine = world.engine()
    const work = engine.work()
    world.line.before = async ({ method }) => {
      if (method === 'uploadAll') await world.clock.sleep(500)
    }
    await settle()
    await world.clock.runUntil(engine.stop(2_000))
    expect(await work).toEqual({ kind: 'stopped' })
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(world.clock.sleepers).toBe(0)
  })
})

describe('whatever goes wrong', () => {
  const MISHAPS = [
    'fine',
    'fine',
    'lost on the way',
    'answer lost',
    'trouble',
    'collision',
    'too fast',
    'away',
    'stop',
  ] as const

  it('every file is there once and whole, and no acknowledged part was sent again', async () => {
    const scenario = fc.record({
      mishaps: fc.array(fc.constantFrom(...MISHAPS), { maxLength: 40 }),
      lanes: fc.constantFrom('auto' as const, 'serial' as const, 3),
      inParts: fc.boolean(),
      lastToSleepWakesFirst: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(scenario, async ({ mishaps, lanes, inParts, lastToSleepWakesFirst }) => {
        const world = openWorld({ lanes })
        world.clock.lastToSleepWakesFirst = lastToSleepWakesFirst
        if (inParts) world.slowLine()
        const left = [...mishaps]
        const acknowledged = new Set<string>()
        let engine = world.engine()
        const store = {
          acknowledgePart: (...args: Parameters<typeof world.store.acknowledgePart>) => {
            world.store.acknowledgePart(...args)
            acknowledged.add(`${world.store.transaction(args[0])?.uploadId}/${args[1].seq}`)
          },
        }
        let answerLost = false
        world.line.before = async ({ method, request, options }) => {
          if (method === 'sendPart') {
            expect(acknowledged).not.toContain(`${request.uploadId}/${request.seq}`)
          }
          const mishap = left.shift()
          answerLost = mishap === 'answer lost'
          switch (mishap) {
            case 'lost on the way':
              throw lost()
            case 'trouble':
              throw failure(1061006)
            case 'collision':
              throw failure(1061045)
            case 'too fast':
              throw failure(99991400, { retryAfterMs: 1_700 })
            case 'away':
              throw failure('connection-refused')
            case 'stop':
              void engine.stop(100)
              await world.clock.sleep(5_000, options.signal)
          }
        }
        world.line.after = () => {
          if (answerLost) throw lost()
        }
        const files = ['a', 'b', 'c', 'd'].map((name, seed) => ({
          name,
          bytes: someBytes((seed + 1) * BLOCK_BYTES + seed, seed),
          folders: seed % 2 === 0 ? [] : ['x', 'y'],
        }))
        for (const { name, bytes, folders } of files) world.put(name, bytes, folders)
        for (let starts = 0; starts < 50; starts++) {
          engine = world.engine(store)
          const end = await world.clock.runUntil(engine.work())
          if (end.kind === 'settled') break
          expect(end.kind).toBe('stopped')
        }
        const folders = world.drive.nodes.filter(({ type }) => type === 'folder')
        expect(folders.map(({ name }) => name)).toEqual(['x', 'y'])
        const there = world.drive.nodes.filter(({ type }) => type === 'file')
        expect(there.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c', 'd'])
        for (const { name, bytes } of files) {
          const found = there.find((file) => file.name === name)
          expect(Buffer.compare(found?.bytes ?? Buffer.alloc(0), bytes)).toBe(0)
        }
        expect(world.gate.inFlight).toBe(0)
        expect(world.clock.sleepers).toBe(0)
      }),
      { numRuns: 60 },
    )
  })
})

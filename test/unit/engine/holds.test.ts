import { describe, expect, it } from 'vitest'
import { quotaDay } from '#shared/transfer/quota-day.ts'
import { failure } from './engine-kit.ts'
import { BLOCK_BYTES, bytesUp, failing, openWorld, seqsSent, someBytes } from './engine-world.ts'

const HOUR_MS = 3_600_000

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
    // The engine's own alarm goes off before the run that pauses has a chance to resume.
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

  it.each(['read', 'sent'])('never gives up a file that is being %s for longer', async (step) => {
    const world = openWorld({ longestWaitMs: 15 * 60_000 })
    world.usedUp('drive/v1/files/upload_all', quotaDay(world.clock.nowMs()))
    // It needs all parts of a day, so that none is left for small files.
    world.putPaused('film', 40 * 1024 ** 3)
    world.slowLine()
    const small = world.put('small', someBytes(1))
    const big = world.put('big', someBytes(2 * BLOCK_BYTES))
    const slow = () => world.clock.sleep(HOUR_MS)
    if (step === 'read')
      world.sources.beforeRead = (path) => (path === big.path ? slow() : undefined)
    else world.line.before = ({ method }) => (method === 'sendPart' ? slow() : undefined)
    expect(await world.work()).toMatchObject({ kind: 'waiting' })
    expect(world.stateOf(big)?.kind).toBe('done')
    expect(world.stateOf(small)?.kind).toBe('waiting')
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
  /** The answer of `upload_prepare`: a block for every byte. */
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

import { describe, expect, it } from 'vitest'
import type { Transfer } from '#shared/model/transfer.ts'
import { settle } from '#test/kit/fake-clock.ts'
import { BLOCK_BYTES, bytesUp, openWorld, seqsSent, someBytes } from './engine-world.ts'

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
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    world.line.before = ({ method }) => {
      if (method !== 'listFolder') return undefined
      asked.resolve()
      return answered.promise
    }
    const engine = world.engine()
    const work = engine.work()
    await world.clock.runUntil(asked.promise)
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

describe('stopping', () => {
  it('comes to rest when it never began', async () => {
    const world = openWorld()
    await world.clock.runUntil(world.engine().stop(1_000))
  })

  it('lets a call that is under way come back within the grace', async () => {
    const world = openWorld()
    const transfer = world.put('a', someBytes(10))
    const engine = world.engine()
    const underWay = Promise.withResolvers<void>()
    world.line.before = async ({ method }) => {
      if (method !== 'uploadAll') return
      underWay.resolve()
      await world.clock.sleep(500)
    }
    const work = engine.work()
    await world.clock.runUntil(underWay.promise)
    await world.clock.runUntil(engine.stop(2_000))
    expect(await work).toEqual({ kind: 'stopped' })
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(world.clock.sleepers).toBe(0)
  })
})

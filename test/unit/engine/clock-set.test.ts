/** The clock of the machine is set while files wait: by hand, by a time server, by another system on it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quotaDay } from '#shared/transfer/quota-day.ts'
import { failure } from './engine-kit.ts'
import { BLOCK_BYTES, openWorld, type World } from './engine-world.ts'

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000
const JUMPS_MS = [-8 * HOUR_MS, -20 * SECOND_MS, 8 * HOUR_MS]
/** No pause here is longer than half a minute by itself. */
const SOON_MS = 3 * 60 * SECOND_MS

/** The causes that make a file wait, once. */
const WAITS: Readonly<Record<string, (world: World) => void>> = {
  'it changes under our hands': (world) => {
    let reads = 0
    world.sources.beforeRead = (path) => {
      if (++reads === 1) world.sources.write(path, someBytes(3))
    }
  },
  'the server asks to slow down': (world) =>
    once(world, failure(99991400, { retryAfterMs: 30 * SECOND_MS })),
  'the server is out of order': (world) => once(world, failure(1061001)),
  'there is no network': (world) => once(world, failure('dns-failed')),
  'its file can not be read for a moment': (world) => {
    let reads = 0
    world.sources.beforeRead = () => {
      if (++reads === 1) throw failure('source-busy')
    }
  },
}

it.each([
  [-8 * HOUR_MS, true],
  [undefined, false],
])(
  'Feishu’s clock is off by %s ms: a file is noted by that clock, if it is known',
  async (offsetMs, isNoted) => {
    const world = openWorld()
    world.api.clockOffsetMs = offsetMs
    const { id } = world.put('a.txt', someBytes(3))
    await world.work()
    const { state } = world.stores.transfers.get(id) ?? {}
    if (state?.kind !== 'done') throw new Error('not up')
    const serverMs = isNoted ? state.finishedAtMs + (offsetMs ?? 0) : undefined
    expect(world.stores.follow.changedAtMs(state.fileToken)).toBe(serverMs)
  },
)

describe.each(Object.entries(WAITS))('a file waits because %s', (_why, makeWait) => {
  it.each(JUMPS_MS)('and the clock is set by %d ms: it goes on all the same', async (jumpMs) => {
    const world = waitingWorld(makeWait)
    const engine = world.engine()
    let jumps = 0
    engine.events.on('waiting', () => {
      if (++jumps === 1) world.clock.setWallClock(world.clock.nowMs() + jumpMs)
    })
    await world.clock.runUntil(engine.work())
    expect(jumps).toBeGreaterThan(0)
    expect(world.drive.filesIn('root')).toHaveLength(1)
    expect(world.clock.steadyMs()).toBeLessThan(SOON_MS)
  })

  it('and the next start is by a clock set back by ten years', async () => {
    const world = waitingWorld(makeWait)
    const engine = world.engine()
    engine.events.on('waiting', () => void engine.stop(0))
    await world.clock.runUntil(engine.work())
    world.clock.setWallClock(world.clock.nowMs() - 87_600 * HOUR_MS)
    const stoppedAtMs = world.clock.steadyMs()
    await world.work()
    expect(world.drive.filesIn('root')).toHaveLength(1)
    expect(world.clock.steadyMs() - stoppedAtMs).toBeLessThan(SOON_MS)
  })
})

describe('the day is used up', () => {
  it('and the clock goes on to the next one: no file waits for the hours that were skipped', async () => {
    const world = openWorld()
    world.slowLine()
    world.put('a', someBytes(2 * BLOCK_BYTES))
    world.usedUp('drive/v1/files/upload_part', quotaDay(world.clock.nowMs()))
    const engine = world.engine()
    engine.events.once('waiting', () =>
      world.clock.setWallClock(world.clock.nowMs() + 24 * HOUR_MS),
    )
    await world.clock.runUntil(engine.work())
    expect(world.drive.filesIn('root')).toHaveLength(1)
    expect(world.clock.steadyMs()).toBeLessThan(SOON_MS)
  })
})

describe('patience', () => {
  it.each(JUMPS_MS)('lasts as long as it was asked for, the clock set by %d ms', async (jumpMs) => {
    const world = openWorld({ longestWaitMs: 10 * 60 * SECOND_MS })
    world.put('a', someBytes(10))
    world.line.before = () => {
      if (world.api.calls.length === 3) world.clock.setWallClock(world.clock.nowMs() + jumpMs)
      throw failure('dns-failed')
    }
    const end = await world.work()
    expect(end).toMatchObject({ kind: 'waiting', error: { code: 'dns-failed' } })
    expect(world.clock.steadyMs()).toBeGreaterThan(5 * 60 * SECOND_MS)
    expect(world.clock.steadyMs()).toBeLessThan(11 * 60 * SECOND_MS)
  })
})

describe('an account that was refused', () => {
  it.each(JUMPS_MS)('is asked again after its rest, the clock set by %d ms', async (jumpMs) => {
    const world = openWorld()
    world.put('a', someBytes(10))
    let refusals = 0
    world.line.before = () => {
      if (++refusals > 1) return
      // The cause is unknown.
      throw failure(4_711_000, { httpStatus: 401 })
    }
    const engine = world.engine({}, { moreToCome: true })
    engine.events.on('waiting', () => world.clock.setWallClock(world.clock.nowMs() + jumpMs))
    engine.events.on('transfer', ({ state }) => {
      if (state.kind === 'done') engine.noMore()
    })
    await world.clock.runUntil(engine.work())
    expect(world.clock.steadyMs()).toBeLessThan(20 * 60 * SECOND_MS)
  })
})

it('whatever is refused and however the clock jumps, all arrives soon', async () => {
  const step = fc.record({
    jumpMs: fc.oneof(
      fc.constant(0),
      fc.integer({ min: -10 * HOUR_MS, max: 10 * HOUR_MS }),
      fc.integer({ min: -30 * SECOND_MS, max: 30 * SECOND_MS }),
    ),
    code: fc.constantFrom(undefined, 99991400, 1061001, 'dns-failed', 'connection-lost'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const world = openWorld({ lanes: 2 })
      for (const name of ['a', 'b', 'c']) world.put(name, someBytes(10))
      let next = 0
      world.line.before = () => {
        const { jumpMs, code } = steps[next++] ?? { jumpMs: 0, code: undefined }
        world.clock.setWallClock(world.clock.nowMs() + jumpMs)
        if (code !== undefined) throw failure(code as 99991400, { neverArrived: true })
      }
      await world.work()
      expect(world.drive.filesIn('root')).toHaveLength(3)
      expect(world.clock.steadyMs()).toBeLessThan(steps.length * SOON_MS + SOON_MS)
    }),
    { numRuns: 4 },
  )
})

function waitingWorld(makeWait: (world: World) => void): World {
  const world = openWorld()
  world.put('a', someBytes(2))
  makeWait(world)
  return world
}

/** The first call that brings something is answered with this. */
function once(world: World, error: Error): void {
  let isOver = false
  world.line.before = ({ method }) => {
    if (isOver || method !== 'uploadAll') return
    isOver = true
    throw error
  }
}

function someBytes(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => index)
}

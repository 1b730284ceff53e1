import { describe, expect, it } from 'vitest'
import { failure } from './engine-kit.ts'
import { BLOCK_BYTES, failing, openWorld, seqsSent, someBytes } from './engine-world.ts'

const MINUTE_MS = 60_000

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
      throw failure(99991400, { retryAfterMs: 15 * MINUTE_MS })
    }
    const startMs = world.clock.nowMs()
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('blocked')
    expect(world.clock.nowMs() - startMs).toBeLessThan(15 * MINUTE_MS)
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
      engine.tryNow()
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

/** Returns the error of a call when there is no token for it. */
function refusedToken(code: number) {
  const endpoint = 'auth/v3/tenant_access_token/internal'
  return failure(code, { endpoint, httpStatus: 200, neverArrived: true })
}

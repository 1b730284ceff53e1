import { describe, expect, it } from 'vitest'
import { contentHashOfFile } from '#main/lib/content-hash.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { failure } from './engine-kit.ts'
import { BLOCK_BYTES, failing, openWorld, someBytes, type World } from './engine-world.ts'

const PARTS = 6
const SIZE_BYTES = PARTS * BLOCK_BYTES
const BEFORE = someBytes(SIZE_BYTES, 1)
const AFTER = someBytes(SIZE_BYTES, 2)

function bytesUp(world: World, name: string): Uint8Array[] {
  const files = world.drive.filesIn('root').filter((file) => file.name === name)
  return files.map(({ bytes }) => new Uint8Array(bytes ?? []))
}

function copyOf({ stores }: World, { path, destination, remoteFolders }: Transfer) {
  return stores.copies.at(path, destination, remoteFolders)
}

/** Two values of equal length and digit sum, swapped: Adler-32 stays as it is. */
function table(first: string, second: string, sizeBytes = 0): Uint8Array {
  return Buffer.from(`alice,${first}\nbobby,${second}\n`.padEnd(sizeBytes, '.'))
}

/** Runs once, as soon as the file is read at or beyond `start`. */
function onceReadAt(world: World, start: number, change: () => void): void {
  let isOver = false
  world.sources.beforeRead = (_, at) => {
    if (isOver || at < start) return
    isOver = true
    change()
  }
}

/** An upload in parts that was interrupted when four of them were acknowledged. */
async function interrupted(bytes: Uint8Array): Promise<{ world: World; transfer: Transfer }> {
  const world = openWorld()
  world.slowLine()
  const transfer = world.put('big', bytes)
  const engine = world.engine()
  world.line.before = ({ method, request, options }) => {
    if (method !== 'sendPart' || request.seq !== 4) return undefined
    void engine.stop(0)
    return world.clock.sleep(60_000, options.signal)
  }
  await world.clock.runUntil(engine.work())
  world.line.before = () => {}
  expect(world.store.acknowledgedParts(transfer.id)).toHaveLength(4)
  return { world, transfer }
}

describe('what is up already', () => {
  it.each([
    ['one call', false],
    ['parts', true],
  ])('is not a file whose edit kept Adler-32 (%s)', async (_, inParts) => {
    const world = openWorld()
    if (inParts) world.slowLine()
    world.put('order.csv', table('12', '21'))
    await world.work()
    world.put('order.csv', table('21', '12'))
    await world.work()
    expect(bytesUp(world, 'order.csv')).toEqual([
      new Uint8Array(table('12', '21')),
      new Uint8Array(table('21', '12')),
    ])
  })

  it('is a file that was only touched, and it is read no second time', async () => {
    const world = openWorld()
    const { path } = world.put('a', BEFORE)
    await world.work()
    const touched = world.put('a', BEFORE)
    await world.work()
    expect(world.stateOf(touched)).toMatchObject({ error: { code: 'already-uploaded' } })
    world.sources.bytesRead = 0
    const fingerprint = await world.sources.inspect({ path })
    expect(copyOf(world, touched)?.fingerprint).toEqual(fingerprint)
    world.store.takeUp('batch', { failed: true })
    await world.work()
    expect(world.sources.bytesRead).toBe(0)
    expect(bytesUp(world, 'a')).toHaveLength(1)
  })

  it('is not what has vanished from its folder', async () => {
    const world = openWorld()
    const first = world.put('a', BEFORE)
    await world.work()
    const token = copyOf(world, first)?.fileToken ?? ''
    world.stores.copies.missed([token], world.clock.nowMs())
    const again = world.put('a', BEFORE)
    await world.work()
    expect(world.stateOf(again)?.kind).toBe('done')
  })

  it.each([
    ['one call', false],
    ['parts', true],
  ])('has the content hash of what was sent (%s)', async (_, inParts) => {
    const world = openWorld()
    if (inParts) world.slowLine()
    const transfer = world.put('a', BEFORE)
    await world.work()
    const read = async (into: Uint8Array, at: number) => {
      into.set(BEFORE.subarray(at, at + into.length))
      return into.length
    }
    const { signal } = new AbortController()
    const expected = await contentHashOfFile(read, SIZE_BYTES, { signal })
    expect(copyOf(world, transfer)?.contentHash).toBe(expected)
  })
})

describe('an interrupted upload', () => {
  it('starts again when a part that was sent has changed and kept its Adler-32', async () => {
    const after = table('21', '12', SIZE_BYTES)
    const { world, transfer } = await interrupted(table('12', '21', SIZE_BYTES))
    world.sources.write(transfer.path, after)
    await world.work()
    expect(bytesUp(world, 'big')).toEqual([new Uint8Array(after)])
  })

  it('starts again when its parts were sent by a Feidi that kept no SHA-256', async () => {
    const { world, transfer } = await interrupted(BEFORE)
    for (const part of world.store.acknowledgedParts(transfer.id)) {
      world.store.acknowledgePart(transfer.id, { ...part, sha256: null })
    }
    world.sources.write(transfer.path, BEFORE)
    await world.work()
    expect(world.api.made('prepare')).toHaveLength(2)
    expect(bytesUp(world, 'big')).toEqual([BEFORE])
  })

  it('sends no part twice, and reads what it has sent once more in all', async () => {
    const { world } = await interrupted(BEFORE)
    world.sources.bytesRead = 0
    await world.work()
    expect(world.api.made('sendPart')).toHaveLength(PARTS + 1)
    expect(world.sources.bytesRead).toBe(SIZE_BYTES + 2 * BLOCK_BYTES)
    expect(bytesUp(world, 'big')).toEqual([BEFORE])
  })
})

describe('a file that changes while it is sent', () => {
  it.each([
    ['at the beginning', 0, 1],
    ['in the middle', 3 * BLOCK_BYTES, 1],
    ['after its last part', 0, 2],
  ])('never arrives as a mixture, though no time tells: %s', async (_, start, readings) => {
    const world = openWorld()
    world.slowLine()
    const transfer = world.put('big', BEFORE)
    // The last block read is read once more before the end.
    onceReadAt(world, (readings - 1) * (SIZE_BYTES - BLOCK_BYTES), () => {
      onceReadAt(world, start, () => world.sources.writeUnseen(transfer.path, AFTER))
    })
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(bytesUp(world, 'big')).toEqual([AFTER])
  })

  it('never arrives as a mixture in one call', async () => {
    const world = openWorld()
    const transfer = world.put('small', BEFORE)
    const mixture = Uint8Array.from([...BEFORE.subarray(0, 3_000), ...AFTER.subarray(3_000)])
    world.sources.writeUnseen(transfer.path, mixture)
    let reads = 0
    world.sources.beforeRead = () => {
      reads += 1
      if (reads === 2) world.sources.writeUnseen(transfer.path, AFTER)
    }
    await world.work()
    expect(bytesUp(world, 'small')).toEqual([AFTER])
  })

  it.each([
    ['in the same process', false],
    ['killed before the next try', true],
  ])('never goes on from a mixture when its times are put back (%s)', async (_, isKilled) => {
    const world = openWorld()
    world.slowLine()
    const transfer = world.put('big', BEFORE)
    const { fingerprint } = world.sources.files.get(transfer.path) ?? {}
    if (fingerprint === undefined) throw new Error('no file')
    onceReadAt(world, 3 * BLOCK_BYTES, () => world.sources.write(transfer.path, AFTER))
    const engine = world.engine()
    engine.events.on('transfer', ({ state }) => {
      if (state.kind !== 'waiting') return
      world.sources.files.set(transfer.path, { bytes: AFTER, fingerprint })
      if (isKilled) void engine.stop(0)
    })
    await world.clock.runUntil(engine.work())
    if (isKilled) {
      const sent = world.api.made('sendPart').length
      await world.work()
      // Known at once, from what is on the disk: no part is sent for nothing.
      expect(world.api.made('sendPart')).toHaveLength(sent + PARTS)
    }
    expect(bytesUp(world, 'big')).toEqual([AFTER])
  })
})

describe('a file that changed since it was queued', () => {
  const rule = { settleMs: 3_000 }
  const lines = (count: number) => Buffer.from('a line of a table\n'.repeat(count))

  /** Writes a line every half second until there are 30. */
  async function writeSlowly(world: World, path: string): Promise<void> {
    for (let count = 2; count <= 30; count++) {
      world.sources.write(path, lines(count))
      await world.clock.sleep(500)
    }
  }

  it.each([
    ['upload', {}],
    ['watch --on-change again', rule],
    ['watch --on-change ignore', rule],
    ['watch --on-change overwrite', { ...rule, sameName: 'overwrite-ours' }],
  ] as const)('is sent when it is at rest again: %s', async (_, handling) => {
    const world = openWorld()
    const folder = { kind: 'folder', folderToken: 'root' } as const
    const transfer = world.put('zz.csv', lines(1), [], folder, handling)
    world.sources.write(transfer.path, lines(2))
    void writeSlowly(world, transfer.path)
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(bytesUp(world, 'zz.csv')).toEqual([new Uint8Array(lines(30))])
  })

  it('is not left out as empty while it is only being written again', async () => {
    const world = openWorld()
    const transfer = world.put('a', BEFORE)
    world.sources.write(transfer.path, new Uint8Array())
    void world.clock.sleep(1_000).then(() => world.sources.write(transfer.path, AFTER))
    await world.work()
    expect(bytesUp(world, 'a')).toEqual([AFTER])
  })

  it('waits for as long as its rule says', async () => {
    const world = openWorld()
    const transfer = world.put('a', BEFORE, [], undefined, { settleMs: 60_000 })
    world.sources.write(transfer.path, AFTER)
    const startedAtMs = world.clock.nowMs()
    await world.work()
    expect(world.clock.nowMs() - startedAtMs).toBeGreaterThanOrEqual(60_000)
    expect(bytesUp(world, 'a')).toEqual([AFTER])
  })

  it('is given up when it never rests', async () => {
    const world = openWorld()
    const transfer = world.put('app.log', lines(1))
    let count = 1
    world.line.before = () => {}
    const engine = world.engine()
    const grow = () => world.sources.write(transfer.path, lines(++count))
    grow()
    engine.events.on('transfer', ({ state }) => {
      if (state.kind === 'preparing') grow()
    })
    await world.clock.runUntil(engine.work())
    expect(world.stateOf(transfer)).toMatchObject({ error: { code: 'source-unstable' } })
    expect(bytesUp(world, 'app.log')).toEqual([])
  })

  it('goes on with its parts when only its time has changed', async () => {
    const { world, transfer } = await interrupted(BEFORE)
    world.line.before = failing('prepare', failure(1061004), 9)
    world.sources.write(transfer.path, BEFORE)
    await world.work()
    expect(world.stateOf(transfer)?.kind).toBe('done')
    expect(world.api.made('sendPart')).toHaveLength(PARTS + 1)
  })
})

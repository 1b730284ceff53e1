/** Uploads in parts share the calls of a day: none begins that could not end, and none is let expire. */
import { expect, it } from 'vitest'
import type { Transfer } from '#shared/model/transfer.ts'
import { nextQuotaDayMs } from '#shared/transfer/quota-day.ts'
import { BLOCK_BYTES, bytesUp, openWorld, seqsSent, someBytes } from './engine-world.ts'

const HOUR_MS = 3_600_000
const PARTS = 'drive/v1/files/upload_part'
const WHOLE = 'drive/v1/files/upload_all'

it('begins no file on parts that an upload under way still needs', async () => {
  const world = openWorld({ longestWaitMs: 60_000, callsPerDay: 10 })
  world.slowLine()
  const begun = world.put('begun', someBytes(3 * BLOCK_BYTES))
  const nowMs = world.clock.nowMs()
  const expiresAtMs = nowMs + 20 * HOUR_MS
  await beginUpload(world, begun, { uploadId: 'elsewhere', expiresAtMs, blockCount: 3 })
  // It has to wait for now, and its parts are kept for it all the same.
  world.store.saveState(begun.id, {
    ...{ kind: 'waiting', reason: 'file-busy', untilMs: nowMs + 10 * HOUR_MS },
    error: { code: 'source-busy', atMs: nowMs },
  })
  for (let call = 0; call < 7; call++) world.countCall(PARTS)
  const next = world.put('next', someBytes(2 * BLOCK_BYTES))
  const small = world.put('small', someBytes(1))
  await world.work()
  expect(world.stateOf(small)?.kind).toBe('done')
  expect(world.stateOf(next)).toMatchObject({ kind: 'waiting', error: { code: 'parts-reserved' } })
  expect(seqsSent(world)).toEqual([])
})

it('sends small files in parts when their own calls are used up, and leaves parts to large files', async () => {
  const world = openWorld({ longestWaitMs: 60_000, callsPerDay: 10 })
  for (let call = 0; call < 8; call++) world.countCall(WHOLE)
  const small = ['a', 'b', 'c', 'd'].map((name) => world.put(name, someBytes(5)))
  await world.work()
  expect(small.map((each) => world.stateOf(each)?.kind)).toEqual(['done', 'done', 'done', 'done'])
  expect(seqsSent(world)).toEqual([0, 0])

  // Eight parts are left, and a film that is in the queue needs six of them.
  world.putPaused('film', 22 * 1024 * 1024)
  const next = ['e', 'f', 'g'].map((name) => world.put(name, someBytes(5)))
  await world.work()
  expect(next.map((each) => world.stateOf(each)?.kind)).toEqual(['done', 'done', 'waiting'])
})

it('begins again in time rather than sending the rest in vain', async () => {
  const world = openWorld()
  world.slowLine()
  const transfer = world.put('big', someBytes(30 * BLOCK_BYTES))
  const nowMs = world.clock.nowMs()
  // A byte a second: thirty blocks take hours, and this upload has minutes.
  const expiresAtMs = nowMs + HOUR_MS / 2
  await beginUpload(world, transfer, { uploadId: 'old', expiresAtMs, blockCount: 30 })
  const notes: unknown[] = []
  const engine = world.engine()
  engine.events.on('note', ({ note }) => notes.push(note))
  expect(await world.clock.runUntil(engine.work())).toEqual({ kind: 'settled' })
  expect(notes).toContainEqual({ kind: 'restarted', because: 'transaction-over' })
  expect(world.api.made('prepare')).toHaveLength(1)
  expect(bytesUp(world, 'big')).toHaveLength(1)
})

it('warns once when the time runs out, and goes on', async () => {
  const world = openWorld()
  world.slowLine()
  const transfer = world.put('film', someBytes(3 * BLOCK_BYTES))
  const nowMs = world.clock.nowMs()
  const expiresAtMs = nowMs + 1.5 * HOUR_MS
  const upload = { name: 'film', parent: 'root', replaces: undefined, parts: new Map() }
  world.drive.uploads.set('old', { ...upload, sizeBytes: 3 * BLOCK_BYTES })
  await beginUpload(world, transfer, { uploadId: 'old', expiresAtMs, blockCount: 3 })
  const notes: { kind: string }[] = []
  const engine = world.engine()
  engine.events.on('note', ({ note }) => notes.push(note))
  await world.clock.runUntil(engine.work())
  expect(bytesUp(world, 'film')).toEqual([someBytes(3 * BLOCK_BYTES)])
  expect(seqsSent(world)).toEqual([0, 1, 2])
  expect(notes).toEqual([{ kind: 'deadline-near', untilMs: expiresAtMs }])
})

it('waits with its place when the calls run out, and ends after midnight in Beijing', async () => {
  const world = openWorld({ longestWaitMs: 30 * HOUR_MS, callsPerDay: 10 })
  const film = world.put('film', someBytes(6 * BLOCK_BYTES))
  for (let call = 0; call < 7; call++) world.countCall(PARTS)
  const startMs = world.clock.nowMs()
  const begun = { uploadId: 'old', expiresAtMs: startMs + 23 * HOUR_MS, blockCount: 6 }
  const upload = { name: 'film', parent: 'root', replaces: undefined, parts: new Map() }
  world.drive.uploads.set('old', { ...upload, sizeBytes: 6 * BLOCK_BYTES })
  await beginUpload(world, film, begun)
  const notes: { kind: string }[] = []
  const engine = world.engine()
  engine.events.on('note', ({ note }) => notes.push(note))
  const waits: unknown[] = []
  engine.events.on('transfer', ({ state }) => {
    if (state.kind === 'waiting') waits.push(state.error.code)
  })
  await world.clock.runUntil(engine.work())
  expect(waits).toContain('daily-share-used')
  expect(world.clock.nowMs()).toBeGreaterThanOrEqual(nextQuotaDayMs(startMs))
  // Each part once: three before midnight and three after.
  expect(seqsSent(world)).toEqual([0, 1, 2, 3, 4, 5])
  expect(bytesUp(world, 'film')).toEqual([someBytes(6 * BLOCK_BYTES)])
  expect(notes.map(({ kind }) => kind)).not.toContain('restarted')
})

/** An upload that an earlier run began. */
async function beginUpload(
  world: ReturnType<typeof openWorld>,
  transfer: Transfer,
  upload: { uploadId: string; expiresAtMs: number; blockCount: number },
): Promise<void> {
  world.store.openTransaction(transfer.id, {
    ...upload,
    blockSizeBytes: BLOCK_BYTES,
    identity: world.api.identity,
    point: { family: 'files', parentType: 'explorer', parentNode: 'root' },
    fingerprint: await world.sources.inspect(transfer),
    preparedAtMs: upload.expiresAtMs - 23 * HOUR_MS,
  })
}

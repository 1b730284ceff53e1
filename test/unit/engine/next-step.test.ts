import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextStepFor } from '#main/engine/next-step.ts'
import { upAlready } from '#main/engine/plan-upload.ts'
import { previewFiles } from '#main/engine/preview.ts'
import type { Handling } from '#shared/model/transfer.ts'
import { untilLate } from '#test/kit/until-late.ts'
import { BLOCK_BYTES, openWorld, someBytes, type World } from './engine-world.ts'

const PARTS = 4
const SIZE_BYTES = PARTS * BLOCK_BYTES
const DAY_MS = 24 * 3_600_000
const DESTINATION = { kind: 'folder', folderToken: 'root' } as const

/** The past of a file, and the wishes for its upload. */
const histories = fc.record({
  isUp: fc.boolean(),
  /** Parts of another version that went up before it was interrupted; null: none was begun. */
  parts: fc.option(fc.integer({ min: 1, max: PARTS - 1 })),
  since: fc.constantFrom('nothing', 'touched', 'changed', 'shorter', 'emptied'),
  isLate: fc.boolean(),
  name: fc.constantFrom('a', 'n'.repeat(251)),
  again: fc.boolean(),
  sameName: fc.constantFrom<Handling['sameName'][]>(undefined, 'skip', 'overwrite'),
})

type History = typeof histories extends fc.Arbitrary<infer T> ? T : never

/** Uploads until so many parts are acknowledged. */
async function interrupt(world: World, parts: number): Promise<void> {
  const engine = world.engine()
  world.line.before = ({ method, request, options }) => {
    if (method !== 'sendPart' || request.seq !== parts) return undefined
    void engine.stop(0)
    return world.clock.sleep(60_000, options.signal)
  }
  await world.clock.runUntil(engine.work())
  world.line.before = () => {}
}

/** A file with such a past, as it would be asked for now. */
async function arrange({ isUp, parts, since, isLate, name, again, sameName }: History) {
  const world = openWorld()
  world.slowLine()
  const path = `/in/${name}`
  world.sources.write(path, someBytes(SIZE_BYTES))
  if (name === 'a' && isUp) {
    world.put(name, someBytes(SIZE_BYTES))
    await world.work()
  }
  if (name === 'a' && parts !== null) {
    world.put(name, someBytes(SIZE_BYTES, 2))
    await interrupt(world, parts)
  }
  const { bytes } = world.sources.files.get(path) ?? { bytes: new Uint8Array() }
  if (since === 'touched') world.sources.write(path, bytes)
  if (since === 'changed') world.sources.write(path, someBytes(SIZE_BYTES, 3))
  if (since === 'shorter') world.sources.write(path, someBytes(BLOCK_BYTES, 4))
  if (since === 'emptied') world.sources.write(path, new Uint8Array())
  if (isLate) await world.clock.runUntil(world.clock.sleep(DAY_MS))
  const fingerprint = await world.sources.inspect({ path })
  const { sizeBytes } = fingerprint
  const handling = { ...(again && { again }), ...(sameName && { sameName }) }
  const place = { path, fileName: name, destination: DESTINATION, remoteFolders: [] }
  return { world, item: { ...place, sizeBytes, fingerprint, handling } }
}

type Arranged = Awaited<ReturnType<typeof arrange>>

/** The verdict of a dry run, as the words of `uploaded`. */
async function foretold({ world, item }: Arranged): Promise<string> {
  const preview = previewFiles({
    knowledge: {
      transfers: world.store,
      copies: world.stores.copies,
      folderToken: () => undefined,
      identity: world.api.identity,
      uplinkBytesPerSecond: world.tools.uplink.bytesPerSecond,
      replacesFiles: undefined,
    },
    tools: world.tools,
    clock: world.clock,
    again: item.handling.again ?? false,
    signal: new AbortController().signal,
  })
  const { verdict, calls } = await preview(item)
  if (verdict.action === 'upload') return 'done, from the start'
  if (verdict.action === 'resume') return `done, with ${calls.upload_part ?? 0} more parts`
  return 'error' in verdict ? `${verdict.action}: ${verdict.error.code}` : verdict.action
}

/** Returns the outcome of an upload, and the calls that it makes for it. */
async function uploaded({ world, item }: Arranged): Promise<string> {
  const isWanted = item.handling.again || upAlready(item, world.stores.copies) === undefined
  if (!isWanted) return 'skip: already-uploaded'
  const before = world.api.calls.length
  const [transfer] = world.store.enqueue([item], 'batch', world.clock.nowMs())
  await world.work()
  const state = transfer && world.stateOf(transfer)
  if (state?.kind === 'skipped') return `skip: ${state.error.code}`
  if (state?.kind === 'failed') return `fail: ${state.error.code}`
  const methods = world.api.calls.slice(before).map(({ method }) => method)
  if (methods.includes('prepare') || methods.includes('uploadAll')) {
    return `${state?.kind}, from the start`
  }
  const parts = methods.filter((method) => method === 'sendPart').length
  return `${state?.kind}, with ${parts} more parts`
}

it('a dry run tells what the upload does then, and what it costs', async () => {
  const property = fc.asyncProperty(
    histories,
    untilLate(20_000, async (history: Parameters<typeof arrange>[0]) => {
      const arranged = await arrange(history)
      expect(await foretold(arranged)).toBe(await uploaded(arranged))
    }),
  )
  await fc.assert(property, { numRuns: 40 })
})

describe('names', () => {
  const known = {
    fingerprint: { ino: '1', sizeBytes: 5, mtimeNs: '1', ctimeNs: '1' },
    ...{ transaction: undefined, mayReplace: true, identity: undefined, copy: undefined, nowMs: 0 },
  }

  it.each([
    ['85 Chinese characters', '报'.repeat(85), true],
    ['86 Chinese characters', '报'.repeat(86), false],
    ['256 letters', 'x'.repeat(256), true],
    ['257 letters', 'x'.repeat(257), false],
    ['64 emoji', '📁'.repeat(64), true],
    ['65 emoji', '📁'.repeat(65), false],
    // Decomposed it is 384 bytes, but it is sent composed.
    ['128 accented letters, decomposed', 'é'.repeat(128).normalize('NFD'), true],
  ])('of a folder: %s', (_, name, isAllowed) => {
    const item = { path: '/a', fileName: 'a', destination: DESTINATION, remoteFolders: [name] }
    const step = nextStepFor(item, known)
    if (isAllowed) expect(step).toEqual({ kind: 'upload', reason: 'new' })
    else expect(step).toMatchObject({ error: { code: 'folder-name-too-long' } })
  })
})

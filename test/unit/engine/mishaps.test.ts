import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { untilLate } from '#test/kit/until-late.ts'
import { failure } from './engine-kit.ts'
import { BLOCK_BYTES, openWorld, someBytes } from './engine-world.ts'

const lost = () => failure('connection-lost')

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
      fc.asyncProperty(
        scenario,
        untilLate(30_000, async ({ mishaps, lanes, inParts, lastToSleepWakesFirst }) => {
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
      ),
      { numRuns: 60 },
    )
  })
})

/** A refusal that is tried a number of times ends in a failure, whichever visible call it refuses. */
import { expect, it } from 'vitest'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { type ApiCall, failure } from './engine-kit.ts'
import { openWorld, someBytes, type World } from './engine-world.ts'

const INTERNAL = 1061001
/** The catalogue allows five, and the sixth is given up. */
const CALLS = 6
/** More are taken, so that a test of refusals without end has one. */
const MOST_CALLS = 60
const BYTES = someBytes(3_000)

type Method = ApiCall['method']

/** A folder that refuses the calls of one kind, as often as the codes last; the last is repeated. */
async function refusing(
  method: Method,
  codes: readonly [ErrorCode, ...ErrorCode[]],
  world = openWorld(),
) {
  if (method === 'finish') world.slowLine()
  let calls = 0
  const { before } = world.line
  world.line.before = async (call) => {
    await before?.(call)
    if (call.method !== method || calls === MOST_CALLS) return
    const code = codes[Math.min(calls++, codes.length - 1)] as ErrorCode
    throw failure(code, code === 'wiki-refused' ? { cause: failure(INTERNAL) } : {})
  }
  const file = world.put('a.txt', BYTES, method === 'createFolder' ? ['box'] : [])
  const end = await world.work()
  return { world, file, end, state: world.stateOf(file) }
}

/** At the first such call, another person puts a file of its name there. */
function withStranger(method: Method, mayDownload: boolean): World {
  const world = openWorld()
  world.drive.mayDownload = mayDownload
  let isThere = false
  world.line.before = (call) => {
    if (isThere || call.method !== method) return
    isThere = true
    world.drive.addFile('a.txt', 'root', someBytes(60, 2))
  }
  return world
}

it.for(['uploadAll', 'finish', 'createFolder'] as const)(
  'an internal error without end fails the file: %s',
  async (method) => {
    const { world, file, end, state } = await refusing(method, [INTERNAL])
    expect(end).toEqual({ kind: 'settled' })
    expect(state).toMatchObject({ kind: 'failed', error: { code: INTERNAL } })
    expect(world.api.made(method)).toHaveLength(CALLS)
    expect(world.drive.nodes).toEqual([])
    if (method !== 'finish') return
    expect(world.store.transaction(file.id), 'what is up can be resumed').toBeDefined()
  },
)

it.for(['uploadAll', 'finish'] as const)(
  "so it does beside a colleague's file: %s",
  async (method) => {
    const { world, state } = await refusing(method, [INTERNAL], withStranger(method, true))
    expect(state).toMatchObject({ kind: 'failed', error: { code: INTERNAL } })
    expect(world.api.made(method)).toHaveLength(CALLS)
    expect(world.drive.filesIn('root')).toHaveLength(1)
  },
)

it.for(['uploadAll', 'finish'] as const)(
  "a person is asked about a colleague's file that can not be compared: %s",
  async (method) => {
    const { world, state } = await refusing(method, [INTERNAL], withStranger(method, false))
    expect(state).toMatchObject({ kind: 'failed', error: { code: 'outcome-unknown' } })
    expect(world.api.made(method).length).toBeLessThanOrEqual(CALLS)
  },
)

it.for(['uploadAll', 'finish', 'createFolder'] as const)(
  'a success that never brings a token has an end: %s',
  async (method) => {
    const { state } = await refusing(method, [1062004])
    expect(state).toMatchObject({ kind: 'failed', error: { code: 'restarted-too-often' } })
  },
)

it.for(['uploadAll', 'finish'] as const)('a wiki that takes no files: %s', async (method) => {
  const { world, state } = await refusing(method, ['wiki-refused'])
  expect(state).toMatchObject({ kind: 'blocked', error: { code: 'wiki-refused' } })
  expect(world.api.made(method).length).toBeLessThanOrEqual(2)
})

it.for(['uploadAll', 'finish', 'createFolder'] as const)(
  'a refusal that ends in a blocked destination blocks it: %s',
  async (method) => {
    const { world, state } = await refusing(method, [1771006])
    expect(state).toMatchObject({ kind: 'blocked', error: { code: 1771006 } })
    expect(world.api.made(method)).toHaveLength(3)
  },
)

it.for([1062004, 'wiki-refused', INTERNAL] as const)(
  'a lost answer that is followed by %s without end has an end',
  async (code) => {
    const { state } = await refusing('finish', ['connection-lost', code])
    expect(state).toMatchObject({ kind: code === 'wiki-refused' ? 'blocked' : 'failed' })
  },
)

it.for(['uploadAll', 'finish', 'createFolder'] as const)(
  'one internal error after many busy refusals is the first of its kind: %s',
  async (method) => {
    const busy = Array.from({ length: 7 }, () => 1061045)
    const { world, end } = await refusing(method, [1061045, ...busy, INTERNAL, 1061045, INTERNAL])
    expect(end).toEqual({ kind: 'settled' })
    expect(world.api.made(method)).toHaveLength(8 + 2 + CALLS)
  },
)

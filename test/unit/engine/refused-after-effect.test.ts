/** 1061045 says "internal, may retry": it does not say that nothing was done. */
import { expect, it } from 'vitest'
import { type ApiCall, failure } from './engine-kit.ts'
import { failing, openWorld, someBytes, type World } from './engine-world.ts'

const REFUSED = 1061045
/** From one listing of a folder to the next, at the least. */
const APART_MS = 10_000

/** Calls of this kind take a while, and those in company are refused after they have taken effect. */
function crowdIn(world: World, method: ApiCall['method']): { refusals: number } {
  const crowd = { refusals: 0 }
  let underWay = 0
  const inCompany = new Set<ApiCall>()
  world.line.before = async (call) => {
    if (call.method !== method) return
    underWay += 1
    if (underWay > 1) inCompany.add(call)
    await world.clock.sleep(300)
    underWay -= 1
  }
  world.line.after = (call) => {
    if (!inCompany.has(call)) return
    crowd.refusals += 1
    throw failure(REFUSED)
  }
  return crowd
}

function putMany(world: World, count: number, sizeBytes = 100): string[] {
  const names = Array.from({ length: count }, (_, index) => `${String(index).padStart(3, '0')}.txt`)
  for (const [seed, name] of names.entries()) world.put(name, someBytes(sizeBytes, seed))
  return names
}

/** Notes when a folder is listed, ms by the steady clock. */
function watchListings(world: World, folderToken = 'root'): number[] {
  const times: number[] = []
  const { before } = world.line
  world.line.before = async (call) => {
    if (call.request.folderToken === folderToken) times.push(world.clock.steadyMs())
    await before?.(call)
  }
  return times
}

function expectApart(times: readonly number[]): void {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  expect(gaps.length, 'it was looked after').toBeGreaterThan(0)
  expect(gaps.filter((gap) => gap < APART_MS)).toEqual([])
}

it.for(['uploadAll', 'finish'] as const)(
  'a file refused for the company it was in is there once: %s',
  async (method) => {
    const world = openWorld({ lanes: 'auto' })
    if (method === 'finish') world.slowLine()
    const crowd = crowdIn(world, method)
    const names = putMany(world, 20)
    await world.work()
    expect(crowd.refusals).toBeGreaterThan(0)
    expect(namesIn(world)).toEqual(names)
    expect(statesIn(world)).toEqual(['done'])
  },
)

it.for([true, false])(
  'one look a folder in 10 s will do, however many are refused (with effect: %s)',
  async (isDone) => {
    const world = openWorld({ lanes: 4 })
    const refused = new Set<string>()
    const refuse = (call: ApiCall) => {
      if (call.method !== 'uploadAll' || refused.has(call.request.fileName)) return
      refused.add(call.request.fileName)
      throw failure(REFUSED)
    }
    if (isDone) world.line.after = refuse
    else world.line.before = refuse
    const times = watchListings(world)
    const names = putMany(world, 12)
    await world.work()
    expect(namesIn(world)).toEqual(names)
    expect(world.api.made('uploadAll')).toHaveLength(isDone ? 12 : 24)
    expectApart(times)
  },
)

it('a folder refused after it was made is there once, and looked for politely', async () => {
  const world = openWorld()
  world.line.after = failing('createFolder', failure(REFUSED))
  const times = watchListings(world)
  world.put('a.txt', someBytes(10), ['box'])
  await world.work()
  const folders = world.drive.nodes.filter(({ type }) => type === 'folder')
  expect(folders.map(({ name }) => name)).toEqual(['box'])
  expect(statesIn(world)).toEqual(['done'])
  expectApart(times)
})

it('a folder refused again and again is made once it is taken', async () => {
  const world = openWorld()
  world.line.before = failing('createFolder', failure(REFUSED), 5)
  const times = watchListings(world)
  world.put('a.txt', someBytes(10), ['box'])
  await world.work()
  expect(world.api.made('createFolder')).toHaveLength(6)
  expect(statesIn(world)).toEqual(['done'])
  expectApart(times)
})

it('what makes nothing is repeated at once', async () => {
  const world = openWorld({ lanes: 'auto' })
  world.slowLine()
  const crowd = crowdIn(world, 'sendPart')
  putMany(world, 20)
  await world.work()
  expect(crowd.refusals).toBeGreaterThan(0)
  expect(statesIn(world)).toEqual(['done'])
  expect(world.api.made('sendPart')).toHaveLength(20 + crowd.refusals)
})

function namesIn({ drive }: World): string[] {
  return drive
    .filesIn('root')
    .map(({ name }) => name)
    .toSorted()
}

function statesIn({ store }: World): string[] {
  const all = store.list({}, { offset: 0, limit: 1_000 })
  return [...new Set(all.map(({ state }) => state.kind))]
}

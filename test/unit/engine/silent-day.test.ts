/** The day's calls are used up, and Feishu says so with the code of calls that collide, and no time. */
import { expect, it } from 'vitest'
import { exitCodeAfter } from '#main/cli/exit-code.ts'
import { failure } from './engine-kit.ts'
import { openWorld, someBytes } from './engine-world.ts'

const DAY_MS = 24 * 3_600_000
const NAMES = ['a', 'b', 'c', 'd', 'e']

it('is suspected, said, and gone on with the next day', async () => {
  const world = openWorld({ longestWaitMs: 900_000 })
  let left = 3
  world.line.before = ({ method }) => {
    if (method === 'uploadAll' && left-- <= 0) throw failure(1061045)
  }
  for (const [seed, name] of NAMES.entries()) world.put(name, someBytes(100, seed))
  const end = await world.work()
  expect(end).toMatchObject({ kind: 'waiting', error: { code: 'daily-quota-suspected' } })
  const unfinished = { queued: 2, unsettled: 0, uncertain: 0, blocked: 0 }
  expect(exitCodeAfter({ end, failed: 0, unfinished, aboutRights: false })).toBe(75)
  expect(world.drive.filesIn('root')).toHaveLength(3)
  expect(world.api.made('uploadAll').length).toBeLessThan(3 + 40)
  await world.clock.advance(DAY_MS)
  left = Infinity
  expect(await world.work()).toEqual({ kind: 'settled' })
  expect(world.drive.filesIn('root').map(({ name }) => name)).toEqual(NAMES)
})

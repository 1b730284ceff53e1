/** After a home was adopted, files from before may be up without its knowing. */
import { expect, it } from 'vitest'
import { ADOPTED_MEMO } from '#main/engine/ports.ts'
import { openWorld } from './engine-world.ts'

const BYTES = Uint8Array.from([1, 2, 3])

function adoptedWorld() {
  const world = openWorld()
  world.drive.addFile('a', 'root', BYTES)
  world.stores.memos.remember(ADOPTED_MEMO, world.clock.nowMs())
  return world
}

it('a file whose name is there already is not brought up a second time unasked', async () => {
  const world = adoptedWorld()
  const [a, b] = ['a', 'b'].map((name) => world.put(name, BYTES))
  await world.work()
  expect(world.drive.filesIn('root').map(({ name }) => name)).toEqual(['a', 'b'])
  expect(a && world.stateOf(a)).toMatchObject({
    kind: 'failed',
    error: { code: 'maybe-there-already' },
  })
  expect(b && world.stateOf(b)?.kind).toBe('done')
})

it('goes up when it is asked for again', async () => {
  const world = adoptedWorld()
  const { state: _, ...a } = world.put('a', BYTES)
  await world.work()
  world.store.enqueue([a], 'again', 0)
  await world.work()
  expect(world.drive.filesIn('root').map(({ name }) => name)).toEqual(['a', 'a'])
})

it('goes up at once when what is there is known to be ours', async () => {
  const world = openWorld()
  world.put('a', BYTES)
  await world.work()
  world.stores.memos.remember(ADOPTED_MEMO, world.clock.nowMs())
  world.put('a', Uint8Array.from([4]))
  await world.work()
  expect(world.drive.filesIn('root')).toHaveLength(2)
})

it('goes up at once when it has changed since the home was adopted', async () => {
  const world = openWorld()
  world.drive.addFile('a', 'root', BYTES)
  // Changed at the beginning of time, after an adoption before that.
  world.stores.memos.remember(ADOPTED_MEMO, -1)
  world.put('a', BYTES)
  await world.work()
  expect(world.drive.filesIn('root')).toHaveLength(2)
})
